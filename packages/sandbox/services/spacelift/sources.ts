// How a stack or a module is tied to an integration: resolved and checked when it is written.
import { inherited, may } from "./access";
import { invalid, noAccess, notFound } from "./errors";
import { defaultIntegration } from "./integrations";
import { integrationKey, isBitbucket, type Scope, type VcsProvider } from "./state";

/** Null or "" means the default integration, stored as that one's id; null comes out for providers that are not played and none is given. */
export function resolveIntegration(
  scope: Scope,
  provider: VcsProvider,
  id: string | null | undefined,
  spaceId: string,
  what: string,
): string | null {
  const wanted = id ?? "";
  if (!isBitbucket(provider)) return wanted === "" ? null : wanted;
  if (wanted === "") {
    const found = defaultIntegration(scope, provider);
    if (found === undefined) throw invalid(what, "vcsIntegrationId", "the account has no default integration for this provider");
    return found.id;
  }
  const integration = scope.account.integrations.get(integrationKey(provider, wanted));
  if (integration === undefined) throw invalid(what, "vcsIntegrationId", `VCS integration "${wanted}" could not be found`);
  if (!integration.isDefault && !inherited(scope.account, spaceId).includes(integration.spaceId)) throw noAccess(what, wanted);
  return integration.id;
}

/** Where something lives when its Space is not given. */
export function spaceOrFallback(scope: Scope, space: string | null | undefined): string {
  const wanted = space ?? "";
  if (wanted !== "") return wanted;
  return scope.account.spaces.has("legacy") ? "legacy" : "root";
}

/** Only for what the caller may read; anything else is as if it were not there. */
export function readable<Thing extends { space: string }>(scope: Scope, thing: Thing | undefined): Thing | undefined {
  return thing !== undefined && may(scope, "reader", thing.space) ? thing : undefined;
}

/** For changes: what cannot be read is not found, what can be read only is `unauthorized`. */
export function found<Thing extends { space: string }>(scope: Scope, thing: Thing | undefined): Thing {
  const visible = readable(scope, thing);
  if (visible === undefined) throw notFound();
  return visible;
}
