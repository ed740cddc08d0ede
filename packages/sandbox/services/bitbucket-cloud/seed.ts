// The seed of the emulated Bitbucket Cloud: its shape, its JSON Schema, and the state it makes.
import type { Clock } from "../../core/clock";
import { deriveCommit } from "../../core/commits";
import type { Level } from "../../core/access-level";
import { listSchema } from "../../core/list-schema";
import { findDuplicates } from "../../core/seed-validation";
import { createSeedError, createSeedValidator } from "../../core/seed-validation";
import { type Credential, type CredentialType, impliedScopes } from "./credentials";
import { createWebhook } from "./webhooks";
import { type Webhook, randomBracedUuid, type Repository, slugOf, Store, deriveUuid, type Workspace } from "./store";

export interface BitbucketCloudSeed {
  readonly workspaces: readonly SeedWorkspace[];
  readonly credentials?: readonly SeedCredential[];
}

export interface SeedWorkspace {
  readonly slug: string;
  /** In braces; made from the slug unless given. */
  readonly uuid?: string;
  readonly name?: string;
  readonly projects?: readonly { readonly key: string; readonly name: string }[];
  readonly repositories?: readonly SeedRepository[];
  readonly hooks?: readonly SeedHook[];
}

export interface SeedRepository {
  readonly slug: string;
  readonly uuid?: string;
  readonly name?: string;
  /** Key of a project of the workspace. */
  readonly project?: string;
  /** Null for an empty repository; "main" unless given. */
  readonly mainBranch?: string | null;
  /** True unless given. */
  readonly private?: boolean;
  readonly hooks?: readonly SeedHook[];
}

export interface SeedHook {
  readonly url: string;
  readonly uuid?: string;
  readonly description?: string;
  readonly active?: boolean;
  readonly events: readonly string[];
  readonly secret?: string;
  readonly skipCertVerification?: boolean;
}

export interface SeedCredential {
  readonly kind: CredentialType;
  /** Of an API token. */
  readonly email?: string;
  /** Of an app password; key of an OAuth consumer. */
  readonly username?: string;
  readonly displayName?: string;
  /** The token, the password, or the consumer's secret. */
  readonly token: string;
  readonly scopes: readonly string[];
  /** From then on it is refused, by the sandbox's clock. */
  readonly expires?: string;
  /** By `workspace/repository`, or `workspace/*` for all of a workspace; admin on all makes an owner of the workspace. */
  readonly access: Readonly<Record<string, Level>>;
}

const text = { type: "string", minLength: 1 } as const;
const slug = { type: "string", pattern: "^[a-z0-9._-]+$", description: "Lower case letters, digits, `.`, `_` and `-`." } as const;
const uuid = {
  type: "string",
  pattern: "^\\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\}$",
  description: "A UUID in braces, in lower case. Made from the slug unless given.",
} as const;
const hooks = listSchema(
  {
    url: text,
    uuid,
    description: { type: "string" },
    active: { type: "boolean" },
    events: { type: "array", items: text, minItems: 1, uniqueItems: true },
    secret: { type: "string", minLength: 1, maxLength: 128 },
    skipCertVerification: { type: "boolean" },
  },
  ["url", "events"],
);

/** JSON Schema of `BitbucketCloudSeed`. */
export const BITBUCKET_CLOUD_SEED_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["workspaces"],
  properties: {
    workspaces: listSchema(
      {
        slug,
        uuid,
        name: text,
        projects: listSchema({ key: { type: "string", pattern: "^[A-Z][A-Z0-9_]*$" }, name: text }, ["key", "name"]),
        repositories: listSchema(
          {
            slug,
            uuid,
            name: text,
            project: { ...text, description: "Key of a project of the workspace." },
            mainBranch: { type: ["string", "null"], minLength: 1, description: '"main" unless given; null for an empty repository.' },
            private: { type: "boolean", description: "True unless given." },
            hooks,
          },
          ["slug"],
        ),
        hooks,
      },
      ["slug"],
    ),
    credentials: listSchema(
      {
        kind: { enum: ["access-token", "api-token", "app-password", "oauth-consumer"] },
        email: { ...text, description: "Of an API token." },
        username: { ...text, description: "Of an app password; key of an OAuth consumer." },
        displayName: text,
        token: { ...text, description: "The token, the password, or the consumer's secret." },
        scopes: { type: "array", items: text, uniqueItems: true, description: "Scopes of API tokens have another form than all others." },
        expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z$", description: "ISO 8601 in UTC." },
        access: {
          type: "object",
          propertyNames: { pattern: "^[a-z0-9._-]+/([a-z0-9._-]+|\\*)$" },
          additionalProperties: { enum: ["admin", "write", "read"] },
          description: "By workspace/repository, or workspace/* for all of a workspace.",
        },
      },
      ["kind", "token", "scopes", "access"],
    ),
  },
} as const;

const WHAT = "The seed of Bitbucket Cloud";
const checkSchema = createSeedValidator(BITBUCKET_CLOUD_SEED_SCHEMA);

