// Spaces: the tree, its rules, and what may not be broken by changing it.
import { inherited, lineage, may, reader, require } from "./access";
import { invalid, noAccess } from "./errors";
import { slug, ulid } from "./identifiers";
import { type Account, integrationKey, isBitbucket, type Scope, type Sourced, type Space } from "./state";

export interface SpaceInput {
  readonly name: string;
  readonly description: string;
  readonly parentSpace: string;
  readonly inheritEntities: boolean;
  readonly labels?: readonly string[] | null;
}

/** These two always stay. */
const FIXED = ["root", "legacy"];

export function readSpace(scope: Scope, id: string): Space | undefined {
  const space = scope.account.spaces.get(id);
  return space !== undefined && may(scope, "reader", id) ? space : undefined;
}

export function listSpaces(scope: Scope): Space[] {
  const readable = reader(scope);
  return [...scope.account.spaces.values()].filter((space) => readable(space.id));
}

/** Two Spaces of one name are allowed. */
export function createSpace(scope: Scope, input: SpaceInput): Space {
  require(scope, "admin", "root");
  const { account } = scope;
  if (input.name.trim() === "") throw invalid("space", "name", "must not be empty");
  if (!account.spaces.has(input.parentSpace)) throw invalid("space", "parentSpace", `space "${input.parentSpace}" could not be found`);
  const space: Space = {
    id: `${slug(input.name) || "space"}-${ulid(scope.clock.now())}`,
    name: input.name,
    description: input.description,
    parentSpace: input.parentSpace,
    inheritEntities: input.inheritEntities,
    labels: input.labels ?? [],
  };
  account.spaces.set(space.id, space);
  return space;
}

/** The whole object, not a patch; the id stays. Undefined when there is none. */
export function updateSpace(scope: Scope, id: string, input: SpaceInput): Space | undefined {
  require(scope, "admin", "root");
  const { account } = scope;
  const space = account.spaces.get(id);
  if (space === undefined) return undefined;
  const isRoot = space.parentSpace === null;
  if (input.name.trim() === "") throw invalid("space", "name", "must not be empty");
  if (!isRoot) {
    if (!account.spaces.has(input.parentSpace)) throw invalid("space", "parentSpace", `space "${input.parentSpace}" could not be found`);
    if (lineage(account, input.parentSpace).includes(id)) throw invalid("space", "parentSpace", "a space cannot be below itself");
  }
  const before = { parentSpace: space.parentSpace, inheritEntities: space.inheritEntities };
  const attached = usable(account);
  space.parentSpace = isRoot ? null : input.parentSpace;
  space.inheritEntities = input.inheritEntities;
  const lost = attached.find((user) => !canUse(account, user));
  if (lost !== undefined) {
    Object.assign(space, before);
    throw noAccess(lost.id, lost.vcsIntegrationId ?? "");
  }
  space.name = input.name;
  space.description = input.description;
  space.labels = input.labels ?? [];
  return space;
}

/** Only when nothing lives in it. Returns what was deleted, undefined when there was nothing. */
export function deleteSpace(scope: Scope, id: string): Space | undefined {
  require(scope, "admin", "root");
  const { account } = scope;
  const space = account.spaces.get(id);
  if (space === undefined) return undefined;
  if (FIXED.includes(id)) throw invalid("space", "id", `space "${id}" cannot be deleted`);
  const inside = [
    ["child space", [...account.spaces.values()].filter((child) => child.parentSpace === id).map((child) => child.id)],
    ["stack", [...account.stacks.values()].filter((stack) => stack.space === id).map((stack) => stack.id)],
    ["module", [...account.modules.values()].filter((module) => module.space === id).map((module) => module.id)],
    ["VCS integration", [...account.integrations.values()].filter((one) => one.spaceId === id).map((one) => one.id)],
  ] as const;
  for (const [kind, ids] of inside) {
    if (ids.length > 0)
      throw invalid("space", "id", `space "${id}" is not empty: it has ${ids.length} ${kind}${ids.length > 1 ? "s" : ""}`);
  }
  account.spaces.delete(id);
  return space;
}

/** Whether a stack or module may keep or take the integration that it names. Detached ones and other providers' always may. */
export function canUse(account: Account, user: Pick<Sourced, "provider" | "vcsIntegrationId" | "space">): boolean {
  if (!isBitbucket(user.provider) || user.vcsIntegrationId === null) return true;
  const integration = account.integrations.get(integrationKey(user.provider, user.vcsIntegrationId));
  if (integration === undefined) return false;
  return integration.isDefault || inherited(account, user.space).includes(integration.spaceId);
}

function usable(account: Account): Sourced[] {
  return [...account.stacks.values(), ...account.modules.values()].filter((user) => canUse(account, user));
}
