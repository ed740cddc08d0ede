// Projects: those that can be seen, one, and their changes.
import { atLeast } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { type Complaint, errors } from "./errors";
import type { Call, Operation } from "./operation";
import { page } from "./pages";
import { askedLevel, levelOnProject, mayCreateProjects, seesProject } from "./permissions";
import { newProject } from "./seeded";
import type { Project } from "./store";
import { projectView } from "./views";

const ONE = "/projects/:project";

export const projectOperations: readonly Operation[] = [
  { method: "GET", path: "/projects", operation: "listProjects", caller: "anyone", handle: list },
  {
    method: "GET",
    path: ONE,
    operation: "getProject",
    caller: "anyone",
    handle: (call) => shown(call, call.project("visible")),
  },
  { method: "POST", path: "/projects", operation: "createProject", caller: "login", handle: create },
  { method: "PUT", path: ONE, operation: "updateProject", caller: "login", handle: update },
  {
    method: "DELETE",
    path: ONE,
    operation: "deleteProject",
    caller: "login",
    handle: (call) => {
      const project = call.project("admin");
      if (project.repositories.size > 0) {
        return errors.conflict(`The project ${project.key} cannot be deleted because it has repositories.`);
      }
      call.state.store.removeProject(project);
      return { status: 204 };
    },
  },
];

/** Without personal ones. */
function list(call: Call): SandboxResponse {
  const { query } = call.request;
  const name = query.get("name")?.trim().toLowerCase() ?? "";
  const wanted = askedLevel(query.get("permission"), "PROJECT");
  const found = call.state.store.projects.filter(
    (project) =>
      project.owner === undefined &&
      project.name.toLowerCase().startsWith(name) &&
      (wanted === "any" ? seesProject(call.caller, project) : wanted !== "none" && atLeast(levelOnProject(call.caller, project), wanted)),
  );
  return page(call.request, found, (project) => projectView(call.seen, project), call.state.switches);
}

function create(call: Call): SandboxResponse {
  if (!mayCreateProjects(call.caller)) return call.notPermitted();
  const { store } = call.state;
  const { key, name, description, isPublic } = wishOf(call);
  const missing = [
    ...(key === undefined ? [{ context: "key", message: "The project key is required." }] : []),
    ...(name === undefined ? [{ context: "name", message: "The project name is required." }] : []),
  ];
  if (key === undefined || name === undefined) return errors.invalid(...missing);
  refuseTaken(call, { key, name });
  const project = newProject(store, { key: key.toUpperCase(), name, description, isPublic });
  store.addProject(project);
  return { ...shown(call, project), status: 201 };
}

function update(call: Call): SandboxResponse {
  const project = call.project("admin");
  const wish = wishOf(call);
  refuseTaken(call, wish, project);
  const key = wish.key?.toUpperCase() ?? project.key;
  if (key !== project.key.toUpperCase()) call.state.store.renameProject(project, key);
  project.name = wish.name ?? project.name;
  project.description = wish.description ?? project.description;
  project.isPublic = wish.isPublic ?? project.isPublic;
  return shown(call, project);
}

function shown(call: Call, project: Project): SandboxResponse {
  return { status: 200, body: projectView(call.seen, project) };
}

type Wish = { readonly [Field in "key" | "name" | "description" | "isPublic"]: Project[Field] | undefined };

/** Absent fields stay as they are; wordings assumed. @throws Refusal 400 */
function wishOf(call: Call): Wish {
  const { key, name, description, public: isPublic } = call.object();
  const complaints: Complaint[] = [];
  const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
  if (text(key) !== undefined && !/^[a-z][a-z0-9_-]{0,127}$/i.test(text(key) ?? "")) {
    complaints.push({ context: "key", message: "The project key may have letters, digits, - and _, and starts with a letter." });
  }
  if (complaints.length > 0) throw new EarlyResponse(errors.invalid(...complaints));
  return {
    key: text(key),
    name: text(name),
    description: typeof description === "string" ? description : undefined,
    isPublic: typeof isPublic === "boolean" ? isPublic : undefined,
  };
}

/** @throws Refusal 409 */
function refuseTaken(call: Call, { key, name }: Partial<Wish>, self?: Project): void {
  for (const other of call.state.store.projects) {
    if (other === self) continue;
    if (key !== undefined && other.key.toUpperCase() === key.toUpperCase()) {
      throw new EarlyResponse(errors.conflict("This project key is already taken."));
    }
    if (name !== undefined && other.name.toLowerCase() === name.toLowerCase()) {
      throw new EarlyResponse(errors.conflict("This project name is already taken."));
    }
  }
}
