// The rules of Bitbucket integrations: identity, the default integration, access, and what a deletion does to consumers.
import { randomBytes } from "node:crypto";
import { createReadCheck, hasLevel, listInheritedSpaces, requireLevel } from "./access";
import { invalid, nameTaken, noAccess, notFound, SpaceliftError, unauthorized } from "./errors";
import { toSlug } from "./identifiers";
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

/** The part of webhook addresses that names the product. The two products spell it differently. */
export const WEBHOOK_PATHS: Readonly<Record<BitbucketProvider, string>> = {
  BITBUCKET_CLOUD: "bitbucket-cloud",
  BITBUCKET_DATACENTER: "bitbucket_datacenter",
};

/** Undefined keeps the stored value; the meaning of null depends on the field. */
export interface IntegrationSettings {
  readonly space?: string | null | undefined;
  readonly labels?: readonly string[] | null | undefined;
  readonly description?: string | null | undefined;
  readonly vcsChecks?: VcsChecks | null | undefined;
  readonly useGitCheckout?: boolean | null | undefined;
}

export interface NewIntegration extends IntegrationSettings {
  readonly name: string;
  readonly isDefault?: boolean | null | undefined;
}

export type Credential = Partial<Pick<Integration, "email" | "username" | "credential" | "apiHost" | "userFacingHost">>;

/** What the caller can see of an integration: everything, only what a list shows, or nothing. */
export type VisibleIntegration = { readonly integration: Integration; readonly details: boolean } | undefined;

/** An empty or missing id means the default integration, in every operation. */
export function findIntegration(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): Integration | undefined {
  if (id === null || id === undefined || id === "") {
    scope.mark("emptyId");
    return findDefaultIntegration(scope, provider);
  }
  return scope.account.integrations.get(integrationKey(provider, id));
}

export function findDefaultIntegration(scope: Pick<Scope, "account">, provider: BitbucketProvider): Integration | undefined {
  return [...scope.account.integrations.values()].find((integration) => integration.provider === provider && integration.isDefault);
}

export function readIntegration(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): VisibleIntegration {
  const integration = findIntegration(scope, provider, id);
  if (integration === undefined) return undefined;
  if (hasLevel(scope, "admin", integration.spaceId)) return { integration, details: true };
  const { hidden } = scope.switches;
  if (hidden === "unauthorized") throw unauthorized();
  return hidden === "null-fields" && isListed(scope, integration) ? { integration, details: false } : undefined;
}

export function listIntegrations(scope: Scope): Integration[] {
  const readable = createReadCheck(scope);
  return [...scope.account.integrations.values()].filter(({ isDefault, spaceId }) => isDefault || readable(spaceId));
}

/** An integration that the caller can see in a list. */
export function findListedIntegration(scope: Scope, provider: VcsProvider, id: string | null | undefined): Integration | undefined {
  if (!isBitbucket(provider)) return undefined;
  const integration = findIntegration(scope, provider, id);
  return integration !== undefined && isListed(scope, integration) ? integration : undefined;
}

function isListed(scope: Scope, integration: Integration): boolean {
  return integration.isDefault || hasLevel(scope, "reader", integration.spaceId);
}

export function listAttachable(scope: Scope, spaceId: string, provider: VcsProvider): Integration[] {
  requireLevel(scope, "reader", spaceId);
  const spaces = listInheritedSpaces(scope.account, spaceId);
  return [...scope.account.integrations.values()].filter(
    (integration) => integration.provider === provider && (integration.isDefault || spaces.includes(integration.spaceId)),
  );
}

