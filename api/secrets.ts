/** The secrets that a client holds, so that no text for a person can carry one of them. */

const REPLACEMENT = "(redacted)";
/** Shorter values would tear holes into ordinary words without protecting anything. */
const SHORTEST = 4;

export class Secrets {
  readonly #values = new Set<string>();
  /** The longest first: one secret may be a part of another. Undefined after an addition. */
  #ordered: readonly string[] | undefined;

  /** From now on these values are replaced in every text, also where they are encoded for JSON, an address or Basic authentication. */
  add(...values: readonly (string | null | undefined)[]): void {
    for (const value of values) {
      if (value === null || value === undefined || value.length < SHORTEST) continue;
      for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), Buffer.from(value).toString("base64")]) {
        this.#values.add(form);
      }
    }
    if (this.#ordered?.length !== this.#values.size) this.#ordered = undefined;
  }

  /** The text without any of the secrets. */
  hide(text: string): string {
    let hidden = text;
    this.#ordered ??= [...this.#values].sort((a, b) => b.length - a.length);
    for (const value of this.#ordered) hidden = hidden.replaceAll(value, REPLACEMENT);
    return hidden;
  }
}
