// Creating, changing and deleting repositories, and the two groups of settings that go with them.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import type { Operation } from "./operation";
import type { RequestContext } from "./request-context";
import { SCOPES } from "./scopes";
import { createRepository } from "./seed";
import { fullName, type Project, type Repository, slugOf, type Workspace } from "./store";
import { serializeRepository } from "./serializers";

const PATH = "/repositories/:workspace/:repository";

const on = (method: Operation["method"], path: string, operation: string, rest: Pick<Operation, "scopes" | "handle">): Operation => ({
  method,
  path: `${PATH}${path}`,
  operation,
  group: "repositories",
  caller: "anyone",
  ...rest,
});

export const repositoryChanges: readonly Operation[] = [
  on("POST", "", "createRepository", { scopes: SCOPES.adminRepository, handle: create }),
  on("PUT", "", "updateRepository", { scopes: SCOPES.adminRepository, handle: update }),
  on("DELETE", "", "deleteRepository", {
    scopes: SCOPES.deleteRepository,
    handle: (context) => {
      context.state.store.remove(context.requireRepository("admin"));
      return { status: 204 };
    },
  }),
  on("GET", "/pipelines_config", "getPipelinesConfig", {
    scopes: SCOPES.repository,
    handle: (context) => pipelines(context.requireRepository("read")),
  }),
  on("PUT", "/pipelines_config", "updatePipelinesConfig", {
    scopes: SCOPES.adminRepository,
    handle: (context) => {
      const repository = context.requireRepository("admin");
      repository.respondWithPipelines = context.jsonObject()["enabled"] === true;
      return pipelines(repository);
    },
  }),
  on("GET", "/override-settings", "getOverrideSettings", {
    scopes: SCOPES.repository,
    handle: (context) => overrides(context.requireRepository("read")),
  }),
  on("PUT", "/override-settings", "updateOverrideSettings", {
    scopes: SCOPES.adminRepository,
    handle: (context) => {
      const repository = context.requireRepository("admin");
      const body = context.jsonObject();
      for (const name of ["default_merge_strategy", "branching_model"] as const) {
        const value = body[name];
        if (typeof value === "boolean") repository.respondWithOverrides[name] = value;
      }
      return overrides(repository);
    },
  }),
];

/** Owners of the workspace only. */
function create(context: RequestContext): SandboxResponse {
  const workspace = context.requireWorkspace("owned");
  const slug = slugOf(context.param("repository"));
  if (workspace.repositories.has(slug)) {
    return errors.invalidFields({ slug: ["Repository with this Slug and Owner already exists."] });
  }
  return createNew(context, workspace, slug);
}

/** Without such a repository it is created; a new name is a new slug, and the answer says where it is now. */
function update(context: RequestContext): SandboxResponse {
  const { store, clock } = context.state;
  const existing = store.repository(context.param("workspace"), context.param("repository"));
  if (existing === undefined) return createNew(context, context.requireWorkspace("owned"), slugOf(context.param("repository")));
  const repository = context.requireRepository("admin");
  const wish = parseRepositoryInput(context, repository.workspace);
  const moves = wish.name !== undefined && wish.name !== repository.name && slugOf(wish.name) !== repository.slug;
  if (moves && repository.workspace.repositories.has(slugOf(wish.name))) {
    return errors.invalidFields({ name: ["You already have a repository with this name."] });
  }
  if (wish.name !== undefined) store.rename(repository, wish.name);
  repository.description = wish.description;
  repository.isPrivate = wish.isPrivate;
  repository.project = wish.project ?? repository.project;
  repository.updatedOn = new Date(clock.now()).toISOString().replace("Z", "000+00:00");
  const answer: SandboxResponse = { status: 200, body: serializeRepository(context.apiUrl, repository) };
  return moves ? { ...answer, headers: { location: `${context.apiUrl}/repositories/${fullName(repository)}` } } : answer;
}

function createNew(context: RequestContext, workspace: Workspace, slug: string): SandboxResponse {
  const { name = slug, description, isPrivate, project } = parseRepositoryInput(context, workspace);
  const seed = { slug, name, private: isPrivate, mainBranch: null, ...(project === undefined ? {} : { project: project.key }) };
  const repository = createRepository(seed, workspace, context.state.clock.now());
  repository.description = description;
  context.state.store.addRepository(repository);
  return { status: 201, body: serializeRepository(context.apiUrl, repository) };
}

interface RepositoryInput {
  readonly name: string | undefined;
  readonly description: string;
  readonly isPrivate: boolean;
  readonly project: Project | undefined;
}

/** Clients leave out what is false or empty. @throws Refusal 400 */
function parseRepositoryInput(context: RequestContext, workspace: Workspace): RepositoryInput {
  const body = context.jsonObject();
  const { name, description, project } = body;
  const key = typeof project === "object" && project !== null && "key" in project ? project.key : undefined;
  const found = typeof key === "string" ? workspace.projects.get(key) : undefined;
  if (typeof key === "string" && found === undefined)
    throw new EarlyResponse(errors.invalidFields({ project: [`There is no project ${key}.`] }));
  return {
    name: typeof name === "string" && name !== "" ? name : undefined,
    description: typeof description === "string" ? description : "",
    isPrivate: body["is_private"] === true,
    project: found,
  };
}

function pipelines(repository: Repository): SandboxResponse {
  // Never configured is 404, which clients read as disabled.
  if (repository.respondWithPipelines === null) return errors.pathNotFound();
  const of = { type: "repository", name: repository.name, full_name: fullName(repository), uuid: repository.uuid };
  return { status: 200, body: { type: "repository_pipelines_configuration", enabled: repository.respondWithPipelines, repository: of } };
}

function overrides(repository: Repository): SandboxResponse {
  return { status: 200, body: { type: "repository_override_settings", override_settings: {}, ...repository.respondWithOverrides } };
}
