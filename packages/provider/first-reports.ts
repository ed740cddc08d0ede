/** Causes that this process has already reported. A cause that concerns a whole system is reported for the first object only. */

export class FirstReports {
  readonly #keys = new Set<string>();

  /** Whether this is the first call with this key. */
  isFirst(key: string): boolean {
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    return true;
  }
}
