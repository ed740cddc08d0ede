// Bitbucket Data Center's control path: pushes and pull requests, deliveries, what happens to repositories, and the whole state.
import { createActivityRoutes, createControlRoute, type RepositoryLookup } from "../../core/activity-control";
import type { Deliveries } from "../../core/deliveries";
import type { Route } from "../../core/service";
import { createRepositoryRoute } from "../../core/repository-control";
import { redact } from "../../core/request-log";
import type { State } from "./operation";
import { createActivity } from "./pull-requests";
import { createRepository } from "./initial-state";
import { fullName, type Webhook, type Project, type Repository, slugOf } from "./store";

export function createControlPaths(state: State, deliveries: Deliveries<Repository, Webhook>): readonly Route[] {
  const places: RepositoryLookup<Repository> = {
    namespaceWord: "project",
    find: (key, slug) => state.store.repository(key, slug),
    repositoriesIn: (key) => [...(state.store.project(key)?.repositories.keys() ?? [])],
    namespaces: () => state.store.projects.map(({ key }) => key),
  };
  return [
    ...createActivityRoutes({ activity: createActivity(state, deliveries), deliveries, lookup: places }),
    createRepositoryRoute<Repository, Project>({
      lookup: places,
      createFields: [],
      findNamespace: (key) => state.store.project(key),
      nameOf: ({ key }) => key,
      namespaceOf: ({ project }) => project,
      slugOf: ({ slug }) => slug,
      toSlug: slugOf,
      hasRepository: (project, slug) => project.repositories.has(slug),
      create: (project, slug) => {
        const made = createRepository(state.store, project, { slug });
        state.store.addRepository(made);
        return made;
      },
      rename: (repository, name) => state.store.move(repository, { name }),
      transfer: (repository, project) => state.store.move(repository, { project }),
      remove: (repository) => state.store.remove(repository),
      setHidden: (repository, hidden) => {
        repository.hidden = hidden;
      },
      describe: describeRepository,
    }),
    createControlRoute("GET", "state", () => ({ projects: state.store.projects.map(describeProject) })),
  ];
}

function describeProject({ key, id, webhooks: hooks, repositories }: Project) {
  return { key, id, hooks: [...hooks.values()].map(describeWebhook), repositories: [...repositories.values()].map(describeRepository) };
}

function describeRepository(repository: Repository) {
  const { id, hidden, archived, branches, pullRequests, webhooks: hooks } = repository;
  return {
    full_name: fullName(repository),
    id,
    hidden,
    archived,
    branches: Object.fromEntries(branches),
    pullRequests: [...pullRequests.values()].map(({ id: number, state, source, target }) => ({ id: number, state, source, target })),
    hooks: [...hooks.values()].map(describeWebhook),
  };
}

/** The secret in the configuration and the password are shown as fingerprints. */
function describeWebhook(webhook: Webhook) {
  return redact(webhook);
}
