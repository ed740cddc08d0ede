// The state that a seed of the emulated Spacelift makes: accounts with everything that is in them.
import type { Clock } from "../../core/clock";
import { slug, ulidOf } from "./identifiers";
import { defaultIntegration, newSecret } from "./integrations";
import type { SeedAccount, SeedKey, SeedSourced, SpaceliftSeed } from "./seed";
import { canUse } from "./spaces";
import { type Account, type AgentPool, integrationKey, isBitbucket, type Module, type Roles, type Sourced, type Stack } from "./state";

/** Fresh accounts by name. @throws Error for a stack or a module whose Space cannot use its integration */
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
      spaceId: space ?? "root",
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
  const { space = "root" } = seed;
  const exists = isBitbucket(provider) ? account.integrations.has(integrationKey(provider, wanted ?? "")) : wanted !== undefined;
  const fallback = isBitbucket(provider) && wanted === undefined ? (defaultIntegration({ account }, provider)?.id ?? null) : null;
  const vcsIntegrationId = exists ? (wanted ?? null) : fallback;
  if (!canUse(account, { provider, vcsIntegrationId, space })) {
    throw new Error(`The seed gives "${id}" in Space "${space}" the integration "${wanted ?? ""}", which that Space cannot use.`);
  }
  const branch = seed.branch ?? "main";
  return { id, name, provider, namespace, repository, branch, space, labels: seed.labels ?? [], vcsIntegrationId, createdAt, settings: {} };
}
