// Creates, updates, moves and deletes repositories.
import { includesLevel } from "../../core/access-level";
import { EarlyResponse } from "../../core/early-response";
import { isJsonObject } from "../../core/json-body";
import type { SandboxResponse } from "../../core/service";
import { toSlug } from "../../core/slug";
import { errors } from "./errors";
import { createRepository } from "./initial-state";
import type { Operation } from "./operation";
import { findProjectAccessLevel } from "./permissions";
import type { RequestContext } from "./request-context";
import { serializeRepository } from "./serializers";
import type { Project } from "./store";

const REPOSITORIES_PATH = "/projects/:project/repos";
const REPOSITORY_PATH = `${REPOSITORIES_PATH}/:repository`;

export const repositoryChanges: readonly Operation[] = [
  { method: "POST", path: REPOSITORIES_PATH, operation: "createRepository", caller: "login", handle: create },
  { method: "PUT", path: REPOSITORY_PATH, operation: "updateRepository", caller: "login", handle: update },
  { method: "DELETE", path: REPOSITORY_PATH, operation: "deleteRepository", caller: "login", handle: remove },
];

/** A new repository is empty until the first push. */
function create(context: RequestContext): SandboxResponse {
  const project = context.requireProject("admin");
  const { name, slug, ...settings } = parseRepositoryInput(context);
  if (name === undefined || slug === undefined || slug === "") {
    return errors.invalid({ context: "name", message: "The repository name is required." });
  }
  requireFreeSlug(project, slug);
  const repository = createRepository(context.state.store, project, { slug, name, defaultBranch: null });
  Object.assign(repository, withoutUndefined(settings));
  context.state.store.addRepository(repository);
  return { status: 201, body: serializeRepository(context.serializerContext, repository) };
}

/** Absent fields keep their values. A new name changes the slug. A move to another project also requires admin access to that project. */
function update(context: RequestContext): SandboxResponse {
  const repository = context.requireRepository("admin");
  const { store } = context.state;
  const { name, slug = repository.slug, ...settings } = parseRepositoryInput(context);
  const project = findTargetProject(context) ?? repository.project;
  if (project !== repository.project && !includesLevel(findProjectAccessLevel(context.caller, project), "admin"))
    return context.notPermitted();
  if (project !== repository.project || slug !== repository.slug) {
    requireFreeSlug(project, slug);
    store.move(repository, { name, slug, project });
  }
  Object.assign(repository, withoutUndefined({ name, ...settings }));
  // The status is assumed.
  return { status: 200, body: serializeRepository(context.serializerContext, repository) };
}

/** Succeeds if the repository does not exist. */
function remove(context: RequestContext): SandboxResponse {
  const { store, switches } = context.state;
  const [key, slug] = [context.projectKey, context.param("repository")];
  const redirects = switches.renamed !== "not-found" && store.formerRepository(key, slug) !== undefined;
  if (store.repository(key, slug) === undefined && !redirects) return { status: 204 };
  store.remove(context.requireRepository("admin"));
  return { status: 202, body: { context: null, message: "Repository scheduled for deletion.", exceptionName: null } };
}

/** The fields have the names of the stored repository. */
interface RepositoryInput {
  readonly name: string | undefined;
  readonly slug: string | undefined;
  readonly description: string | undefined;
  readonly isPublic: boolean | undefined;
  readonly archived: boolean | undefined;
  readonly forkable: boolean | undefined;
  readonly defaultBranch: string | undefined;
}

/** The slug is derived from the name; a slug in the body is ignored. */
function parseRepositoryInput(context: RequestContext): RepositoryInput {
  const body = context.jsonObject();
  const text = (name: string): string | undefined => (typeof body[name] === "string" ? body[name] : undefined);
  const boolean = (name: string): boolean | undefined => (typeof body[name] === "boolean" ? body[name] : undefined);
  const name = text("name") === "" ? undefined : text("name");
  return {
    name,
    slug: name === undefined ? undefined : toSlug(name),
    description: text("description"),
    isPublic: boolean("public"),
    archived: boolean("archived"),
    forkable: boolean("forkable"),
    defaultBranch: text("defaultBranch")?.replace(/^refs\/heads\//, ""),
  };
}

function withoutUndefined(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** `project.key` of the body. @throws EarlyResponse 404 */
function findTargetProject(context: RequestContext): Project | undefined {
  const { project: projectBody } = context.jsonObject();
  const key = isJsonObject(projectBody) ? projectBody["key"] : undefined;
  if (typeof key !== "string") return undefined;
  const project = context.state.store.project(key);
  if (project === undefined) throw new EarlyResponse(errors.projectNotFound(key));
  return project;
}

/** @throws EarlyResponse 409 */
function requireFreeSlug(project: Project, slug: string): void {
  if (project.repositories.has(slug)) throw new EarlyResponse(errors.conflict("This repository URL is already taken."));
}
