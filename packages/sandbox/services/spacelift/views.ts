// What the GraphQL API shows of spaces, integrations and runs; stacks and modules have a file of their own.
import { may } from "./access";
import { type Seen, webhookAddress } from "./integrations";
import type { Integration, Run, Scope } from "./state";

/** As lists show it: whoever sees the integration sees the name of its Space. */
export function listedView(scope: Scope, integration: Integration) {
  const { id, name, provider, isDefault, description, labels } = integration;
  return { id, name, provider, isDefault, description, labels, space: scope.account.spaces.get(integration.spaceId) };
}

/** A detail answer; without details all that only admins may see is null. */
export function integrationView(scope: Scope, seen: Seen) {
  if (seen === undefined) return null;
  const { integration, details } = seen;
  const { id, name, isDefault, spaceId } = integration;
  const known = { id, name, isDefault, space: scope.account.spaces.get(spaceId) };
  if (!details) return known;
  const address = webhookAddress(scope, integration);
  const { description, labels, username, email, webhookSecret, vcsChecks, useGitCheckout, apiHost, userFacingHost } = integration;
  const shown = { description, labels, username, email, webhookSecret, vcsChecks, useGitCheckout, apiHost, userFacingHost };
  // The two products spell the address differently; the schema takes the one that it knows.
  return { ...known, ...shown, webhookUrl: address, webhookURL: address };
}

/** What a mutation answers: the caller was admin when it was made. */
export function changedView(scope: Scope, integration: Integration | undefined) {
  return integration === undefined ? null : integrationView(scope, { integration, details: true });
}

export function runView(run: Run) {
  return { ...run, commit: { hash: run.commit } };
}

export function viewerView(scope: Scope) {
  return { id: scope.caller.id, name: scope.caller.name, admin: may(scope, "admin", "root") };
}
