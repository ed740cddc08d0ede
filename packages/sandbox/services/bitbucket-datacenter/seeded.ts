// The state that a seed makes: projects, repositories, webhooks, users and tokens.
import type { Clock } from "../../core/clock";
import { deriveCommit } from "../../core/commits";
import { type Account, Credentials, type TokenOwner } from "./credentials";
import { newHook } from "./hooks";
import type { BitbucketDatacenterSeed, SeedHook, SeedRepository, SeedToken, SeedUser } from "./seed";
import { fullName, type Hook, type Project, type Repository, Store, type User } from "./store";
import type { Switches } from "./switches";

export interface World {
  readonly clock: Clock;
  readonly switches: Readonly<Switches>;
  /** Of the server, with its context path. */
  base(): string;
}

/** A fresh store and its credentials. */
export function stateOf(seed: BitbucketDatacenterSeed, world: World): { store: Store; credentials: Credentials } {
  const store = new Store();
  const now = world.clock.now();
  for (const { key, name, description, public: isPublic, repositories, hooks } of seed.projects) {
    const project = newProject(store, { key, name, description, isPublic });
    store.addProject(project);
    addHooks(store, project.hooks, hooks, now);
    for (const repository of repositories ?? []) addRepository(store, project, repository, now);
  }
  // Access may name personal repositories of other users, so all are there before the first is looked up.
  const users = (seed.users ?? []).map((user, index) => ({ user, access: new Map<Project | Repository, SeedLevel>(), id: index + 1 }));
  const accounts = users.map(({ user, access, id }): Account => {
    const account = accountOf(user, id, access);
    const project = newProject(store, { key: `~${user.name}`, name: account.displayName, owner: account });
    store.addProject(project);
    for (const repository of user.repositories ?? []) addRepository(store, project, repository, now);
    return account;
  });
  for (const { user, access } of users) {
    for (const [place, level] of Object.entries(user.access ?? {})) {
      const found = objectAt(store, place);
      if (found !== undefined) access.set(found, level);
    }
  }
  const credentials = new Credentials(accounts, store, () => world.base(), world.clock, world.switches);
  for (const token of seed.tokens ?? []) {
    const owner = ownerOf(token, store, credentials);
    const expires = token.expires === undefined ? undefined : Date.parse(token.expires);
    if (owner !== undefined) {
      const { name = "Token of the seed", permissions, token: text } = token;
      credentials.issue({ name, owner, permissions, createdDate: now, expires, token: text });
    }
  }
  return { store, credentials };
}

type SeedLevel = NonNullable<SeedUser["access"]>[string];

export function newProject(
  store: Store,
  { key, name = key, description = "", isPublic = false, owner }: Partial<Project> & Pick<Project, "key"> & { readonly owner?: User },
): Project {
  return { id: store.nextId("project"), key, name, description, isPublic, owner, repositories: new Map(), hooks: new Map() };
}

/** A repository with one commit on its default branch, or with none. */
export function newRepository(store: Store, project: Project, seed: SeedRepository): Repository {
  const { slug, name = slug, description = "", defaultBranch = "main", public: isPublic = false, archived = false } = seed;
  const repository: Repository = {
    id: store.nextId("repository"),
    slug,
    name,
    project,
    description,
    isPublic,
    archived,
    forkable: true,
    hidden: false,
    lfs: false,
    hooks: new Map(),
    defaultBranch,
    branches: new Map(),
    pullRequests: new Map(),
  };
  if (defaultBranch !== null) repository.branches.set(defaultBranch, deriveCommit(`${fullName(repository)}@${defaultBranch}`));
  return repository;
}

function addRepository(store: Store, project: Project, seed: SeedRepository, now: number): void {
  const repository = newRepository(store, project, seed);
  store.addRepository(repository);
  addHooks(store, repository.hooks, seed.hooks, now);
}

function addHooks(store: Store, hooks: Map<number, Hook>, seeds: readonly SeedHook[] | undefined, now: number): void {
  for (const { secret, configuration = {}, ...seed } of seeds ?? []) {
    const input = { ...seed, configuration: secret === undefined ? configuration : { ...configuration, secret } };
    const hook = newHook(input, store.nextId("hook"), now);
    hooks.set(hook.id, hook);
  }
}

function accountOf(seed: SeedUser, id: number, access: Account["access"]): Account {
  const { name, displayName = name, emailAddress = `${name}@sandbox.invalid`, password, licensed = true, global } = seed;
  return { id, name, displayName, emailAddress, password, licensed, global, access };
}

function objectAt(store: Store, place: string): Project | Repository | undefined {
  const [key = "", slug] = place.split("/");
  return slug === undefined ? store.project(key) : store.repository(key, slug);
}

function ownerOf({ user, project = "", repository }: SeedToken, store: Store, credentials: Credentials): TokenOwner | undefined {
  if (user !== undefined) {
    const found = credentials.account(user);
    return found === undefined ? undefined : { type: "user", user: found };
  }
  const [key = project, slug] = repository?.split("/") ?? [];
  if (slug === undefined) {
    const found = store.project(key);
    return found === undefined ? undefined : { type: "project", project: found };
  }
  const found = store.repository(key, slug);
  return found === undefined ? undefined : { type: "repository", repository: found };
}
