/** Interleaves measurements, so that load on the machine affects all of them. */

/** Runs every measurement once per round, in alternating order. Returns the results of each measurement. */
export async function interleave<T>(measurements: readonly (() => Promise<T>)[], rounds: number): Promise<readonly (readonly T[])[]> {
  const results = measurements.map((): T[] => []);
  for (let round = 0; round < rounds; round++) {
    const order = measurements.map((_, index) => index);
    // What runs right after another measurement profits or suffers from it, so the neighbors change.
    if (round % 2 === 1) order.reverse();
    for (const index of order) {
      const result = await measurements[index]?.();
      if (result !== undefined) results[index]?.push(result);
    }
  }
  return results;
}
