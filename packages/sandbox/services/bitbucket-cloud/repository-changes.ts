// Creating, changing and deleting repositories, and the two groups of settings that go with them.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import type { Call, Operation } from "./operation";
import { SCOPES } from "./scopes";
import { newRepository } from "./seed";
import { fullName, type Project, type Repository, slugOf, type Workspace } from "./store";
import { repositoryView } from "./views";

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
    handle: (call) => {
      call.state.store.remove(call.repository("admin"));
      return { status: 204 };
    },
  }),
  on("GET", "/pipelines_config", "getPipelinesConfig", {
    scopes: SCOPES.repository,
    handle: (call) => pipelines(call.repository("read")),
  }),
  on("PUT", "/pipelines_config", "updatePipelinesConfig", {
    scopes: SCOPES.adminRepository,
    handle: (call) => {
      const repository = call.repository("admin");
      repository.pipelines = call.object()["enabled"] === true;
      return pipelines(repository);
    },
  }),
  on("GET", "/override-settings", "getOverrideSettings", {
    scopes: SCOPES.repository,
    handle: (call) => overrides(call.repository("read")),
  }),
  on("PUT", "/override-settings", "updateOverrideSettings", {
    scopes: SCOPES.adminRepository,
    handle: (call) => {
      const repository = call.repository("admin");
      const body = call.object();
      for (const name of ["default_merge_strategy", "branching_model"] as const) {
        const value = body[name];
        if (typeof value === "boolean") repository.overrides[name] = value;
      }
      return overrides(repository);
    },
  }),
];

/** Owners of the workspace only. */
function create(call: Call): SandboxResponse {
  const workspace = call.workspace("owned");
  const slug = slugOf(call.param("repository"));
  if (workspace.repositories.has(slug)) {
    return errors.fields({ slug: ["Repository with this Slug and Owner already exists."] });
  }
  return made(call, workspace, slug);
}

/** Without such a repository it is created; a new name is a new slug, and the answer says where it is now. */
function update(call: Call): SandboxResponse {
  const { store, clock } = call.state;
  const existing = store.repository(call.param("workspace"), call.param("repository"));
  if (existing === undefined) return made(call, call.workspace("owned"), slugOf(call.param("repository")));
  const repository = call.repository("admin");
  const wish = read(call, repository.workspace);
  const moves = wish.name !== undefined && wish.name !== repository.name && slugOf(wish.name) !== repository.slug;
  if (moves && repository.workspace.repositories.has(slugOf(wish.name))) {
    return errors.fields({ name: ["You already have a repository with this name."] });
  }
  if (wish.name !== undefined) store.rename(repository, wish.name);
  repository.description = wish.description;
  repository.isPrivate = wish.isPrivate;
  repository.project = wish.project ?? repository.project;
  repository.updatedOn = new Date(clock.now()).toISOString().replace("Z", "000+00:00");
  const answer: SandboxResponse = { status: 200, body: repositoryView(call.api, repository) };
  return moves ? { ...answer, headers: { location: `${call.api}/repositories/${fullName(repository)}` } } : answer;
}

function made(call: Call, workspace: Workspace, slug: string): SandboxResponse {
  const { name = slug, description, isPrivate, project } = read(call, workspace);
  const seed = { slug, name, private: isPrivate, mainBranch: null, ...(project === undefined ? {} : { project: project.key }) };
  const repository = newRepository(seed, workspace, call.state.clock.now());
  repository.description = description;
  call.state.store.addRepository(repository);
  return { status: 201, body: repositoryView(call.api, repository) };
}

interface Wish {
  readonly name: string | undefined;
  readonly description: string;
  readonly isPrivate: boolean;
  readonly project: Project | undefined;
}

/** Clients leave out what is false or empty. @throws Refusal 400 */
function read(call: Call, workspace: Workspace): Wish {
  const body = call.object();
  const { name, description, project } = body;
  const key = typeof project === "object" && project !== null && "key" in project ? project.key : undefined;
  const found = typeof key === "string" ? workspace.projects.get(key) : undefined;
  if (typeof key === "string" && found === undefined) throw new EarlyResponse(errors.fields({ project: [`There is no project ${key}.`] }));
  return {
    name: typeof name === "string" && name !== "" ? name : undefined,
    description: typeof description === "string" ? description : "",
    isPrivate: body["is_private"] === true,
    project: found,
  };
}

function pipelines(repository: Repository): SandboxResponse {
  // Never configured is 404, which clients read as disabled.
  if (repository.pipelines === null) return errors.noRoute();
  const of = { type: "repository", name: repository.name, full_name: fullName(repository), uuid: repository.uuid };
  return { status: 200, body: { type: "repository_pipelines_configuration", enabled: repository.pipelines, repository: of } };
}

function overrides(repository: Repository): SandboxResponse {
  return { status: 200, body: { type: "repository_override_settings", override_settings: {}, ...repository.overrides } };
}
