/** A lock by key within the process: work on one object happens one after the other. */

const tails = new Map<string, Promise<void>>();

/** Runs `work` after all earlier work of the same key has ended, well or badly. Its result is the caller's. */
export async function withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = tails.get(key) ?? Promise.resolve();
  const running = before.then(work);
  const tail = running.then(
    () => undefined,
    () => undefined,
  );
  tails.set(key, tail);
  try {
    return await running;
  } finally {
    if (tails.get(key) === tail) tails.delete(key);
  }
}
