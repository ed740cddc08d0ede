/** Reads that a process makes once: callers with the same key share one request and its response. */

export class RequestCache<T> {
  readonly #results = new Map<string, Promise<T>>();

  /**
   * Returns the cached result, or the one in flight, or sends a new request. A failure is not cached.
   * @param options `fresh`: never use a result that was requested before this call
   */
  read(key: string, send: () => Promise<T>, options: { readonly fresh?: boolean | undefined } = {}): Promise<T> {
    const cached = options.fresh === true ? undefined : this.#results.get(key);
    if (cached !== undefined) return cached;
    const result = send();
    this.#results.set(key, result);
    result.catch(() => {
      if (this.#results.get(key) === result) this.#results.delete(key);
    });
    return result;
  }

  /** Whether `read` without `fresh` sends no request. */
  has(key: string): boolean {
    return this.#results.has(key);
  }

  /** The cached result, or the one in flight. */
  get(key: string): Promise<T> | undefined {
    return this.#results.get(key);
  }

  /** Makes a change, then deletes all cached results, whether the change succeeded or not. A result in flight is not cached either. */
  async clearAfter<R>(change: () => Promise<R>): Promise<R> {
    try {
      return await change();
    } finally {
      this.clear();
    }
  }

  /** A result in flight is not cached either. */
  delete(key: string): void {
    this.#results.delete(key);
  }

  clear(): void {
    this.#results.clear();
  }
}
