// The seed of the emulated Spacelift: its shape, its JSON Schema, and the state it makes.
import Ajv, { type ValidateFunction } from "ajv";
import type { Clock } from "../clock";
import { ulidOf } from "./identifiers";
import { defaultIntegration, newSecret } from "./integrations";
import { slug } from "./identifiers";
import { canUse } from "./spaces";
import {
  type Account,
  type AgentPool,
  type BitbucketProvider,
  integrationKey,
  isBitbucket,
  type Module,
  type Roles,
  type Sourced,
  type Stack,
  type VcsChecks,
  type VcsProvider,
} from "./state";

export interface SpaceliftSeed {
  readonly accounts: readonly SeedAccount[];
}

export interface SeedAccount {
  /** The path prefix: `http://127.0.0.1:P/<name>/graphql`. */
  readonly name: string;
  /** Part of webhook addresses; made from the name unless given. */
  readonly ulid?: string;
  readonly keys: readonly SeedKey[];
  /** Tokens as runs have them; the sandbox issues them, unless one is given word for word. */
  readonly tokens?: readonly { readonly id?: string; readonly token?: string; readonly roles: Roles; readonly subject?: string }[];
  /** `root` exists always. */
  readonly spaces?: readonly SeedSpace[];
  readonly integrations?: readonly SeedIntegration[];
  readonly stacks?: readonly SeedSourced[];
  readonly modules?: readonly (SeedSourced & { readonly terraformProvider?: string })[];
  /** VCS agent pools, the targets of `private://<name>`. */
  readonly agentPools?: readonly { readonly id?: string; readonly name: string; readonly description?: string }[];
}

export interface SeedKey {
  readonly id: string;
  readonly name?: string;
  readonly secret: string;
  /** Admin on `root`. */
  readonly admin?: boolean;
  readonly roles?: Roles;
}

export interface SeedSpace {
  readonly id: string;
  readonly name: string;
  readonly parentSpace?: string;
  readonly inheritEntities?: boolean;
  readonly description?: string;
  readonly labels?: readonly string[];
}

export interface SeedIntegration {
  readonly provider: BitbucketProvider;
  readonly name: string;
  readonly isDefault?: boolean;
  readonly space?: string;
  readonly email?: string;
  readonly username?: string;
  /** API token, app password or access token. */
  readonly credential?: string;
  readonly webhookSecret?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly vcsChecks?: VcsChecks;
  readonly useGitCheckout?: boolean;
  readonly apiHost?: string;
  readonly userFacingHost?: string;
}

export interface SeedSourced {
  readonly id: string;
  readonly name: string;
  readonly space?: string;
  readonly provider: VcsProvider;
  readonly namespace: string;
  readonly repository: string;
  readonly branch?: string;
  readonly labels?: readonly string[];
  /** Without it the default integration, if there is one. An integration that does not exist leaves it detached. */
  readonly vcsIntegrationId?: string;
}

const text = { type: "string", minLength: 1 } as const;
const labels = { type: "array", items: { type: "string" } } as const;
const roles = { type: "object", additionalProperties: { enum: ["admin", "writer", "reader"] } } as const;
const bitbucket = ["BITBUCKET_CLOUD", "BITBUCKET_DATACENTER"] as const;
const providers = ["AZURE_DEVOPS", ...bitbucket, "GIT", "GITHUB", "GITHUB_ENTERPRISE", "GITLAB", "SHOWCASE", "SPACELIFT"] as const;

const sourced = {
  id: text,
  name: text,
  space: text,
  provider: { enum: providers },
  namespace: text,
  repository: text,
  branch: text,
  labels,
  vcsIntegrationId: {
    ...text,
    description: "Without it the default integration, if there is one. One that does not exist leaves it detached.",
  },
} as const;

function list(properties: Record<string, unknown>, required: readonly string[]) {
  return { type: "array", items: { type: "object", properties, required, additionalProperties: false } };
}

/** JSON Schema of `SpaceliftSeed`. */
export const SPACELIFT_SEED_SCHEMA = {
  type: "object",
  additionalProperties: false,
  required: ["accounts"],
  properties: {
    accounts: list(
      {
        name: { type: "string", pattern: "^[a-z0-9][a-z0-9-]*$", description: "Path prefix of the account." },
        ulid: { type: "string", pattern: "^[0-9A-HJKMNP-TV-Z]{26}$", description: "Part of webhook addresses." },
        keys: list({ id: text, name: text, secret: text, admin: { type: "boolean" }, roles }, ["id", "secret"]),
        tokens: list({ id: text, token: text, roles, subject: text }, ["roles"]),
        spaces: list(
          { id: text, name: text, parentSpace: text, inheritEntities: { type: "boolean" }, description: { type: "string" }, labels },
          ["id", "name"],
        ),
        integrations: list(
          {
            provider: { enum: bitbucket },
            name: text,
            isDefault: { type: "boolean" },
            space: text,
            email: text,
            username: text,
            credential: text,
            webhookSecret: text,
            labels,
            description: { type: "string" },
            vcsChecks: { enum: ["INDIVIDUAL", "AGGREGATED", "ALL"] },
            useGitCheckout: { type: "boolean" },
            apiHost: text,
            userFacingHost: text,
          },
          ["provider", "name"],
        ),
        stacks: list(sourced, ["id", "name", "provider", "namespace", "repository"]),
        modules: list({ ...sourced, terraformProvider: text }, ["id", "name", "provider", "namespace", "repository"]),
        agentPools: list({ id: text, name: { ...text, description: "The target of private://<name>." }, description: { type: "string" } }, [
          "name",
        ]),
      },
      ["name", "keys"],
    ),
  },
} as const;

