/** Flow control (RFC 9113, sections 5.2 and 6.9): how much each end may send before the other one allows more. */

/** The largest window that the protocol allows, in bytes. */
export const MAXIMUM_WINDOW = 2 ** 31 - 1;

/** What each end may send on a connection, and on each stream, until it hears otherwise. */
export const DEFAULT_WINDOW = 65_535;

/** What this server may send. Negative after a client has reduced its initial window (section 6.9.2). */
export class SendWindow {
  #available: number;

  constructor(bytes: number) {
    this.#available = bytes;
  }

  get available(): number {
    return this.#available;
  }

  use(bytes: number): void {
    this.#available -= bytes;
  }

  /** Returns false if the window would exceed the maximum. */
  extend(bytes: number): boolean {
    this.#available += bytes;
    return this.#available <= MAXIMUM_WINDOW;
  }
}

/** What the client may send. */
export class ReceiveWindow {
  readonly #size: number;
  #used = 0;

  constructor(bytes: number) {
    this.#size = bytes;
  }

  /** Returns false if the client sent more than it may. */
  receive(bytes: number): boolean {
    this.#used += bytes;
    return this.#used <= this.#size;
  }

  /** How much to allow again: everything that has been received, once it is half of the window. Until then zero, which saves frames. */
  takeIncrement(): number {
    if (this.#used * 2 < this.#size) return 0;
    const increment = this.#used;
    this.#used = 0;
    return increment;
  }
}
