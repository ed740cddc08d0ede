/** The secrets that a client knows, so that no text for people contains one of them. */

const REPLACEMENT = "(redacted)";
/** Replacing shorter values would damage ordinary words without protecting anything. */
const MIN_LENGTH = 4;

export class Secrets {
  /** By their first characters, because one server may send thousands of secrets and every log line is searched. */
  readonly #values = new Map<string, Set<string>>();

  /** From now on these values are replaced in every text, also when encoded for JSON, a URL, a form, HTML, or Basic authentication. */
  add(...values: readonly (string | null | undefined)[]): void {
    for (const value of values) {
      if (value === null || value === undefined || value.length < MIN_LENGTH) continue;
      for (const encoded of encodingsOf(value)) {
        const prefix = encoded.slice(0, MIN_LENGTH);
        const known = this.#values.get(prefix);
        if (known === undefined) this.#values.set(prefix, new Set([encoded]));
        else known.add(encoded);
      }
    }
  }

  /** The text without any of the secrets. If several overlap, everything that they cover is replaced. */
  redact(text: string): string {
    let redacted = "";
    /** Everything before this position has been copied or replaced. */
    let processed = 0;
    for (let start = 0; start + MIN_LENGTH <= text.length;) {
      let end = this.#endOfSecret(text, start);
      if (end === start) {
        start += 1;
        continue;
      }
      redacted += `${text.slice(processed, start)}${REPLACEMENT}`;
      for (start += 1; start < end; start += 1) end = Math.max(end, this.#endOfSecret(text, start));
      processed = end;
    }
    return redacted + text.slice(processed);
  }

  /** The end of the longest secret that starts here, or `start` if none does. */
  #endOfSecret(text: string, start: number): number {
    let end = start;
    for (const value of this.#values.get(text.slice(start, start + MIN_LENGTH)) ?? []) {
      if (start + value.length > end && text.startsWith(value, start)) end = start + value.length;
    }
    return end;
  }
}

/** The ways in which servers repeat a value. */
function encodingsOf(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  return [
    value,
    json,
    // Several languages escape these characters in JSON, so that it can be embedded in HTML.
    json.replaceAll(/[<>&'=]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`),
    encodeURIComponent(value),
    new URLSearchParams({ "": value }).toString().slice(1),
    value.replaceAll(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character),
    Buffer.from(value).toString("base64"),
  ];
}

const HTML_ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