/** @throws Error that names each mistake by its JSON path */
export function parseBitbucketCloudSeed(data: unknown): BitbucketCloudSeed {
  const mistakes = checkSchema(data);
  if (mistakes.length > 0) throw createSeedError(WHAT, mistakes);
  const seed = data as BitbucketCloudSeed;
  const more = findContradictions(seed);
  if (more.length > 0) throw createSeedError(WHAT, more);
  return seed;
}

/** A fresh store and its credentials. */
export function createInitialState(seed: BitbucketCloudSeed, clock: Clock): { store: Store; credentials: readonly Credential[] } {
  const store = new Store();
  const now = clock.now();
  for (const one of seed.workspaces) {
    const workspace = createWorkspace(one, now);
    store.addWorkspace(workspace);
    for (const repository of one.repositories ?? []) store.addRepository(createSeededRepository(repository, workspace, now));
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

/** A repository with one commit on its main branch. */
function createSeededRepository(seed: SeedRepository, workspace: Workspace, now: number): Repository {
  const name = `${workspace.slug}/${seed.slug}`;
  const mainBranch = seed.mainBranch === undefined ? "main" : seed.mainBranch;
  const date = new Date(now).toISOString().replace("Z", "000+00:00");
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
    respondWithPipelines: null,
    respondWithOverrides: { default_merge_strategy: true, branching_model: true },
    branches: new Map(mainBranch === null ? [] : [[mainBranch, deriveCommit(`${name}@${mainBranch}`)]]),
    pullRequests: new Map(),
  };
}

/** One that is made while the sandbox runs: under a name that another had before, it is another repository all the same. */
export function createRepository(seed: SeedRepository, workspace: Workspace, now: number): Repository {
  return createSeededRepository({ ...seed, uuid: randomBracedUuid() }, workspace, now);
}

function createWebhooks(seeds: readonly SeedHook[] | undefined, owner: string, now: number): Map<string, Webhook> {
  const made = (seeds ?? []).map((seed, index) => {
    const { url, description, active, events, secret, skipCertVerification } = seed;
    const input = { url, description, active, events, secret, skipCertVerification, historyEnabled: undefined };
    return createWebhook(input, now, seed.uuid ?? deriveUuid(`${owner} hook ${index}`));
  });
  return new Map(made.map((webhook) => [webhook.uuid, webhook]));
}

function createCredential(seed: SeedCredential, store: Store): Credential {
  const email = seed.email?.toLowerCase();
  const access = Object.entries(seed.access).map(([place, level]): [string, Level] => {
    const [workspace = "", repository = ""] = place.split("/");
    const found = repository === "*" ? store.workspace(workspace) : store.repository(workspace, repository);
    return [found?.uuid ?? place, level];
  });
  return {
    kind: seed.kind,
    email,
    username: seed.username,
    displayName: seed.displayName ?? seed.username ?? (email === undefined ? "Access token" : slugOf(email.split("@")[0] ?? "")),
    token: seed.token,
    scopes: seed.scopes,
    implied: impliedScopes(seed.kind, seed.scopes),
    expires: seed.expires === undefined ? undefined : Date.parse(seed.expires),
    access: new Map(access),
    // Two tokens of one person are one person; each access token is counted for itself.
    uuid: deriveUuid(`credential ${email ?? seed.username ?? seed.token}`),
  };
}

/** What a schema cannot say. */
function findContradictions(seed: BitbucketCloudSeed): readonly string[] {
  const mistakes: string[] = [];
  mistakes.push(
    ...findDuplicates(
      seed.workspaces.map((one) => one.slug),
      (index) => `$.workspaces[${index}].slug`,
      "a workspace's slug is unique",
    ),
  );
  const places = new Set<string>();
  seed.workspaces.forEach((workspace, at) => {
    const path = `$.workspaces[${at}]`;
    const keys = new Set((workspace.projects ?? []).map((project) => project.key));
    places.add(`${workspace.slug}/*`);
    (workspace.repositories ?? []).forEach((repository, index) => {
      const place = `${workspace.slug}/${repository.slug}`;
      if (places.has(place))
        mistakes.push(`${path}.repositories[${index}].slug is there twice: a repository's slug is unique in its workspace`);
      places.add(place);
      if (repository.project !== undefined && !keys.has(repository.project)) {
        mistakes.push(
          `${path}.repositories[${index}].project must be the key of a project of the workspace: ${[...keys].join(", ") || "it has none"}`,
        );
      }
    });
  });
  const credentials = seed.credentials ?? [];
  mistakes.push(
    ...findDuplicates(
      credentials.map((one) => (one.kind === "access-token" || one.kind === "api-token" ? one.token : undefined)),
      (index) => `$.credentials[${index}].token`,
      "a token is unique",
    ),
  );
  credentials.forEach(({ kind, email, username, access }, index) => {
    const path = `$.credentials[${index}]`;
    if (kind === "api-token" && email === undefined) mistakes.push(`${path} needs "email", with which its token is sent`);
    if (kind === "app-password" && username === undefined) mistakes.push(`${path} needs "username", with which its password is sent`);
    if (kind === "oauth-consumer" && username === undefined) mistakes.push(`${path} needs "username", the consumer's key`);
    for (const place of Object.keys(access)) {
      if (!places.has(place))
        mistakes.push(`${path}.access names "${place}", which is no workspace/* or workspace/repository of this seed`);
    }
  });
  return mistakes;
}
