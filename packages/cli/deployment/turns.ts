/** The order of what is printed about parts that run at the same time: a text waits until everything about the parts before it is printed. */

export class Turns {
  readonly #names: string[];
  readonly #ended = new Set<string>();
  readonly #waiting = new Map<string, (() => void)[]>();

  /** @param names In the order in which their texts are printed. */
  constructor(names: readonly string[]) {
    this.#names = [...names];
  }

  /** Prints at once if it is the turn of this name. What is about none of the names does not wait. */
  print(name: string, print: () => void): void {
    if (name === this.#names[0] || !this.#names.includes(name)) return print();
    const waiting = this.#waiting.get(name) ?? [];
    this.#waiting.set(name, [...waiting, print]);
  }

  /** Nothing more is printed about this name. */
  end(name: string): void {
    this.#ended.add(name);
    for (let first = this.#names[0]; first !== undefined && this.#ended.has(first); first = this.#names[0]) this.#next();
  }

  /** Prints everything that still waits, because some names never end. */
  flush(): void {
    while (this.#names.length > 0) this.#next();
  }

  #next(): void {
    this.#names.shift();
    const [first = ""] = this.#names;
    for (const print of this.#waiting.get(first) ?? []) print();
    this.#waiting.delete(first);
  }
}
