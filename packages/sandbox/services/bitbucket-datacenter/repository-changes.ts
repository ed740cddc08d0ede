// Creating, changing, moving and deleting repositories.
import { atLeast } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import type { RequestContext, Operation } from "./operation";
import { projectAccessLevel } from "./permissions";
import { createRepository } from "./initial-state";
import { type Project, slugOf } from "./store";
import { serializeRepository } from "./serializers";

const REPOSITORIES_PATH = "/projects/:project/repos";
const REPOSITORY_PATH = `${REPOSITORIES_PATH}/:repository`;

export const repositoryChanges: readonly Operation[] = [
  { method: "POST", path: REPOSITORIES_PATH, operation: "createRepository", caller: "login", handle: create },
  { method: "PUT", path: REPOSITORY_PATH, operation: "updateRepository", caller: "login", handle: update },
  { method: "DELETE", path: REPOSITORY_PATH, operation: "deleteRepository", caller: "login", handle: remove },
];

/** Empty, until somebody pushes. */
function create(context: RequestContext): SandboxResponse {
  const project = context.requireProject("admin");
  const { name, slug, ...wish } = parseRepositoryInput(context);
  if (name === undefined || slug === undefined || slug === "") {
    return errors.invalid({ context: "name", message: "The repository name is required." });
  }
  requireFreeSlug(project, slug);
  const repository = createRepository(context.state.store, project, { slug, name, defaultBranch: null });
  Object.assign(repository, withoutUndefined(wish));
  context.state.store.addRepository(repository);
  return { status: 201, body: serializeRepository(context.serializerContext, repository) };
}

/** Absent fields stay as they are. A new name is a new slug, another project a move, which needs that project's administrators too. */
function update(context: RequestContext): SandboxResponse {
  const repository = context.requireRepository("admin");
  const { store } = context.state;
  const { name, slug = repository.slug, ...wish } = parseRepositoryInput(context);
  const project = findTargetProject(context) ?? repository.project;
  if (project !== repository.project && !atLeast(projectAccessLevel(context.caller, project), "admin")) return context.notPermitted();
  const moves = project !== repository.project || slug !== repository.slug;
  if (moves) {
    requireFreeSlug(project, slug);
    store.move(repository, { name, slug, project });
  }
  Object.assign(repository, withoutUndefined({ name, ...wish }));
  // The status is assumed.
  return { status: 200, body: serializeRepository(context.serializerContext, repository) };
}

/** Also for a repository that is not there: nothing matched, nothing to do. */
function remove(context: RequestContext): SandboxResponse {
  const { store, switches } = context.state;
  const missing = store.repository(context.projectKey, context.param("repository")) === undefined;
  if (
    missing &&
    (switches.renamed === "not-found" || store.formerRepository(context.projectKey, context.param("repository")) === undefined)
  ) {
    return { status: 204 };
  }
  store.remove(context.requireRepository("admin"));
  return { status: 202, body: { context: null, message: "Repository scheduled for deletion.", exceptionName: null } };
}

/** What is set directly, under the names that the store has for it. */
interface RepositoryInput {
  readonly name: string | undefined;
  readonly slug: string | undefined;
  readonly description: string | undefined;
  readonly isPublic: boolean | undefined;
  readonly archived: boolean | undefined;
  readonly forkable: boolean | undefined;
  readonly defaultBranch: string | undefined;
}

/** The slug follows the name: one that is sent is read-only. */
function parseRepositoryInput(context: RequestContext): RepositoryInput {
  const body = context.jsonObject();
  const text = (name: string): string | undefined => (typeof body[name] === "string" ? body[name] : undefined);
  const boolean = (name: string): boolean | undefined => (typeof body[name] === "boolean" ? body[name] : undefined);
  const name = text("name") === "" ? undefined : text("name");
  return {
    name,
    slug: name === undefined ? undefined : slugOf(name),
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
  const { project } = context.jsonObject();
  const key = typeof project === "object" && project !== null && "key" in project ? project.key : undefined;
  if (typeof key !== "string") return undefined;
  const found = context.state.store.project(key);
  if (found === undefined) throw new EarlyResponse(errors.projectNotFound(key));
  return found;
}

/** @throws EarlyResponse 409 */
function requireFreeSlug(project: Project, slug: string): void {
  if (project.repositories.has(slug)) throw new EarlyResponse(errors.conflict("This repository URL is already taken."));
}
