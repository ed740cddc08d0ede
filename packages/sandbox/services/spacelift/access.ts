// Who may do what where: roles flow down the tree of Spaces, reading flows up where a Space inherits.
import { unauthorized } from "./errors";
import { type Account, type Level, LEVELS, type Roles, type Scope } from "./state";

const rank = (level: Level): number => LEVELS.indexOf(level);

/** The Space itself, then its parents up to root. */
export function lineage(account: Account, spaceId: string): string[] {
  const ids: string[] = [];
  for (let id: string | null = spaceId; id !== null && !ids.includes(id); id = account.spaces.get(id)?.parentSpace ?? null) ids.push(id);
  return ids;
}

/** Spaces whose integrations a stack in this Space may use: its own, and ancestors as long as every Space on the way inherits. */
export function inherited(account: Account, spaceId: string): string[] {
  const ids: string[] = [];
  for (const id of lineage(account, spaceId)) {
    ids.push(id);
    if (account.spaces.get(id)?.inheritEntities !== true) break;
  }
  return ids;
}

export function levelIn(account: Account, roles: Roles, spaceId: string): Level {
  if (!account.spaces.has(spaceId)) return "none";
  let best: Level = "none";
  for (const id of lineage(account, spaceId)) {
    const level = roles[id] ?? "none";
    if (rank(level) > rank(best)) best = level;
  }
  // Whoever has any role in an inheriting child reads what it inherits from.
  if (best === "none" && Object.keys(roles).some((id) => inherited(account, id).includes(spaceId))) return "reader";
  return best;
}

export function may(scope: Scope, level: Level, spaceId: string): boolean {
  return rank(levelIn(scope.account, scope.caller.roles, spaceId)) >= rank(level);
}

/** @throws Refusal `unauthorized` */
export function require(scope: Scope, level: Level, spaceId: string): void {
  if (!may(scope, level, spaceId)) throw unauthorized();
}

/** A test that remembers its answers: lists ask for the same few Spaces thousands of times. */
export function reader(scope: Scope): (spaceId: string) => boolean {
  const known = new Map<string, boolean>();
  return (spaceId) => {
    const found = known.get(spaceId) ?? may(scope, "reader", spaceId);
    known.set(spaceId, found);
    return found;
  };
}
