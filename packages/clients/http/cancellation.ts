/** Calls functions when a signal is aborted, with one listener for all of them: a signal's own listeners take longer than the rest of a request. */

const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls the function once, when the signal is aborted. The signal must not be aborted yet. */
export function whenAborted(signal: AbortSignal, call: () => void): void {
  let calls = waiting.get(signal);
  if (calls === undefined) {
    const created = new Set<() => void>();
    signal.addEventListener("abort", () => callAll(created), { once: true });
    waiting.set(signal, created);
    calls = created;
  }
  calls.add(call);
}

export function stopWaiting(signal: AbortSignal, call: () => void): void {
  waiting.get(signal)?.delete(call);
}

function callAll(calls: Set<() => void>): void {
  const all = [...calls];
  calls.clear();
  for (const call of all) call();
}
