// The circuit breaker of a webhook: after failures in a row it is left alone for a while, and longer each time that it fails again.

const FAILURE_THRESHOLD = 5;
const SHORTEST_PAUSE = 10_000;
const LONGEST_PAUSE = 10 * 60 * 60 * 1000;
/** Assumed: that it grows, and from where to where, is documented. */
const GROWTH = 2;

export class CircuitBreaker {
  #failures = 0;
  #pause = 0;
  #openUntil = 0;

  isOpen(now: number): boolean {
    return now < this.#openUntil;
  }

  record(succeeded: boolean, now: number): void {
    if (succeeded) {
      this.#failures = 0;
      this.#pause = 0;
      return;
    }
    this.#failures += 1;
    if (this.#failures < FAILURE_THRESHOLD) return;
    this.#pause = this.#pause === 0 ? SHORTEST_PAUSE : Math.min(this.#pause * GROWTH, LONGEST_PAUSE);
    this.#openUntil = now + this.#pause;
  }
}
