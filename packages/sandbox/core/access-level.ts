// What somebody may do with a repository or a project: each level holds the ones below it.

export type Level = "read" | "write" | "admin";

const RANK: Readonly<Record<Level, number>> = { read: 1, write: 2, admin: 3 };

const rank = (level: Level | undefined): number => (level === undefined ? 0 : RANK[level]);

export function atLeast(level: Level | undefined, wanted: Level): boolean {
  return rank(level) >= RANK[wanted];
}

export function highest(...levels: readonly (Level | undefined)[]): Level | undefined {
  return levels.reduce((best, one) => (rank(one) > rank(best) ? one : best), undefined);
}

export function lowest(one: Level | undefined, other: Level | undefined): Level | undefined {
  return rank(one) < rank(other) ? one : other;
}
