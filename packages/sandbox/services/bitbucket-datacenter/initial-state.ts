// Creates the objects, users and tokens that a seed describes.
import { ByCommit } from "../../core/by-commit";
import type { Clock } from "../../core/clock";
import { deriveCommit } from "../../core/commits";
import { type Account, Credentials, type TokenOwner } from "./credentials";
import type { BitbucketDatacenterSeed, SeedHook, SeedRepository, SeedToken, SeedUser } from "./seed";
import { fullName, type Project, type Repository, Store, type User, type Webhook } from "./store";
import type { Switches } from "./switches";
import { createWebhook } from "./webhooks";

export interface InitialStateOptions {
  readonly clock: Clock;
  readonly switches: Readonly<Switches>;
  /** Origin and context path of the server. */
  base(): string;
}

export function createInitialState(
  seed: BitbucketDatacenterSeed,
  options: InitialStateOptions,
): { store: Store; credentials: Credentials } {
  const { clock, switches } = options;
  const store = new Store();
  const now = clock.now();
  for (const { key, name, description, public: isPublic, repositories = [], hooks } of seed.projects) {
    const project = createProject(store, { key, name, description, isPublic });
    store.addProject(project);
    addWebhooks(store, project.webhooks, hooks, now);
    for (const repository of repositories) addRepository(store, project, repository, now);
  }
  const accounts = createAccounts(seed.users ?? [], store, now);
  const credentials = new Credentials(accounts, { store, base: () => options.base(), clock, switches });
  for (const token of seed.tokens ?? []) issueToken(token, store, credentials, now);
  return { store, credentials };
}

/** Also creates the personal projects. */
function createAccounts(users: readonly SeedUser[], store: Store, now: number): readonly Account[] {
  const accesses = users.map(() => new Map<Project | Repository, SeedLevel>());
  const accounts = users.map((user, index) => {
    const account = createAccount(user, index + 1, accesses[index] ?? new Map<never, never>());
    const project = createProject(store, { key: `~${user.name}`, name: account.displayName, owner: account });
    store.addProject(project);
    for (const repository of user.repositories ?? []) addRepository(store, project, repository, now);
    return account;
  });
  // Access can name personal repositories of other users, so all repositories must exist before the first one is looked up.
  users.forEach(({ access = {} }, index) => {
    for (const [address, level] of Object.entries(access)) {
      const target = findProjectOrRepository(store, address);
      if (target !== undefined) accesses[index]?.set(target, level);
    }
  });
  return accounts;
}

function issueToken(seed: SeedToken, store: Store, credentials: Credentials, now: number): void {
  const owner = findTokenOwner(seed, store, credentials);
  if (owner === undefined) return;
  const { name = "Token of the seed", permissions, token } = seed;
  const expires = seed.expires === undefined ? undefined : Date.parse(seed.expires);
  credentials.issueToken({ name, owner, permissions, createdDate: now, expires, token });
}

type SeedLevel = NonNullable<SeedUser["access"]>[string];

export function createProject(
  store: Store,
  { key, name = key, description = "", isPublic = false, owner }: Partial<Project> & Pick<Project, "key"> & { readonly owner?: User },
): Project {
  return { id: store.nextId("project"), key, name, description, isPublic, owner, repositories: new Map(), webhooks: new Map() };
}

/** With one commit on its default branch, or empty if it has none. */
export function createRepository(store: Store, project: Project, seed: SeedRepository): Repository {
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
    webhooks: new Map(),
    defaultBranch,
    branches: new Map(),
    commits: new Set(),
    pullRequests: new Map(),
    lastCommentId: 0,
    statuses: new ByCommit(),
    reports: new ByCommit(),
  };
  if (defaultBranch !== null) {
    const head = deriveCommit(`${fullName(repository)}@${defaultBranch}`);
    repository.branches.set(defaultBranch, head);
    repository.commits.add(head);
  }
  return repository;
}

function addRepository(store: Store, project: Project, seed: SeedRepository, now: number): void {
  const repository = createRepository(store, project, seed);
  store.addRepository(repository);
  addWebhooks(store, repository.webhooks, seed.hooks, now);
}

function addWebhooks(store: Store, webhooks: Map<number, Webhook>, seeds: readonly SeedHook[] | undefined, now: number): void {
  for (const { secret, configuration = {}, ...seed } of seeds ?? []) {
    const input = { ...seed, configuration: secret === undefined ? configuration : { ...configuration, secret } };
    const webhook = createWebhook(input, store.nextId("webhook"), now);
    webhooks.set(webhook.id, webhook);
  }
}

function createAccount(seed: SeedUser, id: number, access: Account["access"]): Account {
  const { name, displayName = name, emailAddress = `${name}@sandbox.invalid`, password, licensed = true, global } = seed;
  return { id, name, displayName, emailAddress, password, licensed, global, access };
}

function findProjectOrRepository(store: Store, address: string): Project | Repository | undefined {
  const [key = "", slug] = address.split("/");
  return slug === undefined ? store.project(key) : store.repository(key, slug);
}

function findTokenOwner({ user, project, repository }: SeedToken, store: Store, credentials: Credentials): TokenOwner | undefined {
  if (user !== undefined) {
    const account = credentials.findAccount(user);
    return account && { type: "user", user: account };
  }
  if (repository !== undefined) {
    const [key = "", slug = ""] = repository.split("/");
    const target = store.repository(key, slug);
    return target && { type: "repository", repository: target };
  }
  const target = store.project(project ?? "");
  return target && { type: "project", project: target };
}
