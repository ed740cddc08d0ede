/** How many repositories a plan may look up before it creates webhooks in them: Bitbucket limits the requests per hour, and the apply needs them too. */

/** Engines send about ten plans at a time. This is enough to receive them, so that the lowest names look first. */
const GATHER_MS = 20;

interface Request {
  readonly name: string;
  readonly answer: (allowed: boolean) => void;
}

export class LookLimit {
  /** The provider's `look_before_create`. */
  readonly limit: number;
  #allowed = 0;
  #refused = 0;
  #isCounting = false;
  #waiting: Request[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Whether a create may look up its repository. Of the creates that wait at the same time, the lowest names may. */
  async allows(name: string): Promise<boolean> {
    if (this.#allowed >= this.limit) return false;
    return new Promise((answer) => {
      if (this.#waiting.length === 0) setTimeout(() => this.#answerAll(), GATHER_MS);
      this.#waiting.push({ name, answer });
    });
  }

  #answerAll(): void {
    const requests = this.#waiting.sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#waiting = [];
    for (const { answer } of requests) {
      const allowed = this.#allowed < this.limit;
      if (allowed) this.#allowed += 1;
      answer(allowed);
    }
  }

  /**
   * Counts a create that was not allowed. The first one waits for the others and returns their number; undefined for all others.
   * @param settled resolves when the engine has probably sent the whole plan
   */
  async countRefused(settled: () => Promise<void>): Promise<number | undefined> {
    this.#refused += 1;
    if (this.#isCounting) return undefined;
    this.#isCounting = true;
    await settled();
    return this.#refused;
  }
}
