// The circuit breaker of a webhook: after failures in a row it is left alone for a while, and longer each time that it fails again.

const FAILURES = 5;
const SHORTEST = 10_000;
const LONGEST = 10 * 60 * 60 * 1000;
/** Assumed: that it grows, and from where to where, is documented. */
const GROWTH = 2;

export class Circuit {
  #failures = 0;
  #wait = 0;
  #until = 0;

  isOpen(now: number): boolean {
    return now < this.#until;
  }

  record(succeeded: boolean, now: number): void {
    if (succeeded) {
      this.#failures = 0;
      this.#wait = 0;
      return;
    }
    this.#failures += 1;
    if (this.#failures < FAILURES) return;
    this.#wait = this.#wait === 0 ? SHORTEST : Math.min(this.#wait * GROWTH, LONGEST);
    this.#until = now + this.#wait;
  }
}
