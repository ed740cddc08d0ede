// Lists, reads, creates, updates and deletes projects.
import { includesLevel } from "../../core/access-level";
import { EarlyResponse } from "../../core/early-response";
import type { SandboxResponse } from "../../core/service";
import { errors, type FieldError } from "./errors";
import { createProject } from "./initial-state";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import { canCreateProjects, canSeeProject, parsePermission, findProjectAccessLevel } from "./permissions";
import type { RequestContext } from "./request-context";
import { serializeProject } from "./serializers";
import type { Project } from "./store";

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
    handle: remove,
  },
];

/** Personal projects are not listed. */
function list(context: RequestContext): SandboxResponse {
  const { caller, request, state } = context;
  const name = request.query.get("name")?.trim().toLowerCase() ?? "";
  const permission = parsePermission(request.query.get("permission"), "PROJECT");
  const isVisible = (project: Project): boolean => {
    if (permission === "any") return canSeeProject(caller, project);
    return permission !== "none" && includesLevel(findProjectAccessLevel(caller, project), permission);
  };
  const projects = state.store.projects.filter(
    (project) => project.owner === undefined && project.name.toLowerCase().startsWith(name) && isVisible(project),
  );
  return paginate(request, projects, (project) => serializeProject(context.serializerContext, project), state.switches);
}

function create(context: RequestContext): SandboxResponse {
  if (!canCreateProjects(context.caller)) return context.notPermitted();
  const { store } = context.state;
  const { key, name, description, isPublic } = parseProjectInput(context);
  if (key === undefined || name === undefined) {
    const missing: FieldError[] = [];
    if (key === undefined) missing.push({ context: "key", message: "The project key is required." });
    if (name === undefined) missing.push({ context: "name", message: "The project name is required." });
    return errors.invalid(...missing);
  }
  requireFreeKeyAndName(context, { key, name });
  const project = createProject(store, { key: key.toUpperCase(), name, description, isPublic });
  store.addProject(project);
  return { ...respondWith(context, project), status: 201 };
}

function update(context: RequestContext): SandboxResponse {
  const project = context.requireProject("admin");
  const input = parseProjectInput(context);
  requireFreeKeyAndName(context, input, project);
  const key = input.key?.toUpperCase() ?? project.key;
  if (key !== project.key.toUpperCase()) context.state.store.renameProject(project, key);
  project.name = input.name ?? project.name;
  project.description = input.description ?? project.description;
  project.isPublic = input.isPublic ?? project.isPublic;
  return respondWith(context, project);
}

function remove(context: RequestContext): SandboxResponse {
  const project = context.requireProject("admin");
  if (project.repositories.size > 0) {
    return errors.conflict(`The project ${project.key} cannot be deleted because it has repositories.`);
  }
  context.state.store.removeProject(project);
  return { status: 204 };
}

function respondWith(context: RequestContext, project: Project): SandboxResponse {
  return { status: 200, body: serializeProject(context.serializerContext, project) };
}

type ProjectInput = { readonly [Field in "key" | "name" | "description" | "isPublic"]: Project[Field] | undefined };

/** Undefined fields keep their values. Wordings are assumed. @throws EarlyResponse 400 */
function parseProjectInput(context: RequestContext): ProjectInput {
  const { key: keyValue, name, description, public: isPublic } = context.jsonObject();
  const key = parseNonEmptyText(keyValue);
  if (key !== undefined && !/^[a-z][a-z0-9_-]{0,127}$/i.test(key)) {
    const message = "The project key may have letters, digits, - and _, and starts with a letter.";
    throw new EarlyResponse(errors.invalid({ context: "key", message }));
  }
  return {
    key,
    name: parseNonEmptyText(name),
    description: typeof description === "string" ? description : undefined,
    isPublic: typeof isPublic === "boolean" ? isPublic : undefined,
  };
}

function parseNonEmptyText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** @param self the project that is updated @throws EarlyResponse 409 */
function requireFreeKeyAndName(context: RequestContext, { key, name }: Partial<ProjectInput>, self?: Project): void {
  for (const project of context.state.store.projects) {
    if (project === self) continue;
    if (key !== undefined && project.key.toUpperCase() === key.toUpperCase()) {
      throw new EarlyResponse(errors.conflict("This project key is already taken."));
    }
    if (name !== undefined && project.name.toLowerCase() === name.toLowerCase()) {
      throw new EarlyResponse(errors.conflict("This project name is already taken."));
    }
  }
}
