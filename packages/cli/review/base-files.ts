/** Writes the files of a commit into a private folder, byte by byte: attributes and filters of the working tree do not apply, and links are not followed. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { unreadable } from "./base-ref";
import { git } from "./git";

/** A larger file is none that Bitlift reads. */
const LARGEST_FILE = 5 * 1024 * 1024;
const MOST_LINKS = 10;

interface Entry {
  readonly isLink: boolean;
  readonly id: string;
  readonly size: number;
}

export class BaseFiles {
  readonly #folder: string;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(folder: string, entries: ReadonlyMap<string, Entry>) {
    this.#folder = folder;
    this.#entries = entries;
  }

  /** @throws Problem `base-unreadable` */
  static async of(folder: string, commit: string): Promise<BaseFiles> {
    const run = await git(folder, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit]);
    if (run?.code !== 0) throw unreadable(`git cannot list the files of ${commit}. ${run?.stderr ?? ""}`.trim(), FETCH_FIX);
    const entries = run.stdout
      .toString("utf8")
      .split("\0")
      .flatMap((line) => {
        const [, mode = "", id = "", size = "", path = ""] = /^(\d+) blob (\S+) +(\d+)\t([^]*)$/.exec(line) ?? [];
        return path === "" ? [] : [[path, { isLink: mode === "120000", id, size: Number(size) }] as const];
      });
    return new BaseFiles(folder, new Map(entries));
  }

  get paths(): Iterable<string> {
    return this.#entries.keys();
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  /** The content of a file, also through links inside the commit; undefined without such a file. @throws Problem `base-unreadable` */
  async text(path: string): Promise<string | undefined> {
    let current = path;
    for (let links = 0; links <= MOST_LINKS; links += 1) {
      const entry = this.#entries.get(current);
      if (entry === undefined) return undefined;
      const [content = Buffer.alloc(0)] = await this.#contents([entry]);
      if (!entry.isLink) return content.toString("utf8");
      const target = content.toString("utf8");
      current = posix.normalize(posix.join(posix.dirname(current), target));
      if (target.startsWith("/") || current.startsWith("..")) {
        throw unreadable(
          `${path} is a link out of the repository (${target}) on the base.`,
          "Replace the link by the file itself on the base.",
        );
      }
    }
    throw unreadable(`${path} is a link that leads to itself on the base.`, "Replace the link by the file itself on the base.");
  }

  /** Runs the work with a folder that has every file below `folder`, and removes it afterwards. */
  async materialized<T>(folder: string, work: (path: string) => Promise<T>): Promise<T> {
    const target = await mkdtemp(join(tmpdir(), "bitlift-base-"));
    try {
      const chosen = [...this.#entries].filter(([path, { size }]) => path.startsWith(folder) && size <= LARGEST_FILE && isPlain(path));
      const files = chosen.filter(([, { isLink }]) => !isLink);
      const contents = await this.#contents(files.map(([, entry]) => entry));
      for (const [index, [path]] of files.entries()) await write(target, path, contents[index] ?? Buffer.alloc(0));
      for (const [path] of chosen.filter(([, { isLink }]) => isLink)) {
        const text = await this.text(path);
        if (text !== undefined) await write(target, path, text);
      }
      return await work(target);
    } finally {
      await rm(target, { recursive: true, force: true });
    }
  }

  async #contents(entries: readonly Entry[]): Promise<readonly Buffer[]> {
    if (entries.length === 0) return [];
    const run = await git(this.#folder, ["cat-file", "--batch"], `${entries.map(({ id }) => id).join("\n")}\n`);
    if (run?.code !== 0) throw unreadable(`git cannot read the files of the base. ${run?.stderr ?? ""}`.trim(), FETCH_FIX);
    return batchContents(run.stdout, entries.length);
  }
}

const FETCH_FIX = "Fetch the base completely, with git fetch --unshallow if the clone is shallow.";

/** `<id> blob <size>`, the content, and a line break, for each. */
function batchContents(output: Buffer, count: number): readonly Buffer[] {
  const contents: Buffer[] = [];
  let position = 0;
  while (contents.length < count) {
    const end = output.indexOf("\n", position);
    const size = Number(/^\S+ blob (\d+)$/.exec(output.subarray(position, end).toString("utf8"))?.[1] ?? Number.NaN);
    if (end < 0 || Number.isNaN(size)) throw unreadable("git does not have a file of the base.", FETCH_FIX);
    contents.push(output.subarray(end + 1, end + 1 + size));
    position = end + 1 + size + 1;
  }
  return contents;
}

/** Git refuses such paths too; a commit that was made by another program may have them. */
function isPlain(path: string): boolean {
  return !path.split("/").some((part) => part === "" || part === "." || part === ".." || part.toLowerCase() === ".git");
}

async function write(target: string, path: string, content: Buffer | string): Promise<void> {
  const file = join(target, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content, { mode: 0o600 });
}
