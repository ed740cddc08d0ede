/** A lock by key within the process: work with the same key runs in sequence. */

const tails = new Map<string, Promise<void>>();

/** Runs `work` after all earlier work with the same key has ended, whether it succeeded or failed. */
export async function withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
  const previous = tails.get(key) ?? Promise.resolve();
  const running = previous.then(work);
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
