// Creating, changing, moving and deleting repositories.
import { atLeast } from "../../core/access-level";
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import type { Call, Operation } from "./operation";
import { levelOnProject } from "./permissions";
import { newRepository } from "./seeded";
import { type Project, slugOf } from "./store";
import { repositoryView } from "./views";

const ALL = "/projects/:project/repos";
const ONE = `${ALL}/:repository`;

export const repositoryChanges: readonly Operation[] = [
  { method: "POST", path: ALL, operation: "createRepository", caller: "login", handle: create },
  { method: "PUT", path: ONE, operation: "updateRepository", caller: "login", handle: update },
  { method: "DELETE", path: ONE, operation: "deleteRepository", caller: "login", handle: remove },
];

/** Empty, until somebody pushes. */
function create(call: Call): SandboxResponse {
  const project = call.project("admin");
  const { name, slug, ...wish } = wishOf(call);
  if (name === undefined || slug === undefined || slug === "") {
    return errors.invalid({ context: "name", message: "The repository name is required." });
  }
  refuseTaken(project, slug);
  const repository = newRepository(call.state.store, project, { slug, name, defaultBranch: null });
  Object.assign(repository, defined(wish));
  call.state.store.addRepository(repository);
  return { status: 201, body: repositoryView(call.seen, repository) };
}

/** Absent fields stay as they are. A new name is a new slug, another project a move, which needs that project's administrators too. */
function update(call: Call): SandboxResponse {
  const repository = call.repository("admin");
  const { store } = call.state;
  const { name, slug = repository.slug, ...wish } = wishOf(call);
  const project = targetOf(call) ?? repository.project;
  if (project !== repository.project && !atLeast(levelOnProject(call.caller, project), "admin")) return call.notPermitted();
  const moves = project !== repository.project || slug !== repository.slug;
  if (moves) {
    refuseTaken(project, slug);
    store.move(repository, { name, slug, project });
  }
  Object.assign(repository, defined({ name, ...wish }));
  // The status is assumed.
  return { status: 200, body: repositoryView(call.seen, repository) };
}

/** Also for a repository that is not there: nothing matched, nothing to do. */
function remove(call: Call): SandboxResponse {
  const { store, switches } = call.state;
  const missing = store.repository(call.projectKey, call.param("repository")) === undefined;
  if (missing && (switches.renamed === "not-found" || store.formerRepository(call.projectKey, call.param("repository")) === undefined)) {
    return { status: 204 };
  }
  store.remove(call.repository("admin"));
  return { status: 202, body: { context: null, message: "Repository scheduled for deletion.", exceptionName: null } };
}

/** What is set directly, under the names that the store has for it. */
interface Wish {
  readonly name: string | undefined;
  readonly slug: string | undefined;
  readonly description: string | undefined;
  readonly isPublic: boolean | undefined;
  readonly archived: boolean | undefined;
  readonly forkable: boolean | undefined;
  readonly defaultBranch: string | undefined;
}

/** The slug follows the name: one that is sent is read-only. */
function wishOf(call: Call): Wish {
  const body = call.object();
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

function defined(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** `project.key` of the body. @throws Refusal 404 */
function targetOf(call: Call): Project | undefined {
  const { project } = call.object();
  const key = typeof project === "object" && project !== null && "key" in project ? project.key : undefined;
  if (typeof key !== "string") return undefined;
  const found = call.state.store.project(key);
  if (found === undefined) throw new EarlyResponse(errors.noProject(key));
  return found;
}

/** @throws Refusal 409 */
function refuseTaken(project: Project, slug: string): void {
  if (project.repositories.has(slug)) throw new EarlyResponse(errors.conflict("This repository URL is already taken."));
}
