/** The engine's dependency lock file: one provider's entry put in, everything else left byte for byte. */
import { refusal } from "../refusal";

/** What the lock file says about one provider. */
export interface LockEntry {
  /** Full address: `terraform.local/bitlift/bitlift`. */
  readonly source: string;
  readonly version: string;
  readonly constraints: string;
  /** `h1:` hashes. */
  readonly hashes: readonly string[];
}

/** A `provider` block in the text: its address, and where it begins and ends. */
interface Block {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

const HEADER = '# This file is maintained automatically by "terraform init".\n# Manual edits may be lost in future updates.\n';

/**
 * Puts an entry into a lock file, in place of an older one for the same provider.
 * @param text The file as it is; undefined where there is none.
 * @param path Where it is, for the error.
 * @throws Problem `lock-file-unreadable` when the text has a form that cannot be changed safely.
 */
export function mergeLockEntry(text: string | undefined, entry: LockEntry, path: string): string {
  if (text === undefined || text.trim() === "") return `${HEADER}\n${render(entry)}`;
  const blocks = readBlocks(text, path);
  const rendered = text.includes("\r\n") ? render(entry).replaceAll("\n", "\r\n") : render(entry);
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const [own, ...twins] = blocks.filter((block) => block.source === entry.source);
  if (twins.length > 0) throw unreadable(path, `it has ${String(twins.length + 1)} entries for ${entry.source}`);
  if (own !== undefined) return text.slice(0, own.start) + rendered + text.slice(own.end);
  // The engine sorts entries by address.
  const next = blocks.find((block) => block.source > entry.source);
  if (next !== undefined) return text.slice(0, next.start) + rendered + lineEnd + text.slice(next.start);
  return text + (text.endsWith("\n") ? "" : lineEnd) + lineEnd + rendered;
}

/** The addresses that a lock file has entries for. */
export function lockedSources(text: string, path: string): readonly string[] {
  return readBlocks(text, path).map((block) => block.source);
}

function render({ source, version, constraints, hashes }: LockEntry): string {
  const lines = hashes.map((hash) => `    "${hash}",\n`).join("");
  return `provider "${source}" {\n  version     = "${version}"\n  constraints = "${constraints}"\n  hashes = [\n${lines}  ]\n}\n`;
}

const OPENING = /^provider\s+"([^"\\$%]+)"\s*\{$/;
const COMMENT = /^(#|\/\/)/;
/** Lines that may stand inside a block, as the engines write them: attributes with plain strings, and lists of them. */
const INSIDE = /^([a-z_]+\s*=\s*("[^"\\]*"|\[\s*("[^"\\]*"\s*,?\s*)*\]?)|"[^"\\]*",?|\]|)\s*((#|\/\/).*)?$/;

function readBlocks(text: string, path: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly source: string; readonly start: number } | undefined;
  let offset = 0;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    const where = `line ${String(index + 1)} is not what an engine writes: "${line}"`;
    const end = Math.min(offset + raw.length + 1, text.length);
    if (open === undefined) {
      const source = OPENING.exec(line)?.[1];
      if (source !== undefined) open = { source, start: offset };
      else if (line !== "" && !COMMENT.test(line)) throw unreadable(path, where);
    } else if (line === "}") {
      blocks.push({ ...open, end });
      open = undefined;
    } else if (!INSIDE.test(line) && !COMMENT.test(line)) {
      throw unreadable(path, where);
    }
    offset = end;
  }
  if (open !== undefined) throw unreadable(path, `the entry for ${open.source} has no end`);
  return blocks;
}

function unreadable(path: string, why: string) {
  return refusal("lock-file-unreadable", {
    why: `${path} cannot be changed safely: ${why}.`,
    fix: "Repair the file, or delete it: the next init writes it anew, with the newest versions that the configuration allows.",
  });
}
