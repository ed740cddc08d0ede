// Creates, updates and deletes repositories; reads and sets their Pipelines configuration and their override settings.
import { EarlyResponse } from "../../core/early-response";
import { isJsonObject } from "../../core/json-body";
import type { SandboxResponse } from "../../core/service";
import { toSlug } from "../../core/slug";
import { errors } from "./errors";
import { createRepository } from "./initial-state";
import type { Operation } from "./operation";
import type { RequestContext } from "./request-context";
import { SCOPES } from "./scopes";
import { formatTimestamp, serializeRepository } from "./serializers";
import { fullName, type Project, type Repository, type Workspace } from "./store";

const PATH = "/repositories/:workspace/:repository";

const define = (method: Operation["method"], path: string, operation: string, rest: Pick<Operation, "scopes" | "handle">): Operation => ({
  method,
  path: `${PATH}${path}`,
  operation,
  group: "repositories",
  caller: "anyone",
  ...rest,
});

export const repositoryChanges: readonly Operation[] = [
  define("POST", "", "createRepository", { scopes: SCOPES.adminRepository, handle: create }),
  define("PUT", "", "updateRepository", { scopes: SCOPES.adminRepository, handle: update }),
  define("DELETE", "", "deleteRepository", {
    scopes: SCOPES.deleteRepository,
    handle: (context) => {
      context.state.store.remove(context.requireRepository("admin"));
      return { status: 204 };
    },
  }),
  define("GET", "/pipelines_config", "getPipelinesConfig", {
    scopes: SCOPES.repository,
    handle: (context) => respondWithPipelines(context.requireRepository("read")),
  }),
  define("PUT", "/pipelines_config", "updatePipelinesConfig", {
    scopes: SCOPES.adminRepository,
    handle: (context) => {
      const repository = context.requireRepository("admin");
      repository.pipelines = context.jsonObject()["enabled"] === true;
      return respondWithPipelines(repository);
    },
  }),
  define("GET", "/override-settings", "getOverrideSettings", {
    scopes: SCOPES.repository,
    handle: (context) => respondWithOverrides(context.requireRepository("read")),
  }),
  define("PUT", "/override-settings", "updateOverrideSettings", {
    scopes: SCOPES.adminRepository,
    handle: (context) => {
      const repository = context.requireRepository("admin");
      const body = context.jsonObject();
      for (const name of ["default_merge_strategy", "branching_model"] as const) {
        const value = body[name];
        if (typeof value === "boolean") repository.overrides[name] = value;
      }
      return respondWithOverrides(repository);
    },
  }),
];

/** Requires an owner of the workspace. */
function create(context: RequestContext): SandboxResponse {
  const workspace = context.requireWorkspace("owned");
  const slug = toSlug(context.param("repository"));
  if (workspace.repositories.has(slug)) {
    return errors.invalidFields({ slug: ["Repository with this Slug and Owner already exists."] });
  }
  return createNew(context, workspace, slug);
}

/** Creates the repository if it does not exist. A new name changes the slug, and the response has the new location. */
function update(context: RequestContext): SandboxResponse {
  const { store, clock } = context.state;
  const existing = store.repository(context.param("workspace"), context.param("repository"));
  if (existing === undefined) return createNew(context, context.requireWorkspace("owned"), toSlug(context.param("repository")));
  const repository = context.requireRepository("admin");
  const input = parseRepositoryInput(context, repository.workspace);
  const { name } = input;
  const changesSlug = name !== undefined && name !== repository.name && toSlug(name) !== repository.slug;
  if (changesSlug && repository.workspace.repositories.has(toSlug(name))) {
    return errors.invalidFields({ name: ["You already have a repository with this name."] });
  }
  if (name !== undefined) store.rename(repository, name);
  repository.description = input.description;
  repository.isPrivate = input.isPrivate;
  repository.project = input.project ?? repository.project;
  repository.updatedOn = formatTimestamp(clock.now());
  const response: SandboxResponse = { status: 200, body: serializeRepository(context.apiUrl, repository) };
  return changesSlug ? { ...response, headers: { location: `${context.apiUrl}/repositories/${fullName(repository)}` } } : response;
}

function createNew(context: RequestContext, workspace: Workspace, slug: string): SandboxResponse {
  const { name = slug, description, isPrivate, project } = parseRepositoryInput(context, workspace);
  const seed = { slug, name, private: isPrivate, mainBranch: null, project: project?.key };
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

/** Clients omit false and empty values. @throws EarlyResponse 400 */
function parseRepositoryInput(context: RequestContext, workspace: Workspace): RepositoryInput {
  const { name, description, project: projectBody, is_private: isPrivate } = context.jsonObject();
  const key = isJsonObject(projectBody) ? projectBody["key"] : undefined;
  const project = typeof key === "string" ? workspace.projects.get(key) : undefined;
  if (typeof key === "string" && project === undefined) {
    throw new EarlyResponse(errors.invalidFields({ project: [`There is no project ${key}.`] }));
  }
  return {
    name: typeof name === "string" && name !== "" ? name : undefined,
    description: typeof description === "string" ? description : "",
    isPrivate: isPrivate === true,
    project,
  };
}

function respondWithPipelines(repository: Repository): SandboxResponse {
  const { name, uuid, pipelines } = repository;
  // Until the setting is configured, Bitbucket responds with 404, which clients interpret as disabled.
  if (pipelines === null) return errors.pathNotFound();
  const summary = { type: "repository", name, full_name: fullName(repository), uuid };
  return { status: 200, body: { type: "repository_pipelines_configuration", enabled: pipelines, repository: summary } };
}

function respondWithOverrides({ overrides }: Repository): SandboxResponse {
  return { status: 200, body: { type: "repository_override_settings", override_settings: {}, ...overrides } };
}
