// The circuit breaker of a webhook: after repeated failures, deliveries pause, and each further failure makes the pause longer.

const FAILURE_THRESHOLD = 5;
const SHORTEST_PAUSE = 10_000;
const LONGEST_PAUSE = 10 * 60 * 60 * 1000;
/** Assumed. Only the shortest and the longest pause are documented. */
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
