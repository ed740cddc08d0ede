// The control paths of the emulated Bitbucket Cloud: pushes, pull requests, deliveries, changes to repositories, and the state.
import { createActivityRoutes, repositoryFields, type RepositoryLookup, requireRepository } from "../../core/activity-control";
import { parseFields, readOptionalText, readOptionalWholeNumber } from "../../core/control-fields";
import { createControlRoute } from "../../core/control-route";
import type { Deliveries } from "../../core/deliveries";
import { createRepositoryRoute, type RepositoryAdmin } from "../../core/repository-control";
import { fingerprint } from "../../core/request-log";
import { createReviewRoutes } from "../../core/review-control";
import type { Route } from "../../core/service";
import { toSlug } from "../../core/slug";
import { createRepository } from "./initial-state";
import { ACTOR } from "./pull-request-serializer";
import { createActivity } from "./pull-requests";
import type { State } from "./state";
import { deriveUuid, fullName, type Repository, type Webhook, type Workspace } from "./store";

export function createControlPaths(state: State, deliveries: Deliveries<Repository, Webhook>): readonly Route[] {
  const lookup: RepositoryLookup<Repository> = {
    namespaceWord: "workspace",
    find: (workspace, slug) => state.store.repository(workspace, slug),
    repositoriesIn: (workspace) => [...(state.store.workspace(workspace)?.repositories.keys() ?? [])],
    namespaces: () => state.store.workspaces.map(({ slug }) => slug),
  };
  return [
    ...createActivityRoutes({ activity: createActivity(state, deliveries), deliveries, lookup }),
    createRepositoryRoute(createRepositoryAdmin(state, lookup)),
    ...createReviewRoutes({
      lookup,
      clock: state.clock,
      nameOf: fullName,
      repositories: () => state.store.workspaces.flatMap(({ repositories }) => [...repositories.values()]),
      createAuthor: (displayName) => (displayName === undefined ? ACTOR : { id: deriveUuid(`person ${displayName}`), displayName }),
    }),
    createPipelineRoute(state, lookup),
    createControlRoute("GET", "state", () => ({ workspaces: state.store.workspaces.map(describeWorkspace) })),
  ];
}

/** Starts a step for a pull request (`id`) or for a push (`branch`). Returns its variables, and the address of its proxy. */
function createPipelineRoute(state: State, lookup: RepositoryLookup<Repository>): Route {
  return createControlRoute("POST", "pipeline", (request) => {
    const body = parseFields(request, repositoryFields(lookup, ["id", "branch"]));
    const repository = requireRepository(lookup, body);
    const [id, branch] = [readOptionalWholeNumber(body, "id"), readOptionalText(body, "branch")];
    const build = id === undefined ? findBranch(repository, branch) : repository.pullRequests.get(id);
    if (build === undefined || (id === undefined) === (branch === undefined)) {
      throw new Error('Send either "id", the number of a pull request of the repository, or "branch", one of its branches.');
    }
    return { proxy: state.pipelinesProxy(), environment: state.pipelines.startStep(repository, build) };
  });
}

function findBranch(repository: Repository, branch: string | undefined): { readonly branch: string } | undefined {
  return branch !== undefined && repository.branches.has(branch) ? { branch } : undefined;
}

function createRepositoryAdmin(state: State, lookup: RepositoryLookup<Repository>): RepositoryAdmin<Repository, Workspace> {
  return {
    lookup,
    createFields: ["project"],
    findNamespace: (workspace) => state.store.workspace(workspace),
    nameOf: ({ slug }) => slug,
    namespaceOf: ({ workspace }) => workspace,
    slugOf: ({ slug }) => slug,
    toSlug,
    hasRepository: (workspace, slug) => workspace.repositories.has(slug),
    create: (workspace, slug, body) => {
      const project = readOptionalText(body, "project");
      if (project !== undefined && !workspace.projects.has(project)) throw new Error(`${workspace.slug} has no project "${project}".`);
      const repository = createRepository({ slug, project }, workspace, state.clock.now());
      state.store.addRepository(repository);
      return repository;
    },
    rename: (repository, name) => state.store.rename(repository, name),
    transfer: (repository, workspace) => state.store.transfer(repository, workspace),
    remove: (repository) => state.store.remove(repository),
    setHidden: (repository, hidden) => {
      repository.hidden = hidden;
    },
    describe: describeRepository,
  };
}

function describeWorkspace(workspace: Workspace) {
  return {
    slug: workspace.slug,
    uuid: workspace.uuid,
    hooks: [...workspace.webhooks.values()].map(describeWebhook),
    repositories: [...workspace.repositories.values()].map(describeRepository),
  };
}

function describeRepository(repository: Repository) {
  return {
    full_name: fullName(repository),
    uuid: repository.uuid,
    hidden: repository.hidden,
    branches: Object.fromEntries(repository.branches),
    pullRequests: [...repository.pullRequests.values()].map(({ id, state, source, target }) => ({ id, state, source, target })),
    hooks: [...repository.webhooks.values()].map(describeWebhook),
  };
}

/** Shows the secret as a fingerprint. */
function describeWebhook({ secret, ...webhook }: Webhook) {
  return { ...webhook, secret: secret === null ? null : fingerprint(secret) };
}
