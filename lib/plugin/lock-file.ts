/** Updates the entry of one provider in the dependency lock file. All other bytes stay unchanged. */
import { validationError } from "../validation-error";

/** The entry of a provider in the lock file. */
export interface LockEntry {
  /** Source address, such as `terraform.local/bitlift/bitlift`. */
  readonly source: string;
  readonly version: string;
  readonly constraints: string;
  /** Hashes with the prefix `h1:`. */
  readonly hashes: readonly string[];
}

/** A `provider` block in the text, with its offsets. */
interface Block {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

const HEADER = '# This file is maintained automatically by "terraform init".\n# Manual edits may be lost in future updates.\n';

/**
 * Adds an entry to a lock file, or replaces the existing entry of the same provider.
 * @param text The current text of the file. Undefined if the file does not exist.
 * @param path Path of the file, for the error message.
 * @throws Problem `lock-file-unreadable` if the text cannot be updated safely.
 */
export function mergeLockEntry(text: string | undefined, entry: LockEntry, path: string): string {
  if (text === undefined || text.trim() === "") return `${HEADER}\n${renderEntry(entry, "\n")}`;
  const blocks = parseBlocks(text, path);
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const rendered = renderEntry(entry, lineEnd);
  const [current, ...duplicates] = blocks.filter((block) => block.source === entry.source);
  if (duplicates.length > 0) throw unreadableFileError(path, `it has ${duplicates.length + 1} entries for ${entry.source}`);
  if (current !== undefined) return text.slice(0, current.start) + rendered + text.slice(current.end);
  // The engine sorts entries by address.
  const next = blocks.find((block) => block.source > entry.source);
  if (next !== undefined) return text.slice(0, next.start) + rendered + lineEnd + text.slice(next.start);
  return text + (text.endsWith("\n") ? "" : lineEnd) + lineEnd + rendered;
}

/** The source addresses of all entries in a lock file. */
export function lockedSources(text: string, path: string): readonly string[] {
  return parseBlocks(text, path).map((block) => block.source);
}

function renderEntry({ source, version, constraints, hashes }: LockEntry, lineEnd: string): string {
  const lines = [
    `provider "${source}" {`,
    `  version     = "${version}"`,
    `  constraints = "${constraints}"`,
    "  hashes = [",
    ...hashes.map((hash) => `    "${hash}",`),
    "  ]",
    "}",
    "",
  ];
  return lines.join(lineEnd);
}

const BLOCK_START = /^provider\s+"([^"\\$%]+)"\s*\{$/;
const COMMENT = /^(#|\/\/)/;
/** Lines that the engines write inside a block: attributes with plain strings, and lists of them. */
const BLOCK_LINE = /^([a-z_]+\s*=\s*("[^"\\]*"|\[\s*("[^"\\]*"\s*,?\s*)*\]?)|"[^"\\]*",?|\]|)\s*((#|\/\/).*)?$/;

function parseBlocks(text: string, path: string): readonly Block[] {
  const blocks: Block[] = [];
  let openBlock: Pick<Block, "source" | "start"> | undefined;
  let offset = 0;
  for (const [index, rawLine] of text.split("\n").entries()) {
    const line = rawLine.trim();
    const unexpected = `line ${index + 1} does not have the format that an engine writes: "${line}"`;
    const end = Math.min(offset + rawLine.length + 1, text.length);
    if (openBlock === undefined) {
      const source = BLOCK_START.exec(line)?.[1];
      if (source !== undefined) openBlock = { source, start: offset };
      else if (line !== "" && !COMMENT.test(line)) throw unreadableFileError(path, unexpected);
    } else if (line === "}") {
      blocks.push({ ...openBlock, end });
      openBlock = undefined;
    } else if (!BLOCK_LINE.test(line) && !COMMENT.test(line)) {
      throw unreadableFileError(path, unexpected);
    }
    offset = end;
  }
  if (openBlock !== undefined) throw unreadableFileError(path, `the entry for ${openBlock.source} has no closing brace`);
  return blocks;
}

function unreadableFileError(path: string, reason: string) {
  return validationError("lock-file-unreadable", {
    why: `${path} cannot be updated safely: ${reason}.`,
    fix: "Repair the file, or delete it: the next init then creates it with the newest versions that the configuration allows.",
  });
}
