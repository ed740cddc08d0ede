// Bitbucket integrations of an account: identity, the default, who sees what, deletion and what it does to users.
import { randomBytes } from "node:crypto";
import { inherited, may, reader, require } from "./access";
import { invalid, nameTaken, noAccess, notFound, Refusal, unauthorized } from "./errors";
import { slug } from "./identifiers";
import { canUse } from "./spaces";
import {
  type BitbucketProvider,
  type Integration,
  integrationKey,
  isBitbucket,
  type Scope,
  type VcsChecks,
  type VcsProvider,
} from "./state";

/** The part of webhook addresses that names the product; the two are spelt differently. */
export const WEBHOOK_PATHS: Readonly<Record<BitbucketProvider, string>> = {
  BITBUCKET_CLOUD: "bitbucket-cloud",
  BITBUCKET_DATACENTER: "bitbucket_datacenter",
};

/** What a mutation may set; undefined leaves it alone, null has a meaning of its own per field. */
export interface Settings {
  readonly space?: string | null | undefined;
  readonly labels?: readonly string[] | null | undefined;
  readonly description?: string | null | undefined;
  readonly vcsChecks?: VcsChecks | null | undefined;
  readonly useGitCheckout?: boolean | null | undefined;
}

export interface NewIntegration extends Settings {
  readonly name: string;
  readonly isDefault?: boolean | null | undefined;
}

export type Credential = Partial<Pick<Integration, "email" | "username" | "credential" | "apiHost" | "userFacingHost">>;

/** What a query answers: everything, only what a list shows, or nothing. */
export type Seen = { readonly integration: Integration; readonly details: boolean } | undefined;

/** An empty or missing id means the default integration, in every operation. */
export function findIntegration(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): Integration | undefined {
  if (id === null || id === undefined || id === "") {
    scope.mark("emptyId");
    return defaultIntegration(scope, provider);
  }
  return scope.account.integrations.get(integrationKey(provider, id));
}

export function defaultIntegration(scope: Pick<Scope, "account">, provider: BitbucketProvider): Integration | undefined {
  return [...scope.account.integrations.values()].find((one) => one.provider === provider && one.isDefault);
}

export function readIntegration(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): Seen {
  const integration = findIntegration(scope, provider, id);
  if (integration === undefined) return undefined;
  if (may(scope, "admin", integration.spaceId)) return { integration, details: true };
  const { hidden } = scope.switches;
  if (hidden === "unauthorized") throw unauthorized();
  return hidden === "null-fields" && isListed(scope, integration) ? { integration, details: false } : undefined;
}

export function listIntegrations(scope: Scope): Integration[] {
  const readable = reader(scope);
  return [...scope.account.integrations.values()].filter((one) => one.isDefault || readable(one.spaceId));
}

/** One integration as lists show it. */
export function listedIntegration(scope: Scope, provider: VcsProvider, id: string | null | undefined): Integration | undefined {
  if (!isBitbucket(provider)) return undefined;
  const integration = findIntegration(scope, provider, id);
  return integration !== undefined && isListed(scope, integration) ? integration : undefined;
}

function isListed(scope: Scope, integration: Integration): boolean {
  return integration.isDefault || may(scope, "reader", integration.spaceId);
}

export function attachableIn(scope: Scope, spaceId: string, provider: VcsProvider): Integration[] {
  require(scope, "reader", spaceId);
  const spaces = inherited(scope.account, spaceId);
  return [...scope.account.integrations.values()].filter(
    (one) => one.provider === provider && (one.isDefault || spaces.includes(one.spaceId)),
  );
}

export function createIntegration(scope: Scope, provider: BitbucketProvider, input: NewIntegration, credential: Credential): Integration {
  const { account, switches } = scope;
  const isDefault = input.isDefault ?? false;
  const spaceId = (input.space ?? "") === "" ? "root" : (input.space ?? "root");
  if (!account.spaces.has(spaceId)) throw invalid("integration", "space", `space "${spaceId}" could not be found`);
  requireManaging(scope, spaceId, isDefault);
  const id = slug(input.name);
  if (id === "") throw invalid("integration", "name", "must have a letter or a digit");
  if (isDefault && spaceId !== "root") throw new Refusal(`the default integration must be in the space "root" not in "${spaceId}"`);
  if (account.integrations.has(integrationKey(provider, id))) throw nameTaken("integration", id);
  if (isDefault && defaultIntegration(scope, provider) !== undefined) {
    throw invalid("integration", "isDefault", "the account has a default integration for this provider already");
  }
  const integration: Integration = {
    provider,
    id,
    name: input.name,
    isDefault,
    spaceId,
    description: input.description ?? "",
    labels: input.labels ?? [],
    vcsChecks: input.vcsChecks ?? "INDIVIDUAL",
    useGitCheckout: switches["use-git-checkout-field"] === "present" && (input.useGitCheckout ?? false),
    webhookSecret: newSecret(),
    email: null,
    username: null,
    credential: "",
    apiHost: null,
    userFacingHost: null,
    createdAt: Math.floor(scope.clock.now() / 1000),
    ...credential,
  };
  account.integrations.set(integrationKey(provider, id), integration);
  return integration;
}

