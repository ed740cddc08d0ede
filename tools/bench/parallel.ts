/** Runs an asynchronous function for many items, several at a time. */

/** The results, in the order of the items. After a failure, no further item starts. */
export async function mapParallel<T, R>(items: readonly T[], limit: number, run: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = [...items.entries()].reverse();
  const work = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [index, item] = next;
      results[index] = await run(item);
    }
  };
  const stop = (thrown: unknown): never => {
    queue.length = 0;
    throw thrown;
  };
  await Promise.all(Array.from({ length: limit }, () => work().catch(stop)));
  return results;
}
