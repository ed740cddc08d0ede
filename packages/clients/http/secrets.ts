/** The secrets that a client holds, so that no text for a person can carry one of them. */

const REPLACEMENT = "(redacted)";
/** Shorter values would tear holes into ordinary words without protecting anything. */
const SHORTEST = 4;

export class Secrets {
  /** By their first letters: one server may tell thousands of them, and every line of the log is searched. */
  readonly #values = new Map<string, Set<string>>();

  /** From now on these values are replaced in every text, also where they are encoded for JSON, an address, a form, a page or Basic authentication. */
  add(...values: readonly (string | null | undefined)[]): void {
    for (const value of values) {
      if (value === null || value === undefined || value.length < SHORTEST) continue;
      for (const form of formsOf(value)) {
        const beginning = form.slice(0, SHORTEST);
        const known = this.#values.get(beginning);
        if (known === undefined) this.#values.set(beginning, new Set([form]));
        else known.add(form);
      }
    }
  }

  /** The text without any of the secrets. Where several overlap, all of what they cover goes. */
  hide(text: string): string {
    let hidden = "";
    /** What is before it has been taken over, or left out. */
    let done = 0;
    for (let at = 0; at + SHORTEST <= text.length;) {
      let end = this.#endOf(text, at);
      if (end === at) {
        at += 1;
        continue;
      }
      hidden += `${text.slice(done, at)}${REPLACEMENT}`;
      for (at += 1; at < end; at += 1) end = Math.max(end, this.#endOf(text, at));
      done = end;
    }
    return hidden + text.slice(done);
  }

  /** Where the longest secret ends that begins here; here, when none does. */
  #endOf(text: string, at: number): number {
    let end = at;
    for (const value of this.#values.get(text.slice(at, at + SHORTEST)) ?? []) {
      if (at + value.length > end && text.startsWith(value, at)) end = at + value.length;
    }
    return end;
  }
}

/** A value as servers repeat it. */
function formsOf(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  return [
    value,
    json,
    // What several languages write in JSON, so that it can stand in a page.
    json.replaceAll(/[<>&'=]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
    encodeURIComponent(value),
    new URLSearchParams({ "": value }).toString().slice(1),
    value.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign),
    Buffer.from(value).toString("base64"),
  ];
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