export function createIntegration(scope: Scope, provider: BitbucketProvider, input: NewIntegration, credential: Credential): Integration {
  const { account, switches } = scope;
  const isDefault = input.isDefault ?? false;
  const spaceId = input.space === null || input.space === undefined || input.space === "" ? "root" : input.space;
  const id = requireCreatable(scope, provider, { name: input.name, isDefault, spaceId });
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
    webhookSecret: createSecret(),
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

/** Returns the id of the new integration. */
function requireCreatable(
  scope: Scope,
  provider: BitbucketProvider,
  { name, isDefault, spaceId }: Pick<Integration, "name" | "isDefault" | "spaceId">,
): string {
  const { account } = scope;
  if (!account.spaces.has(spaceId)) throw invalid("integration", "space", `space "${spaceId}" could not be found`);
  requireAdmin(scope, spaceId, isDefault);
  const id = toSlug(name);
  if (id === "") throw invalid("integration", "name", "must contain a letter or a digit");
  if (isDefault && spaceId !== "root") throw new SpaceliftError(`the default integration must be in the space "root" not in "${spaceId}"`);
  if (account.integrations.has(integrationKey(provider, id))) throw nameTaken("integration", id);
  if (isDefault && findDefaultIntegration(scope, provider) !== undefined) {
    throw invalid("integration", "isDefault", "the account already has a default integration for this provider");
  }
  return id;
}

export interface IntegrationUpdate {
  readonly id: string | null | undefined;
  readonly settings: IntegrationSettings;
  readonly credential: Credential;
}

/** Cannot change `name` and `isDefault`. Never checks the credential with Bitbucket. */
export function updateIntegration(scope: Scope, provider: BitbucketProvider, update: IntegrationUpdate): Integration {
  const integration = findIntegration(scope, provider, update.id);
  if (integration === undefined) throw notFound();
  requireAdmin(scope, integration.spaceId, integration.isDefault);
  const { labels, description, vcsChecks, useGitCheckout, space } = update.settings;
  moveIntegration(scope, integration, space ?? "");
  const { switches } = scope;
  if (labels !== undefined && !(labels === null && switches["labels-null"] === "keeps")) integration.labels = labels ?? [];
  if (description !== undefined && !((description ?? "") === "" && switches["description-empty"] === "keeps")) {
    integration.description = description ?? "";
  }
  integration.vcsChecks = vcsChecks ?? integration.vcsChecks;
  integration.useGitCheckout = useGitCheckout ?? integration.useGitCheckout;
  Object.assign(integration, update.credential);
  return integration;
}

/** Fails if a stack or module that uses the integration would lose access. */
function moveIntegration(scope: Scope, integration: Integration, spaceId: string): void {
  if (spaceId === "" || spaceId === integration.spaceId) return;
  const { account } = scope;
  if (!account.spaces.has(spaceId)) throw invalid("integration", "space", `space "${spaceId}" could not be found`);
  if (integration.isDefault) throw new SpaceliftError(`the default integration must be in the space "root" not in "${spaceId}"`);
  requireAdmin(scope, spaceId, false);
  const before = integration.spaceId;
  integration.spaceId = spaceId;
  const excluded = findConsumers(scope, integration).find((consumer) => !canUse(account, consumer));
  if (excluded !== undefined) {
    integration.spaceId = before;
    throw noAccess(excluded.id, integration.id);
  }
}

/** Detaches the stacks and modules that use the integration, and never fails because of them. */
export function deleteIntegration(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): Integration | undefined {
  const integration = findIntegration(scope, provider, id);
  if (integration === undefined) return undefined;
  requireAdmin(scope, integration.spaceId, integration.isDefault);
  for (const consumer of findConsumers(scope, integration)) consumer.vcsIntegrationId = null;
  scope.account.integrations.delete(integrationKey(provider, integration.id));
  return integration;
}

/** The old secret becomes invalid immediately. The webhook address stays the same. */
export function regenerateSecret(scope: Scope, provider: BitbucketProvider, id: string | null | undefined): Integration | undefined {
  const integration = findIntegration(scope, provider, id);
  if (integration === undefined) return undefined;
  requireAdmin(scope, integration.spaceId, integration.isDefault);
  integration.webhookSecret = createSecret();
  return integration;
}

export function findConsumers({ account }: Pick<Scope, "account">, integration: Integration) {
  return [...account.stacks.values(), ...account.modules.values()].filter(
    (consumer) => consumer.provider === integration.provider && consumer.vcsIntegrationId === integration.id,
  );
}

export function buildWebhookUrl(scope: Pick<Scope, "account" | "switches" | "webhooksOrigin">, integration: Integration): string {
  const accountUrl = buildAccountUrl(scope, integration.provider);
  if (integration.isDefault && scope.switches["default-url"] === "account") return accountUrl;
  return `${accountUrl}/integration/${integration.id}`;
}

/** The webhook address from the time when an account could have only one integration. */
export function buildAccountUrl(scope: Pick<Scope, "account" | "webhooksOrigin">, provider: BitbucketProvider): string {
  return `${scope.webhooksOrigin()}/${WEBHOOK_PATHS[provider]}/${scope.account.ulid}`;
}

function requireAdmin(scope: Scope, spaceId: string, isDefault: boolean): void {
  requireLevel(scope, "admin", isDefault || scope.switches["space-admin"] === "root-only" ? "root" : spaceId);
}

export function createSecret(): string {
  return randomBytes(32).toString("hex");
}
