// Build statuses and reports of commits: several per commit, each with a key that is unique for the commit.

export class ByCommit<Item> {
  readonly #commits = new Map<string, Map<string, Item>>();

  get(commit: string, key: string): Item | undefined {
    return this.#commits.get(commit)?.get(key);
  }

  /** Replaces the item with the same key, in its place. */
  set(commit: string, key: string, item: Item): void {
    const items = this.#commits.get(commit) ?? new Map<string, Item>();
    this.#commits.set(commit, items.set(key, item));
  }

  delete(commit: string, key: string): void {
    this.#commits.get(commit)?.delete(key);
  }

  /** Oldest first. */
  list(commit: string): readonly Item[] {
    return [...(this.#commits.get(commit)?.values() ?? [])];
  }

  /** The items of all commits. */
  all(): readonly (readonly [commit: string, item: Item])[] {
    return [...this.#commits.entries()].flatMap(([commit, items]) => [...items.values()].map((item) => [commit, item] as const));
  }
}
