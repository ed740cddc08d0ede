/** What the engine does during one walk of its graph: the handlers that run, and whether it applies. */
import { setTimeout as sleep } from "node:timers/promises";

/** The protocol announces no end of a plan. After this time without a call, most plans have ended: engines send the next call at once. */
const QUIET_MS = 150;
const POLL_MS = 25;

export class Activity {
  #running = 0;
  #waiting = 0;
  #lastCallMs = 0;
  #applies = false;
  #settled: Promise<void> | undefined;

  /** Runs a handler, and counts it as activity. */
  async run<T>(handler: () => T | Promise<T>): Promise<T> {
    this.#running += 1;
    this.#lastCallMs = Date.now();
    try {
      return await handler();
    } finally {
      this.#running -= 1;
      this.#lastCallMs = Date.now();
    }
  }

  /** Called for every apply. */
  recordApply(): void {
    this.#applies = true;
  }

  /** Whether the engine has sent an apply during this walk, so that all later plans are part of an apply. */
  get applies(): boolean {
    return this.#applies;
  }

  /**
   * Called by a handler. Resolves, for all handlers that wait here together, when no other handler has run for a moment, or after the engine has
   * requested a stop.
   */
  async settled(signal: AbortSignal): Promise<void> {
    this.#waiting += 1;
    try {
      await (this.#settled ??= this.#poll(signal));
    } finally {
      this.#waiting -= 1;
    }
  }

  async #poll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !(this.#running <= this.#waiting && Date.now() - this.#lastCallMs >= QUIET_MS))
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    this.#settled = undefined;
  }
}
