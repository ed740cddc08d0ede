// Creates the objects and credentials that a seed describes.
import type { Level } from "../../core/access-level";
import { ByCommit } from "../../core/by-commit";
import type { Clock } from "../../core/clock";
import { deriveCommit } from "../../core/commits";
import { toSlug } from "../../core/slug";
import { type Credential, expandScopes } from "./credentials";
import type { BitbucketCloudSeed, SeedCredential, SeedHook, SeedRepository, SeedWorkspace } from "./seed";
import { formatTimestamp } from "./serializers";
import { deriveUuid, randomBracedUuid, type Repository, Store, type Webhook, type Workspace } from "./store";
import { createWebhook } from "./webhooks";

export function createInitialState(seed: BitbucketCloudSeed, clock: Clock): { store: Store; credentials: readonly Credential[] } {
  const store = new Store();
  const now = clock.now();
  for (const seedWorkspace of seed.workspaces) {
    const workspace = createWorkspace(seedWorkspace, now);
    store.addWorkspace(workspace);
    for (const repository of seedWorkspace.repositories ?? []) store.addRepository(createSeededRepository(repository, workspace, now));
  }
  return { store, credentials: (seed.credentials ?? []).map((credential) => createCredential(credential, store)) };
}

function createWorkspace(seed: SeedWorkspace, now: number): Workspace {
  return {
    uuid: seed.uuid ?? deriveUuid(seed.slug),
    slug: seed.slug,
    name: seed.name ?? seed.slug,
    projects: new Map((seed.projects ?? []).map(({ key, name }) => [key, { uuid: deriveUuid(`${seed.slug} project ${key}`), key, name }])),
    repositories: new Map(),
    webhooks: createWebhooks(seed.hooks, seed.slug, now),
  };
}

/** With one commit on its main branch. */
function createSeededRepository(seed: SeedRepository, workspace: Workspace, now: number): Repository {
  const name = `${workspace.slug}/${seed.slug}`;
  const mainBranch = seed.mainBranch === undefined ? "main" : seed.mainBranch;
  const head = deriveCommit(`${name}@${mainBranch ?? ""}`);
  const date = formatTimestamp(now);
  return {
    uuid: seed.uuid ?? deriveUuid(name),
    slug: seed.slug,
    name: seed.name ?? seed.slug,
    workspace,
    formerWorkspaces: new Set(),
    description: "",
    project: seed.project === undefined ? undefined : workspace.projects.get(seed.project),
    mainBranch,
    isPrivate: seed.private ?? true,
    hidden: false,
    createdOn: date,
    updatedOn: date,
    webhooks: createWebhooks(seed.hooks, name, now),
    pipelines: null,
    overrides: { default_merge_strategy: true, branching_model: true },
    branches: new Map(mainBranch === null ? [] : [[mainBranch, head]]),
    commits: new Set(mainBranch === null ? [] : [head]),
    pullRequests: new Map(),
    lastCommentId: 0,
    statuses: new ByCommit(),
    reports: new ByCommit(),
  };
}

/** A repository created while the sandbox runs has a new UUID, even if an earlier repository had the same name. */
export function createRepository(seed: SeedRepository, workspace: Workspace, now: number): Repository {
  return createSeededRepository({ ...seed, uuid: randomBracedUuid() }, workspace, now);
}

function createWebhooks(seeds: readonly SeedHook[] | undefined, owner: string, now: number): Map<string, Webhook> {
  const webhooks = (seeds ?? []).map((seed, index) => {
    const { url, description, active, events, secret, skipCertVerification } = seed;
    const input = { url, description, active, events, secret, skipCertVerification, historyEnabled: undefined };
    return createWebhook(input, now, seed.uuid ?? deriveUuid(`${owner} hook ${index}`));
  });
  return new Map(webhooks.map((webhook) => [webhook.uuid, webhook]));
}

function createCredential(seed: SeedCredential, store: Store): Credential {
  const email = seed.email?.toLowerCase();
  const access = Object.entries(seed.access).map(([address, level]): [string, Level] => {
    const [workspace = "", repository = ""] = address.split("/");
    const target = repository === "*" ? store.workspace(workspace) : store.repository(workspace, repository);
    return [target?.uuid ?? address, level];
  });
  return {
    kind: seed.kind,
    email,
    username: seed.username,
    displayName: seed.displayName ?? seed.username ?? (email === undefined ? "Access token" : toSlug(email.split("@")[0] ?? "")),
    token: seed.token,
    scopes: seed.scopes,
    implied: expandScopes(seed.kind, seed.scopes),
    expires: seed.expires === undefined ? undefined : Date.parse(seed.expires),
    access: new Map(access),
    // All tokens of one person share a UUID; each access token has its own, so that it is counted separately.
    uuid: deriveUuid(`credential ${email ?? seed.username ?? seed.token}`),
  };
}
