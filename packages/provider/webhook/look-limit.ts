/** How many repositories a plan may look up before it creates webhooks in them: Bitbucket limits the requests per hour, and the apply needs them too. */

/** Engines send ten plans at a time by default. When the limit is near, creates wait until no other has arrived for this time, so that the lowest names look first. */
const GATHER_MS = 30;
/** More plans than an engine is likely to send at a time. While the limit allows as many, the order does not matter. */
const BURST = 64;

interface Request {
  readonly name: string;
  readonly answer: (allowed: boolean) => void;
}

export class LookLimit {
  /** The provider's `look_before_create`. */
  readonly limit: number;
  /** Names of repositories. */
  readonly #allowed = new Set<string>();
  #refused = 0;
  #isCounting = false;
  #waiting: Request[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Whether a create may look up its repository. Of the creates that wait at the same time, the lowest names may. */
  async allows(name: string): Promise<boolean> {
    if (this.#allowed.has(name)) return true;
    if (this.#remaining === 0) return false;
    if (this.#remaining > BURST) return this.#allow(name);
    return new Promise((answer) => {
      this.#waiting.push({ name, answer });
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#answerAll();
      }, GATHER_MS);
    });
  }

  #answerAll(): void {
    const requests = this.#waiting.sort((a, b) => (a.name < b.name ? -1 : 1));
    this.#waiting = [];
    for (const { name, answer } of requests) answer(this.#allowed.has(name) || (this.#remaining > 0 && this.#allow(name)));
  }

  get #remaining(): number {
    return this.limit - this.#allowed.size;
  }

  #allow(name: string): true {
    this.#allowed.add(name);
    return true;
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
