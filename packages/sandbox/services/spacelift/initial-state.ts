// Creates the accounts of an emulated Spacelift from its seed.
import type { Clock } from "../../core/clock";
import { deriveUlid, toSlug } from "./identifiers";
import { createSecret, findDefaultIntegration } from "./integrations";
import type { SeedAccount, SeedConsumer, SeedIntegration, SeedKey, SeedSpace, SpaceliftSeed } from "./seed";
import { canUse } from "./spaces";
import {
  type Account,
  type AgentPool,
  type Consumer,
  type Integration,
  integrationKey,
  isBitbucket,
  type Roles,
  type SeededToken,
  type Space,
} from "./state";

const ROOT: Space = { id: "root", name: "root", description: "", parentSpace: null, inheritEntities: false, labels: [] };

/** Returns new accounts by name. @throws Error for a stack or a module whose Space has no access to its integration */
export function createAccounts(seed: SpaceliftSeed, clock: Clock): Map<string, Account> {
  return new Map(seed.accounts.map((account) => [account.name, createAccount(account, clock)]));
}

function createAccount(seed: SeedAccount, clock: Clock): Account {
  const { spaces = [], integrations = [], stacks = [], modules = [] } = seed;
  const createdAt = Math.floor(clock.now() / 1000);
  const account: Account = {
    name: seed.name,
    ulid: seed.ulid ?? deriveUlid(seed.name),
    keys: new Map(seed.keys.map((key) => [key.id, { ...key, name: key.name ?? key.id, roles: rolesOf(key) }])),
    tokens: createTokens(seed),
    spaces: indexById([{ ...ROOT }, ...spaces.map(createSpace)]),
    integrations: new Map(),
    stacks: new Map(),
    modules: new Map(),
    agentPools: indexById(createAgentPools(seed)),
    runs: [],
    deliveries: [],
  };
  for (const item of integrations) {
    const integration = createIntegration(item, createdAt);
    account.integrations.set(integrationKey(integration.provider, integration.id), integration);
  }
  for (const stack of stacks) {
    account.stacks.set(stack.id, { ...createConsumer(account, stack, createdAt), managesStateFile: true });
  }
  for (const module of modules) {
    const terraformProvider = module.terraformProvider ?? "default";
    account.modules.set(module.id, { ...createConsumer(account, module, createdAt), terraformProvider, shares: [] });
  }
  return account;
}

function indexById<Item extends { readonly id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

function rolesOf({ admin, roles = {} }: SeedKey): Roles {
  return admin === true ? { ...roles, root: "admin" } : roles;
}

function createTokens({ tokens = [] }: SeedAccount): SeededToken[] {
  return tokens.map(({ id, token, roles, subject = "bitlift/01RUN" }, index) => ({
    id: id ?? `token-${index + 1}`,
    token,
    roles,
    subject,
  }));
}

function createSpace(space: SeedSpace): Space {
  const parentSpace = space.id === "root" ? null : (space.parentSpace ?? "root");
  return { description: "", inheritEntities: false, labels: [], ...space, parentSpace };
}

function createAgentPools({ name: account, agentPools = [] }: SeedAccount): AgentPool[] {
  return agentPools.map(({ id, name, description = null }) => ({ id: id ?? deriveUlid(`${account} ${name}`), name, description }));
}

function createIntegration({ space = "root", ...seed }: SeedIntegration, createdAt: number): Integration {
  return {
    isDefault: false,
    description: "",
    labels: [],
    vcsChecks: "INDIVIDUAL",
    useGitCheckout: false,
    webhookSecret: createSecret(),
    email: null,
    username: null,
    credential: "",
    apiHost: null,
    userFacingHost: null,
    ...seed,
    id: toSlug(seed.name),
    spaceId: space,
    createdAt,
  };
}

function createConsumer(account: Account, seed: SeedConsumer, createdAt: number): Consumer {
  const { id, name, provider, namespace, repository, branch = "main", space = "root", labels = [] } = seed;
  const vcsIntegrationId = resolveIntegrationId(account, seed);
  if (!canUse(account, { provider, vcsIntegrationId, space })) {
    throw new Error(`The Space "${space}" of "${id}" in the seed has no access to the integration "${seed.vcsIntegrationId ?? ""}".`);
  }
  return { id, name, provider, namespace, repository, branch, space, labels, vcsIntegrationId, createdAt, settings: {} };
}

/** Null leaves the stack or module detached. */
function resolveIntegrationId(account: Account, { provider, vcsIntegrationId }: SeedConsumer): string | null {
  if (!isBitbucket(provider)) return vcsIntegrationId ?? null;
  if (vcsIntegrationId === undefined) return findDefaultIntegration({ account }, provider)?.id ?? null;
  return account.integrations.has(integrationKey(provider, vcsIntegrationId)) ? vcsIntegrationId : null;
}
