// The control paths of the emulated Bitbucket Data Center: pushes, pull requests, deliveries, changes to repositories, and the state.
import { createActivityRoutes, type RepositoryLookup } from "../../core/activity-control";
import { createControlRoute } from "../../core/control-route";
import type { Deliveries } from "../../core/deliveries";
import { createRepositoryRoute, type RepositoryAdmin } from "../../core/repository-control";
import { redact } from "../../core/request-log";
import { createReviewRoutes } from "../../core/review-control";
import type { Route } from "../../core/service";
import { toSlug } from "../../core/slug";
import { createRepository } from "./initial-state";
import { COMMENTER } from "./pull-request-serializer";
import { createActivity } from "./pull-requests";
import type { State } from "./state";
import { fullName, type Project, type Repository, type Webhook } from "./store";

export function createControlPaths(state: State, deliveries: Deliveries<Repository, Webhook>): readonly Route[] {
  const lookup: RepositoryLookup<Repository> = {
    namespaceWord: "project",
    find: (key, slug) => state.store.repository(key, slug),
    repositoriesIn: (key) => [...(state.store.project(key)?.repositories.keys() ?? [])],
    namespaces: () => state.store.projects.map(({ key }) => key),
  };
  return [
    ...createActivityRoutes({ activity: createActivity(state, deliveries), deliveries, lookup }),
    createRepositoryRoute(createRepositoryAdmin(state, lookup)),
    ...createReviewRoutes({
      lookup,
      clock: state.clock,
      nameOf: fullName,
      repositories: () => state.store.repositories,
      createAuthor: (displayName) => (displayName === undefined ? COMMENTER : { id: toSlug(displayName), displayName }),
    }),
    createControlRoute("GET", "state", () => ({ projects: state.store.projects.map(describeProject) })),
  ];
}

function createRepositoryAdmin(state: State, lookup: RepositoryLookup<Repository>): RepositoryAdmin<Repository, Project> {
  return {
    lookup,
    createFields: [],
    findNamespace: (key) => state.store.project(key),
    nameOf: ({ key }) => key,
    namespaceOf: ({ project }) => project,
    slugOf: ({ slug }) => slug,
    toSlug,
    hasRepository: (project, slug) => project.repositories.has(slug),
    create: (project, slug) => {
      const repository = createRepository(state.store, project, { slug });
      state.store.addRepository(repository);
      return repository;
    },
    rename: (repository, name) => state.store.move(repository, { name }),
    transfer: (repository, project) => state.store.move(repository, { project }),
    remove: (repository) => state.store.remove(repository),
    setHidden: (repository, hidden) => {
      repository.hidden = hidden;
    },
    describe: describeRepository,
  };
}

function describeProject({ key, id, webhooks, repositories }: Project) {
  return { key, id, hooks: [...webhooks.values()].map(describeWebhook), repositories: [...repositories.values()].map(describeRepository) };
}

function describeRepository(repository: Repository) {
  const { id, hidden, archived, branches, pullRequests, webhooks } = repository;
  return {
    full_name: fullName(repository),
    id,
    hidden,
    archived,
    branches: Object.fromEntries(branches),
    pullRequests: [...pullRequests.values()].map(({ id: number, state, source, target }) => ({ id: number, state, source, target })),
    hooks: [...webhooks.values()].map(describeWebhook),
  };
}

/** Shows the secret in the configuration and the password as fingerprints. */
function describeWebhook(webhook: Webhook) {
  return redact(webhook);
}
