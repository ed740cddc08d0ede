// The rules of Spaces: the tree, and which changes are rejected because of the stacks and modules in it.
import { createReadCheck, hasLevel, listInheritedSpaces, listLineage, requireLevel } from "./access";
import { invalid, noAccess } from "./errors";
import { createUlid, toSlug } from "./identifiers";
import { type Account, type Consumer, integrationKey, isBitbucket, type Scope, type Space } from "./state";

export interface SpaceInput {
  readonly name: string;
  readonly description: string;
  readonly parentSpace: string;
  readonly inheritEntities: boolean;
  readonly labels?: readonly string[] | null;
}

/** Cannot be deleted. */
const FIXED = ["root", "legacy"];

export function readSpace(scope: Scope, id: string): Space | undefined {
  const space = scope.account.spaces.get(id);
  return space !== undefined && hasLevel(scope, "reader", id) ? space : undefined;
}

export function listSpaces(scope: Scope): Space[] {
  const readable = createReadCheck(scope);
  return [...scope.account.spaces.values()].filter((space) => readable(space.id));
}

/** Two Spaces can have the same name. */
export function createSpace(scope: Scope, input: SpaceInput): Space {
  requireLevel(scope, "admin", "root");
  const { account } = scope;
  if (input.name.trim() === "") throw invalid("space", "name", "must not be empty");
  if (!account.spaces.has(input.parentSpace)) throw invalid("space", "parentSpace", `space "${input.parentSpace}" could not be found`);
  const space: Space = {
    id: `${toSlug(input.name) || "space"}-${createUlid(scope.clock.now())}`,
    name: input.name,
    description: input.description,
    parentSpace: input.parentSpace,
    inheritEntities: input.inheritEntities,
    labels: input.labels ?? [],
  };
  account.spaces.set(space.id, space);
  return space;
}

/** Replaces the whole object except its id. Undefined if the Space does not exist. */
export function updateSpace(scope: Scope, id: string, input: SpaceInput): Space | undefined {
  requireLevel(scope, "admin", "root");
  const { account } = scope;
  const space = account.spaces.get(id);
  if (space === undefined) return undefined;
  const isRoot = space.parentSpace === null;
  if (input.name.trim() === "") throw invalid("space", "name", "must not be empty");
  if (!isRoot) {
    if (!account.spaces.has(input.parentSpace)) throw invalid("space", "parentSpace", `space "${input.parentSpace}" could not be found`);
    if (listLineage(account, input.parentSpace).includes(id)) throw invalid("space", "parentSpace", "a space cannot be below itself");
  }
  const before = { parentSpace: space.parentSpace, inheritEntities: space.inheritEntities };
  const attached = listAttached(account);
  space.parentSpace = isRoot ? null : input.parentSpace;
  space.inheritEntities = input.inheritEntities;
  const excluded = attached.find((consumer) => !canUse(account, consumer));
  if (excluded !== undefined) {
    Object.assign(space, before);
    throw noAccess(excluded.id, excluded.vcsIntegrationId ?? "");
  }
  space.name = input.name;
  space.description = input.description;
  space.labels = input.labels ?? [];
  return space;
}

/** Requires an empty Space. Undefined if it does not exist. */
export function deleteSpace(scope: Scope, id: string): Space | undefined {
  requireLevel(scope, "admin", "root");
  const { account } = scope;
  const space = account.spaces.get(id);
  if (space === undefined) return undefined;
  if (FIXED.includes(id)) throw invalid("space", "id", `space "${id}" cannot be deleted`);
  const contents = [
    ["child space", [...account.spaces.values()].filter((child) => child.parentSpace === id).map((child) => child.id)],
    ["stack", [...account.stacks.values()].filter((stack) => stack.space === id).map((stack) => stack.id)],
    ["module", [...account.modules.values()].filter((module) => module.space === id).map((module) => module.id)],
    ["VCS integration", [...account.integrations.values()].filter(({ spaceId }) => spaceId === id).map((integration) => integration.id)],
  ] as const;
  for (const [kind, ids] of contents) {
    if (ids.length > 0)
      throw invalid("space", "id", `space "${id}" is not empty: it has ${ids.length} ${kind}${ids.length > 1 ? "s" : ""}`);
  }
  account.spaces.delete(id);
  return space;
}

/** Whether a consumer's Space has access to its integration. True for detached consumers and for other providers. */
export function canUse(account: Account, consumer: Pick<Consumer, "provider" | "vcsIntegrationId" | "space">): boolean {
  const { provider, vcsIntegrationId, space } = consumer;
  if (!isBitbucket(provider) || vcsIntegrationId === null) return true;
  const integration = account.integrations.get(integrationKey(provider, vcsIntegrationId));
  if (integration === undefined) return false;
  return integration.isDefault || listInheritedSpaces(account, space).includes(integration.spaceId);
}

function listAttached(account: Account): Consumer[] {
  return [...account.stacks.values(), ...account.modules.values()].filter((consumer) => canUse(account, consumer));
}
