// The rules that stacks and modules share: their integration and their Space, checked on every write.
import { hasLevel, listInheritedSpaces } from "./access";
import { invalid, noAccess, notFound } from "./errors";
import { findDefaultIntegration } from "./integrations";
import { integrationKey, isBitbucket, type Scope, type VcsProvider } from "./state";

/** Null or "" means the default integration, and its id is stored. For providers that are not emulated, the given id is stored unchecked. */
export function resolveIntegration(
  scope: Scope,
  provider: VcsProvider,
  id: string | null | undefined,
  spaceId: string,
  consumerType: string,
): string | null {
  const requested = id ?? "";
  if (!isBitbucket(provider)) return requested === "" ? null : requested;
  if (requested === "") {
    const defaultIntegration = findDefaultIntegration(scope, provider);
    if (defaultIntegration === undefined)
      throw invalid(consumerType, "vcsIntegrationId", "the account has no default integration for this provider");
    return defaultIntegration.id;
  }
  const integration = scope.account.integrations.get(integrationKey(provider, requested));
  if (integration === undefined) throw invalid(consumerType, "vcsIntegrationId", `VCS integration "${requested}" could not be found`);
  if (!integration.isDefault && !listInheritedSpaces(scope.account, spaceId).includes(integration.spaceId))
    throw noAccess(consumerType, requested);
  return integration.id;
}

/** The Space of a stack or module that does not name one: `legacy` if it exists, else `root`. */
export function chooseSpace(scope: Scope, space: string | null | undefined): string {
  if (space !== null && space !== undefined && space !== "") return space;
  return scope.account.spaces.has("legacy") ? "legacy" : "root";
}

/** @throws SpaceliftError if the Space does not exist */
export function requireSpace(scope: Scope, consumerType: string, space: string): string {
  if (!scope.account.spaces.has(space)) throw invalid(consumerType, "space", `space "${space}" could not be found`);
  return space;
}

/** Undefined if the caller cannot read the object, as if it did not exist. */
export function findReadable<Owned extends { space: string }>(scope: Scope, object: Owned | undefined): Owned | undefined {
  return object !== undefined && hasLevel(scope, "reader", object.space) ? object : undefined;
}

/** For changes. An object that the caller can only read passes, and is then rejected as `unauthorized`. */
export function requireReadable<Owned extends { space: string }>(scope: Scope, object: Owned | undefined): Owned {
  const readable = findReadable(scope, object);
  if (readable === undefined) throw notFound();
  return readable;
}
