// Access to a repository or a project: each level includes the ones below it.

export type Level = "read" | "write" | "admin";

const RANK: Readonly<Record<Level, number>> = { read: 1, write: 2, admin: 3 };

function rank(level: Level | undefined): number {
  return level === undefined ? 0 : RANK[level];
}

export function includesLevel(level: Level | undefined, required: Level): boolean {
  return rank(level) >= RANK[required];
}

export function pickHighest(...levels: readonly (Level | undefined)[]): Level | undefined {
  return levels.reduce((best, level) => (rank(level) > rank(best) ? level : best), undefined);
}

export function pickLowest(first: Level | undefined, second: Level | undefined): Level | undefined {
  return rank(first) < rank(second) ? first : second;
}
