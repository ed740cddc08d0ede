/** Limits how many requests to one remote host are in flight at a time. */
import { stopWaiting, whenAborted } from "./cancellation";

export class Semaphore {
  #limit: number;
  #inFlight = 0;
  readonly #queue: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  setLimit(limit: number): void {
    this.#limit = limit;
    this.#startNext();
  }

  /** Waits for a free slot, does the work, and frees the slot. A canceled wait throws the signal's reason. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#acquire(signal);
    try {
      return await work();
    } finally {
      this.#inFlight -= 1;
      this.#startNext();
    }
  }

  #acquire(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        stopWaiting(signal, cancelWait);
        this.#inFlight += 1;
        resolve();
      };
      const cancelWait = (): void => {
        const position = this.#queue.indexOf(start);
        if (position >= 0) this.#queue.splice(position, 1);
        reject(signal.reason instanceof Error ? signal.reason : new Error("canceled"));
      };
      if (signal.aborted) {
        cancelWait();
        return;
      }
      if (this.#inFlight < this.#limit) {
        start();
        return;
      }
      whenAborted(signal, cancelWait);
      this.#queue.push(start);
    });
  }

  #startNext(): void {
    while (this.#inFlight < this.#limit) {
      const start = this.#queue.shift();
      if (start === undefined) return;
      start();
    }
  }
}
