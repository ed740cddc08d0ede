// Bitbucket Cloud's control path: pushes and pull requests, deliveries, what happens to repositories, and the whole state.
import { createActivityRoutes, createControlRoute, type RepositoryLookup } from "../../core/activity-control";
import { optionalText } from "../../core/control-fields";
import type { Deliveries } from "../../core/deliveries";
import type { Route } from "../../core/service";
import { createRepositoryRoute } from "../../core/repository-control";
import { fingerprint } from "../../core/request-log";
import type { State } from "./state";
import { createActivity } from "./pull-requests";
import { createRepository } from "./seed";
import { fullName, type Webhook, type Repository, slugOf, type Workspace } from "./store";

export function createControlPaths(state: State, deliveries: Deliveries<Repository, Webhook>): readonly Route[] {
  const places: RepositoryLookup<Repository> = {
    namespaceWord: "workspace",
    find: (workspace, slug) => state.store.repository(workspace, slug),
    repositoriesIn: (workspace) => [...(state.store.workspace(workspace)?.repositories.keys() ?? [])],
    namespaces: () => state.store.workspaces.map((one) => one.slug),
  };
  return [
    ...createActivityRoutes({ activity: createActivity(state, deliveries), deliveries, lookup: places }),
    createRepositoryRoute<Repository, Workspace>({
      lookup: places,
      createFields: ["project"],
      findNamespace: (address) => state.store.workspace(address),
      nameOf: ({ slug }) => slug,
      namespaceOf: ({ workspace }) => workspace,
      slugOf: ({ slug }) => slug,
      toSlug: slugOf,
      hasRepository: (workspace, slug) => workspace.repositories.has(slug),
      create: (workspace, slug, body) => {
        const project = optionalText(body, "project");
        if (project !== undefined && !workspace.projects.has(project)) throw new Error(`${workspace.slug} has no project "${project}".`);
        const made = createRepository({ slug, ...(project === undefined ? {} : { project }) }, workspace, state.clock.now());
        state.store.addRepository(made);
        return made;
      },
      rename: (repository, name) => state.store.rename(repository, name),
      transfer: (repository, workspace) => state.store.transfer(repository, workspace),
      remove: (repository) => state.store.remove(repository),
      setHidden: (repository, hidden) => {
        repository.hidden = hidden;
      },
      describe: describeRepository,
    }),
    createControlRoute("GET", "state", () => ({ workspaces: state.store.workspaces.map(describeWorkspace) })),
  ];
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

function describeWebhook({ secret, ...webhook }: Webhook) {
  return { ...webhook, secret: secret === null ? null : fingerprint(secret) };
}
