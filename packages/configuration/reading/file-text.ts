/** Reads a file as UTF-8 text, or says why that is not possible. */
import { readFileSync, statSync } from "node:fs";
import type { FindingCode } from "../catalog";

const MAX_BYTES = 5 * 1024 * 1024;

export interface UnreadableFile {
  readonly code: FindingCode;
  readonly message: string;
  /** Where in the text it is; 0 for the whole file. */
  readonly offset: number;
  /** The text as far as it could be decoded, for the place. */
  readonly text: string;
}

/** @param path absolute. @param name for messages. @param isIncluded A pattern of `include` found the name in its folder. */
export function readText(path: string, name: string, isIncluded: boolean): string | UnreadableFile {
  const bytes = readBytes(path, name, isIncluded);
  return Buffer.isBuffer(bytes) ? decode(bytes) : bytes;
}

function readBytes(path: string, name: string, isIncluded: boolean): Buffer | UnreadableFile {
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) {
      const megabytes = (size / 1024 / 1024).toFixed(1);
      return whole(
        "file-too-large",
        `the file has ${megabytes} MB, and 5 MB are the limit. Split it with include, or use sets of repositories.`,
      );
    }
    return readFileSync(path);
  } catch (thrown) {
    return unreadable(thrown as NodeJS.ErrnoException, name, isIncluded);
  }
}

export function unreadable({ code = "", message }: NodeJS.ErrnoException, name: string, isIncluded: boolean): UnreadableFile {
  switch (code) {
    case "ENOENT":
      if (isIncluded)
        return whole("file-not-found", `${name} is a symbolic link to a file that does not exist. Replace the link by the file.`);
      return whole("file-not-found", `${name} does not exist. Run bitlift init to write one, or name the file: bitlift validate <file>.`);
    case "EISDIR":
    case "ENOTDIR":
      return whole(
        "file-unreadable",
        `${name} is a folder, not a file. Name ${isIncluded ? `the files in it: ${name}/*.yaml` : `the file in it: ${name}/bitlift.yaml`}.`,
      );
    case "ELOOP":
      return whole("file-unreadable", `${name} is a symbolic link that leads back to itself. Replace the link by the file.`);
    case "EACCES":
    case "EPERM":
      return whole("file-unreadable", `${name} cannot be read, because its permissions do not allow it. Allow your user to read it.`);
    default:
      return whole("file-unreadable", `${name} cannot be read: ${message}.`);
  }
}

function decode(bytes: Buffer): string | UnreadableFile {
  const encoding = otherEncoding(bytes);
  if (encoding !== undefined) return whole("file-encoding", `the file is encoded as ${encoding}. Save it as UTF-8.`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return invalidByte(bytes);
  }
  // eslint-disable-next-line no-control-regex -- These are the characters that no YAML file contains.
  const control = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]/.exec(text);
  if (control === null) return text;
  const number = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  const message = `the file contains the control character U+${number}, which no text contains. Remove it.`;
  return { code: "file-encoding", message, offset: control.index, text };
}

function otherEncoding(bytes: Buffer): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? "UTF-32" : "UTF-16";
  if (first === 0xfe && second === 0xff) return "UTF-16";
  if (bytes.length < 4) return undefined;
  // A YAML file starts with an ASCII character: without a mark, every second byte is zero in UTF-16.
  return (first === 0) !== (second === 0) && (third === 0) === (first === 0) && (fourth === 0) === (second === 0) ? "UTF-16" : undefined;
}

function invalidByte(bytes: Buffer): UnreadableFile {
  // The decoder replaces what it cannot decode, and never lets a correct text contain more replacements than it had.
  const text = bytes.toString("utf8");
  const offset = firstInvalid(bytes, text);
  const message = "the file is not UTF-8: it contains a byte that UTF-8 does not allow here. Save it as UTF-8.";
  return { code: "file-encoding", message, offset, text };
}

function firstInvalid(bytes: Buffer, text: string): number {
  for (let offset = text.indexOf("\uFFFD"); offset !== -1; offset = text.indexOf("\uFFFD", offset + 1)) {
    const start = Buffer.byteLength(text.slice(0, offset));
    if (!bytes.subarray(start, start + 3).equals(Buffer.from("\uFFFD"))) return offset;
  }
  return 0;
}

function whole(code: FindingCode, message: string): UnreadableFile {
  return { code, message, offset: 0, text: "" };
}
