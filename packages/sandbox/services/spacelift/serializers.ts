// How the GraphQL API shows integrations, runs and the caller. consumer-serializers.ts does the same for stacks and modules.
import { hasLevel } from "./access";
import { buildWebhookUrl, type VisibleIntegration } from "./integrations";
import type { Integration, Run, Scope } from "./state";

/** An integration in a list. Every caller who sees the integration also sees the name of its Space. */
export function serializeListedIntegration(scope: Scope, integration: Integration) {
  const { id, name, provider, isDefault, description, labels } = integration;
  return { id, name, provider, isDefault, description, labels, space: scope.account.spaces.get(integration.spaceId) };
}

/** One integration. Without `details`, the fields that only admins can see are null. */
export function serializeIntegration(scope: Scope, visible: VisibleIntegration) {
  if (visible === undefined) return null;
  const { integration, details } = visible;
  const { id, name, isDefault, spaceId } = integration;
  const identity = { id, name, isDefault, space: scope.account.spaces.get(spaceId) };
  if (!details) return identity;
  const address = buildWebhookUrl(scope, integration);
  const { description, labels, username, email, webhookSecret, vcsChecks, useGitCheckout, apiHost, userFacingHost } = integration;
  const fields = { description, labels, username, email, webhookSecret, vcsChecks, useGitCheckout, apiHost, userFacingHost };
  // The two products spell the field differently; each type of the GraphQL schema has one of the two.
  return { ...identity, ...fields, webhookUrl: address, webhookURL: address };
}

/** The result of a mutation. Its caller is always an admin, so it has all details. */
export function serializeChangedIntegration(scope: Scope, integration: Integration | undefined) {
  return integration === undefined ? null : serializeIntegration(scope, { integration, details: true });
}

export function serializeRun(run: Run) {
  return { ...run, commit: { hash: run.commit } };
}

export function serializeViewer(scope: Scope) {
  return { id: scope.caller.id, name: scope.caller.name, admin: hasLevel(scope, "admin", "root") };
}