let validate: ValidateFunction<SpaceliftSeed> | undefined;

/** @throws Error that names the place of the mistake */
export function parseSeed(data: unknown): SpaceliftSeed {
  validate ??= new Ajv({ allowUnionTypes: true }).compile<SpaceliftSeed>(SPACELIFT_SEED_SCHEMA);
  if (validate(data)) return data;
  const [first] = validate.errors ?? [];
  throw new Error(`The seed of Spacelift is wrong at "${first?.instancePath ?? ""}": ${first?.message ?? ""}`);
}

/** Fresh accounts by name. @throws Error for a seed that contradicts itself */
export function accountsOf(seed: SpaceliftSeed, clock: Clock): Map<string, Account> {
  return new Map(seed.accounts.map((account) => [account.name, accountOf(account, clock)]));
}

function accountOf(seed: SeedAccount, clock: Clock): Account {
  const account: Account = {
    name: seed.name,
    ulid: seed.ulid ?? ulidOf(seed.name),
    keys: new Map(seed.keys.map((key) => [key.id, { ...key, name: key.name ?? key.id, roles: rolesOf(key) }])),
    tokens: (seed.tokens ?? []).map(({ id, token, roles: given, subject }, index) => ({
      id: id ?? `token-${index + 1}`,
      token,
      roles: given,
      subject: subject ?? "bitlift/01RUN",
    })),
    spaces: new Map([["root", { id: "root", name: "root", description: "", parentSpace: null, inheritEntities: false, labels: [] }]]),
    integrations: new Map(),
    stacks: new Map(),
    modules: new Map(),
    agentPools: new Map(poolsOf(seed).map((pool) => [pool.id, pool])),
    runs: [],
    deliveries: [],
  };
  const createdAt = Math.floor(clock.now() / 1000);
  for (const space of seed.spaces ?? []) {
    const parentSpace = space.id === "root" ? null : (space.parentSpace ?? "root");
    account.spaces.set(space.id, { description: "", inheritEntities: false, labels: [], ...space, parentSpace });
  }
  for (const { id, parentSpace } of account.spaces.values()) {
    if (parentSpace !== null) knownSpace(account, parentSpace, `Space "${id}"`);
  }
  for (const { space, ...integration } of seed.integrations ?? []) {
    const id = slug(integration.name);
    account.integrations.set(integrationKey(integration.provider, id), {
      isDefault: false,
      description: "",
      labels: [],
      vcsChecks: "INDIVIDUAL",
      useGitCheckout: false,
      webhookSecret: newSecret(),
      email: null,
      username: null,
      credential: "",
      apiHost: null,
      userFacingHost: null,
      ...integration,
      id,
      spaceId: knownSpace(account, space ?? "root", `integration "${integration.name}"`),
      createdAt,
    });
  }
  for (const stack of seed.stacks ?? []) {
    const made: Stack = { ...sourcedOf(account, stack, createdAt), managesStateFile: true };
    account.stacks.set(made.id, made);
  }
  for (const module of seed.modules ?? []) {
    const made: Module = { ...sourcedOf(account, module, createdAt), terraformProvider: module.terraformProvider ?? "default", shares: [] };
    account.modules.set(made.id, made);
  }
  return account;
}

function poolsOf({ name: account, agentPools = [] }: SeedAccount): AgentPool[] {
  const twice = agentPools.find((pool, index) => agentPools.findIndex(({ name }) => name === pool.name) < index);
  if (twice !== undefined) throw new Error(`The seed has the VCS agent pool "${twice.name}" twice in account "${account}".`);
  return agentPools.map(({ id, name, description }) => ({
    id: id ?? ulidOf(`${account} ${name}`),
    name,
    description: description ?? null,
  }));
}

function rolesOf(key: SeedKey): Roles {
  return key.admin === true ? { ...key.roles, root: "admin" } : (key.roles ?? {});
}

function sourcedOf(account: Account, seed: SeedSourced, createdAt: number): Sourced {
  const { id, name, provider, namespace, repository, vcsIntegrationId: wanted } = seed;
  const space = knownSpace(account, seed.space ?? "root", `"${id}"`);
  const exists = isBitbucket(provider) ? account.integrations.has(integrationKey(provider, wanted ?? "")) : wanted !== undefined;
  const fallback = isBitbucket(provider) && wanted === undefined ? (defaultIntegration({ account }, provider)?.id ?? null) : null;
  const vcsIntegrationId = exists ? (wanted ?? null) : fallback;
  if (!canUse(account, { provider, vcsIntegrationId, space })) {
    throw new Error(`The seed gives "${id}" in Space "${space}" the integration "${wanted ?? ""}", which that Space cannot use.`);
  }
  const branch = seed.branch ?? "main";
  return { id, name, provider, namespace, repository, branch, space, labels: seed.labels ?? [], vcsIntegrationId, createdAt, settings: {} };
}

function knownSpace(account: Account, id: string, what: string): string {
  if (!account.spaces.has(id)) throw new Error(`The seed puts ${what} into Space "${id}", which it does not have.`);
  return id;
}
