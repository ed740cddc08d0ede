/** Runs work for parts at the same time: each one after those that it waits for, and only so many at once. */
import { availableParallelism } from "node:os";

/** Each engine has a plugin beside it, so that more of them than this only compete for the remote systems. */
const MOST_BY_DEFAULT = 4;

/** Without `--parallel`. */
export function defaultParallel(): number {
  return Math.min(MOST_BY_DEFAULT, availableParallelism());
}

export interface Scheduled {
  readonly name: string;
  /** Names of those that must have ended before it starts. Only names that come earlier in the list count. */
  readonly after: readonly string[];
}

/**
 * Starts items in their order, as soon as they need not wait. After a failure nothing else starts.
 * @param atOnce The most that run at the same time.
 * @throws the first failure, once everything that had started has ended
 */
export async function runScheduled<Item extends Scheduled>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const position = new Map(items.map(({ name }, index) => [name, index]));
  const waiting = items.map((item, index) => ({ item, before: item.after.filter((name) => (position.get(name) ?? index) < index) }));
  const ended = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const start = (item: Item) => {
    const end = run(item)
      .catch((thrown: unknown) => void failures.push(thrown))
      .then(() => {
        running.delete(item.name);
        ended.add(item.name);
      });
    running.set(item.name, end);
  };
  for (;;) {
    while (failures.length === 0 && running.size < atOnce) {
      const next = waiting.findIndex(({ before }) => before.every((name) => ended.has(name)));
      if (next < 0) break;
      for (const { item } of waiting.splice(next, 1)) start(item);
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  if (failures.length > 0) throw failures[0];
}
