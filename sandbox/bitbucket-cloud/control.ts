// What only Bitbucket Cloud's control path has: what happens to repositories, and the whole state.
import { activityRoutes, controlRoute, namespaceIn, placeFields, type Places, repositoryIn } from "../activity-control";
import { type Fields, fieldsOf, oneOf, optionalText, text } from "../control-fields";
import type { Deliveries } from "../delivery";
import type { Route } from "../listen";
import { fingerprint } from "../request-log";
import type { State } from "./operation";
import { cloudActivity } from "./pull-requests";
import { newRepository } from "./seed";
import { fullName, type Hook, type Repository, slugOf, type Workspace } from "./store";

const CHANGES = ["rename", "transfer", "delete", "hide", "show", "create"] as const;

export function bitbucketControl(state: State, deliveries: Deliveries<Repository, Hook>): readonly Route[] {
  const places: Places<Repository> = {
    word: "workspace",
    find: (workspace, slug) => state.store.repository(workspace, slug),
    repositoriesIn: (workspace) => [...(state.store.workspace(workspace)?.repositories.keys() ?? [])],
    namespaces: () => state.store.workspaces.map((one) => one.slug),
  };
  return [
    ...activityRoutes({ activity: cloudActivity(state, deliveries), deliveries, places }),
    controlRoute("POST", "repository", (request) => {
      const body = fieldsOf(request, placeFields(places, ["change", "to", "project"]));
      return shownRepository(changeRepository(state, places, body));
    }),
    controlRoute("GET", "state", () => ({ workspaces: state.store.workspaces.map(shownWorkspace) })),
  ];
}

function changeRepository(state: State, places: Places<Repository>, body: Fields): Repository {
  const { store, clock } = state;
  const change = oneOf(body, "change", CHANGES);
  if (change === "create") {
    const slug = text(body, "repository");
    const workspace = workspaceIn(state, namespaceIn(places, body));
    if (slug !== slugOf(slug)) throw new Error(`"repository" is a slug: ${slugOf(slug)}.`);
    if (workspace.repositories.has(slug)) throw new Error(`${workspace.slug}/${slug} exists already.`);
    const project = optionalText(body, "project");
    if (project !== undefined && !workspace.projects.has(project)) throw new Error(`${workspace.slug} has no project "${project}".`);
    const made = newRepository({ slug, ...(project === undefined ? {} : { project }) }, workspace, clock.now());
    store.addRepository(made);
    return made;
  }
  const repository = repositoryIn(places, body);
  switch (change) {
    case "rename": {
      const name = text(body, "to");
      if (repository.workspace.repositories.has(slugOf(name)))
        throw new Error(`${repository.workspace.slug}/${slugOf(name)} exists already.`);
      store.rename(repository, name);
      break;
    }
    case "transfer": {
      const workspace = workspaceIn(state, text(body, "to"));
      if (workspace.repositories.has(repository.slug)) throw new Error(`${workspace.slug}/${repository.slug} exists already.`);
      store.transfer(repository, workspace);
      break;
    }
    case "delete":
      store.remove(repository);
      break;
    case "hide":
    case "show":
      repository.hidden = change === "hide";
      break;
  }
  return repository;
}

function workspaceIn(state: State, address: string): Workspace {
  const found = state.store.workspace(address);
  if (found === undefined)
    throw new Error(`There is no workspace "${address}". There are: ${state.store.workspaces.map((one) => one.slug).join(", ")}.`);
  return found;
}

function shownWorkspace(workspace: Workspace) {
  return {
    slug: workspace.slug,
    uuid: workspace.uuid,
    hooks: [...workspace.hooks.values()].map(shownHook),
    repositories: [...workspace.repositories.values()].map(shownRepository),
  };
}

function shownRepository(repository: Repository) {
  return {
    full_name: fullName(repository),
    uuid: repository.uuid,
    hidden: repository.hidden,
    branches: Object.fromEntries(repository.branches),
    pullRequests: [...repository.pullRequests.values()].map(({ id, state, source, target }) => ({ id, state, source, target })),
    hooks: [...repository.hooks.values()].map(shownHook),
  };
}

function shownHook({ secret, ...hook }: Hook) {
  return { ...hook, secret: secret === null ? null : fingerprint(secret) };
}