/** Neither name nor default can be changed. Never asks Bitbucket whether the credential is good. */
export function updateIntegration(
  scope: Scope,
  provider: BitbucketProvider,
  id: string | null | undefined,
  input: Settings,
  credential: Credential,
): Integration {
  const integration = findIntegration(scope, provider, id);
  if (integration === undefined) throw notFound();
  requireManaging(scope, integration.spaceId, integration.isDefault);
  moveIntegration(scope, integration, input.space ?? "");
  const { switches } = scope;
  if (input.labels !== undefined && !(input.labels === null && switches["labels-null"] === "keeps"))
    integration.labels = input.labels ?? [];
  if (input.description !== undefined && !((input.description ?? "") === "" && switches["description-empty"] === "keeps")) {
    integration.description = input.description ?? "";
  }
  integration.vcsChecks = input.vcsChecks ?? integration.vcsChecks;
  integration.useGitCheckout = input.useGitCheckout ?? integration.useGitCheckout;
  Object.assign(integration, credential);
  return integration;
}

/** Refused when a stack or module that uses it would lose access. */
function moveIntegration(scope: Scope, integration: Integration, spaceId: string): void {
  if (spaceId === "" || spaceId === integration.spaceId) return;
  const { account } = scope;
  if (!account.spaces.has(spaceId)) throw invalid("integration", "space", `space "${spaceId}" could not be found`);
  if (integration.isDefault) throw new Refusal(`the default integration must be in the space "root" not in "${spaceId}"`);
  requireManaging(scope, spaceId, false);
  const before = integration.spaceId;
  integration.spaceId = spaceId;
  const lost = usersOf(scope, integration).find((user) => !canUse(account, user));
  if (lost !== undefined) {
    integration.spaceId = before;
    throw noAccess(lost.id, integration.id);
  }
}

/** Never refuses because of users: they are detached. */
export function deleteIntegration(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): Integration | undefined {
  const integration = findIntegration(scope, provider, id);
  if (integration === undefined) return undefined;
  requireManaging(scope, integration.spaceId, integration.isDefault);
  for (const user of usersOf(scope, integration)) user.vcsIntegrationId = null;
  scope.account.integrations.delete(integrationKey(provider, integration.id));
  return integration;
}

/** The old secret is dead at once; the address stays. */
export function regenerateSecret(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): Integration | undefined {
  const integration = findIntegration(scope, provider, id);
  if (integration === undefined) return undefined;
  requireManaging(scope, integration.spaceId, integration.isDefault);
  integration.webhookSecret = newSecret();
  return integration;
}

export function usersOf({ account }: Pick<Scope, "account">, integration: Integration) {
  return [...account.stacks.values(), ...account.modules.values()].filter(
    (user) => user.provider === integration.provider && user.vcsIntegrationId === integration.id,
  );
}

export function webhookAddress(scope: Pick<Scope, "account" | "switches" | "webhooksOrigin">, integration: Integration): string {
  const account = accountAddress(scope, integration.provider);
  return integration.isDefault && scope.switches["default-url"] === "account" ? account : `${account}/integration/${integration.id}`;
}

/** The address form from before there were several integrations per account. */
export function accountAddress(scope: Pick<Scope, "account" | "webhooksOrigin">, provider: BitbucketProvider): string {
  return `${scope.webhooksOrigin()}/${WEBHOOK_PATHS[provider]}/${scope.account.ulid}`;
}

function requireManaging(scope: Scope, spaceId: string, isDefault: boolean): void {
  require(scope, "admin", isDefault || scope.switches["space-admin"] === "root-only" ? "root" : spaceId);
}

export function newSecret(): string {
  return randomBytes(32).toString("hex");
}
