/** The text of one file, and the places in it. */
import { LineCounter } from "yaml";
import { containsSecret } from "../../domain";
import type { Place } from "../configuration";

/** A key that stands for a secret, followed by a value that is not a map. Its line is never shown. */
const SECRET_VALUE = /(token|password|secret(?!Rotation)|credential|private_?key)\w*["']?\s*:\s*["']?[^\s{&*"'#]/i;
const URL_LOGIN = /:\/\/[^/\s"']*@/;
/** `env:` with a text that is not a name: in the wrong place, it is often the token itself. */
const ODD_VARIABLE = /\benv["']?\s*:\s*["']?(?![A-Z_][A-Z0-9_]*["']?\s*(?:[,}#]|$))\S/i;
/** A long word without any separator that contains letters and digits, as random tokens do. */
const RANDOM_WORD = /(?<![\w+/=.-])(?=[A-Za-z+/=_-]*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z0-9+/=_-]{24,}(?![\w+/=.-])/;

export class Source {
  /** As people know it: relative to the folder of the main file. */
  readonly file: string;
  readonly text: string;
  readonly lineCounter = new LineCounter();
  readonly #hiddenLines = new Set<number>();

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  place(offset: number): Place {
    const { line, col } = this.lineCounter.linePos(offset);
    if (line === 0) return { file: this.file, line: 1, column: 1 };
    const start = offset - (col - 1);
    return { file: this.file, line, column: characters(this.text.slice(start, offset)) + 1 };
  }

  /** The column after the last character of a range, within its first line. */
  endColumn(start: number, end: number): number {
    const from = this.place(start).column;
    const firstLine = this.text.slice(start, end).split("\n", 1)[0] ?? "";
    return from + Math.max(characters(firstLine.trimEnd()), 1);
  }

  /** Never shows the lines of a range that contains a secret. */
  hide(start: number, end: number): void {
    const last = this.place(Math.max(end - 1, start)).line;
    for (let { line } = this.place(start); line <= last; line++) this.#hiddenLines.add(line);
  }

  /** The text of a line; undefined if it may contain a secret. */
  line(line: number): string | undefined {
    if (this.#hiddenLines.has(line)) return undefined;
    const start = this.lineCounter.lineStarts[line - 1] ?? 0;
    const end = this.text.indexOf("\n", start);
    const text = this.text.slice(start, end === -1 ? undefined : end).replace(/\r$/, "");
    return [SECRET_VALUE, URL_LOGIN, ODD_VARIABLE, RANDOM_WORD].some((pattern) => pattern.test(text)) || containsSecret(text)
      ? undefined
      : text;
  }
}

/** Columns count characters, not the halves of a pair in UTF-16. */
function characters(text: string): number {
  // eslint-disable-next-line no-control-regex -- ASCII is the usual case, and counting it is free.
  return /^[\x00-\x7F]*$/.test(text) ? text.length : Array.from(text).length;
}
