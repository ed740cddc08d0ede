/** Ends lookups that only serve the warnings of a plan, when the remote system makes them wait: the apply looks again anyway. */
import { failedAs, type Problem } from "../diagnostics";
import { problem } from "../domain";
import type { RequestedWait } from "../clients";

/** `rate_limit_max_wait` is for requests that an operation needs; its default is an hour. */
const PATIENCE_MS = 30_000;

/** For one remote system and one process. After the first lookup that would wait too long, the others are not started. */
export class LookPatience {
  #exhausted: Problem | undefined;
  readonly #waiting = new Set<(failure: Problem) => void>();

  /** Called before each wait that the system asks for. A request that continues to wait may still serve an operation that needs it. */
  recordWait(wait: RequestedWait): void {
    if (wait.waitedMs + wait.neededMs > PATIENCE_MS) this.#exhaust(tooLong(wait));
  }

  /**
   * The result of a lookup.
   * @throws Problem `remote-rate-limited` if it would wait too long, and the failure of the lookup itself
   */
  async look<T>(lookUp: () => T | Promise<T>): Promise<T> {
    if (this.#exhausted !== undefined) throw this.#exhausted;
    let stopWaiting: ((failure: Problem) => void) | undefined;
    const impatience = new Promise<never>((_resolve, reject) => {
      stopWaiting = reject;
      this.#waiting.add(reject);
    });
    try {
      return await Promise.race([lookUp(), impatience]);
    } catch (failure) {
      // Every other lookup would time out too, after several attempts.
      if (failedAs(failure, "transport") && failure.diagnostic.code === "remote-unreachable") this.#exhaust(failure);
      throw failure;
    } finally {
      if (stopWaiting !== undefined) this.#waiting.delete(stopWaiting);
    }
  }

  #exhaust(failure: Problem): void {
    this.#exhausted ??= failure;
    for (const stop of this.#waiting) stop(this.#exhausted);
    this.#waiting.clear();
  }
}

function tooLong({ system, host, waitedMs, neededMs }: RequestedWait): Problem {
  const another = waitedMs === 0 ? "" : " another";
  return problem(
    "remote-rate-limited",
    {
      why: `${system} (${host}) limits requests, and a lookup would have to wait${another} ${Math.ceil(neededMs / 1_000)} s. A lookup that only serves the warnings of a plan waits at most ${PATIENCE_MS / 1_000} s.`,
      fix: "Plan again later, or let fewer programs use this credential.",
    },
    { kind: "rate-limited", execution: "no", status: 429 },
  );
}
