// Projects: those that can be seen, one, and their changes.
import { atLeast } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { type FieldError, errors } from "./errors";
import type { RequestContext, Operation } from "./operation";
import { paginate } from "./pagination";
import { parsePermission, projectAccessLevel, canCreateProjects, canSeeProject } from "./permissions";
import { createProject } from "./initial-state";
import type { Project } from "./store";
import { serializeProject } from "./serializers";

const PROJECT_PATH = "/projects/:project";

export const projectOperations: readonly Operation[] = [
  { method: "GET", path: "/projects", operation: "listProjects", caller: "anyone", handle: list },
  {
    method: "GET",
    path: PROJECT_PATH,
    operation: "getProject",
    caller: "anyone",
    handle: (context) => respondWith(context, context.requireProject("visible")),
  },
  { method: "POST", path: "/projects", operation: "createProject", caller: "login", handle: create },
  { method: "PUT", path: PROJECT_PATH, operation: "updateProject", caller: "login", handle: update },
  {
    method: "DELETE",
    path: PROJECT_PATH,
    operation: "deleteProject",
    caller: "login",
    handle: (context) => {
      const project = context.requireProject("admin");
      if (project.repositories.size > 0) {
        return errors.conflict(`The project ${project.key} cannot be deleted because it has repositories.`);
      }
      context.state.store.removeProject(project);
      return { status: 204 };
    },
  },
];

/** Without personal ones. */
function list(context: RequestContext): SandboxResponse {
  const { query } = context.request;
  const name = query.get("name")?.trim().toLowerCase() ?? "";
  const wanted = parsePermission(query.get("permission"), "PROJECT");
  const found = context.state.store.projects.filter(
    (project) =>
      project.owner === undefined &&
      project.name.toLowerCase().startsWith(name) &&
      (wanted === "any"
        ? canSeeProject(context.caller, project)
        : wanted !== "none" && atLeast(projectAccessLevel(context.caller, project), wanted)),
  );
  return paginate(context.request, found, (project) => serializeProject(context.serializerContext, project), context.state.switches);
}

function create(context: RequestContext): SandboxResponse {
  if (!canCreateProjects(context.caller)) return context.notPermitted();
  const { store } = context.state;
  const { key, name, description, isPublic } = parseProjectInput(context);
  const missing = [
    ...(key === undefined ? [{ context: "key", message: "The project key is required." }] : []),
    ...(name === undefined ? [{ context: "name", message: "The project name is required." }] : []),
  ];
  if (key === undefined || name === undefined) return errors.invalid(...missing);
  requireFreeKeyAndName(context, { key, name });
  const project = createProject(store, { key: key.toUpperCase(), name, description, isPublic });
  store.addProject(project);
  return { ...respondWith(context, project), status: 201 };
}

function update(context: RequestContext): SandboxResponse {
  const project = context.requireProject("admin");
  const wish = parseProjectInput(context);
  requireFreeKeyAndName(context, wish, project);
  const key = wish.key?.toUpperCase() ?? project.key;
  if (key !== project.key.toUpperCase()) context.state.store.renameProject(project, key);
  project.name = wish.name ?? project.name;
  project.description = wish.description ?? project.description;
  project.isPublic = wish.isPublic ?? project.isPublic;
  return respondWith(context, project);
}

function respondWith(context: RequestContext, project: Project): SandboxResponse {
  return { status: 200, body: serializeProject(context.serializerContext, project) };
}

type ProjectInput = { readonly [Field in "key" | "name" | "description" | "isPublic"]: Project[Field] | undefined };

/** Absent fields stay as they are; wordings assumed. @throws EarlyResponse 400 */
function parseProjectInput(context: RequestContext): ProjectInput {
  const { key, name, description, public: isPublic } = context.jsonObject();
  const complaints: FieldError[] = [];
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

/** @throws EarlyResponse 409 */
function requireFreeKeyAndName(context: RequestContext, { key, name }: Partial<ProjectInput>, self?: Project): void {
  for (const other of context.state.store.projects) {
    if (other === self) continue;
    if (key !== undefined && other.key.toUpperCase() === key.toUpperCase()) {
      throw new EarlyResponse(errors.conflict("This project key is already taken."));
    }
    if (name !== undefined && other.name.toLowerCase() === name.toLowerCase()) {
      throw new EarlyResponse(errors.conflict("This project name is already taken."));
    }
  }
}
