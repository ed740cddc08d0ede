/** Reads that a process makes once: whoever asks for the same thing shares one request and its answer. */

export class RequestCache<T> {
  readonly #answers = new Map<string, Promise<T>>();

  /** The remembered answer, or the one under way, or a new one. `fresh` never takes an answer that was asked for earlier. A failure is not remembered. */
  read(key: string, ask: () => Promise<T>, options: { readonly fresh?: boolean | undefined } = {}): Promise<T> {
    const known = options.fresh === true ? undefined : this.#answers.get(key);
    if (known !== undefined) return known;
    const asked = ask();
    this.#answers.set(key, asked);
    asked.catch(() => {
      if (this.#answers.get(key) === asked) this.#answers.delete(key);
    });
    return asked;
  }

  /** A change, whether it succeeds or not, ends what is remembered under these keys. */
  async changing<R>(keys: readonly string[], change: () => Promise<R>): Promise<R> {
    try {
      return await change();
    } finally {
      for (const key of keys) this.drop(key);
    }
  }

  /** Forgets one answer; an answer that is under way is not remembered either. */
  drop(key: string): void {
    this.#answers.delete(key);
  }

  clear(): void {
    this.#answers.clear();
  }
}
