// What only Bitbucket's control path has: pushes, pull requests, deliveries, and what happens to repositories.
import type { Route, SandboxAnswer, SandboxRequest } from "../listen";
import { fingerprint } from "../request-log";
import type { Deliveries } from "./deliveries";
import type { State } from "./operation";
import { Activity, type PullRequestOrder } from "./pull-requests";
import { newRepository } from "./seed";
import { fullName, type Hook, type Repository, slugOf, type Workspace } from "./store";

const ACTIONS = ["created", "updated", "approved", "unapproved", "merged", "comment", "declined"] as const;
const CHANGES = ["rename", "transfer", "delete", "hide", "show", "create"] as const;

type Fields = Readonly<Record<string, unknown>>;

export function bitbucketControl(state: State, deliveries: Deliveries): readonly Route[] {
  const activity = new Activity(state, deliveries);
  return [
    control("POST", "push", async (request) => {
      const body = fieldsOf(request, ["workspace", "repository", "branch", "commit", "message"]);
      const order = { branch: text(body, "branch"), commit: commit(body), message: optionalText(body, "message") };
      return activity.push(repositoryIn(state, body), order);
    }),
    control("POST", "pull-request", async (request) => {
      const body = fieldsOf(request, ["workspace", "repository", "id", "action", "source", "target", "title", "commit", "message"]);
      const order: PullRequestOrder = {
        action: oneOf(body, "action", ACTIONS),
        id: wholeNumber(body, "id"),
        source: optionalText(body, "source"),
        target: optionalText(body, "target"),
        title: optionalText(body, "title"),
        commit: commit(body),
        message: optionalText(body, "message"),
      };
      return activity.pullRequest(repositoryIn(state, body), order);
    }),
    control("GET", "deliveries", () => deliveries.list()),
    control("DELETE", "deliveries", () => {
      deliveries.clear();
      return {};
    }),
    control("POST", "repository", (request) => {
      const body = fieldsOf(request, ["workspace", "repository", "change", "to", "project"]);
      return shownRepository(changeRepository(state, body));
    }),
    control("GET", "state", () => ({ workspaces: state.store.workspaces.map(shownWorkspace) })),
  ];
}

function control(method: string, name: string, handle: (request: SandboxRequest) => unknown): Route {
  return {
    method,
    pattern: `/_sandbox/${name}`,
    operation: `/_sandbox/${name}`,
    handle: async (request): Promise<SandboxAnswer> => ({ status: 200, body: await handle(request) }),
  };
}

function changeRepository(state: State, body: Fields): Repository {
  const { store, clock } = state;
  const change = oneOf(body, "change", CHANGES);
  if (change === "create") {
    const slug = text(body, "repository");
    const workspace = workspaceIn(state, text(body, "workspace"));
    if (slug !== slugOf(slug)) throw new Error(`"repository" is a slug: ${slugOf(slug)}.`);
    if (workspace.repositories.has(slug)) throw new Error(`${workspace.slug}/${slug} exists already.`);
    const project = optionalText(body, "project");
    if (project !== undefined && !workspace.projects.has(project)) throw new Error(`${workspace.slug} has no project "${project}".`);
    const made = newRepository({ slug, ...(project === undefined ? {} : { project }) }, workspace, clock.now());
    store.addRepository(made);
    return made;
  }
  const repository = repositoryIn(state, body);
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

function repositoryIn(state: State, body: Fields): Repository {
  const [workspace, slug] = [text(body, "workspace"), text(body, "repository")];
  const found = state.store.repository(workspace, slug);
  if (found !== undefined) return found;
  const known = [...(state.store.workspace(workspace)?.repositories.keys() ?? [])];
  throw new Error(
    known.length === 0
      ? `There is no workspace "${workspace}" with repositories. There are: ${state.store.workspaces.map((one) => one.slug).join(", ")}.`
      : `${workspace} has no repository "${slug}". It has: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}.`,
  );
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

/** Refuses unknown fields, so that a misspelt one is not silently left out. */
function fieldsOf(request: SandboxRequest, known: readonly string[]): Fields {
  const body = request.json();
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new Error("Send a JSON object.");
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no field "${unknown}". The fields are: ${known.join(", ")}.`);
  return body as Fields;
}

function text(body: Fields, name: string): string {
  const value = optionalText(body, name);
  if (value === undefined) throw new Error(`Send "${name}", a text.`);
  return value;
}

function optionalText(body: Fields, name: string): string | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string" || value === "") throw new Error(`"${name}" is a text that is not empty.`);
  return value;
}

function wholeNumber(body: Fields, name: string): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!Number.isInteger(value)) throw new Error(`"${name}" is a whole number.`);
  return value as number;
}

function commit(body: Fields): string | undefined {
  const value = optionalText(body, "commit");
  if (value !== undefined && !/^[0-9a-f]{40}$/.test(value)) throw new Error('"commit" has 40 hex digits, in lower case.');
  return value;
}

function oneOf<Word extends string>(body: Fields, name: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === body[name]);
  if (found === undefined) throw new Error(`"${name}" is one of: ${words.join(", ")}.`);
  return found;
}
