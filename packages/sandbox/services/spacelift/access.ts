// Access to Spaces: a role applies to its Space and every Space below it. A role in a Space that inherits also lets its holder read the parents.
import { unauthorized } from "./errors";
import { type Account, type Level, LEVELS, type Roles, type Scope } from "./state";

function rank(level: Level): number {
  return LEVELS.indexOf(level);
}

/** The Space itself, then its ancestors up to root. */
export function listLineage(account: Account, spaceId: string): string[] {
  const ids: string[] = [];
  for (let id: string | null = spaceId; id !== null && !ids.includes(id); id = account.spaces.get(id)?.parentSpace ?? null) ids.push(id);
  return ids;
}

/** The Spaces whose integrations a consumer in this Space can use: its own, and its ancestors as long as every Space in between inherits. */
export function listInheritedSpaces(account: Account, spaceId: string): string[] {
  const ids: string[] = [];
  for (const id of listLineage(account, spaceId)) {
    ids.push(id);
    if (account.spaces.get(id)?.inheritEntities !== true) break;
  }
  return ids;
}

export function findLevel(account: Account, roles: Roles, spaceId: string): Level {
  if (!account.spaces.has(spaceId)) return "none";
  let best: Level = "none";
  for (const id of listLineage(account, spaceId)) {
    const level = roles[id] ?? "none";
    if (rank(level) > rank(best)) best = level;
  }
  // A key with any role in a Space can read the Spaces from which that Space inherits.
  if (best === "none" && Object.keys(roles).some((id) => listInheritedSpaces(account, id).includes(spaceId))) return "reader";
  return best;
}

export function hasLevel(scope: Scope, level: Level, spaceId: string): boolean {
  return rank(findLevel(scope.account, scope.caller.roles, spaceId)) >= rank(level);
}

/** @throws SpaceliftError `unauthorized` */
export function requireLevel(scope: Scope, level: Level, spaceId: string): void {
  if (!hasLevel(scope, level, spaceId)) throw unauthorized();
}

/** The returned check caches its results, because lists check the same few Spaces thousands of times. */
export function createReadCheck(scope: Scope): (spaceId: string) => boolean {
  const cache = new Map<string, boolean>();
  return (spaceId) => {
    const readable = cache.get(spaceId) ?? hasLevel(scope, "reader", spaceId);
    cache.set(spaceId, readable);
    return readable;
  };
}
