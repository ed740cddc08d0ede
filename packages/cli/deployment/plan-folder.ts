/** Saved plans in a folder: one file for each part that has changes, and the list of all parts. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { version } from "../../../package.json";
import { problem } from "../catalog";
import { writing } from "../output-place";
import type { OrderedPart } from "./parts";
import type { PartResult } from "./reporter";

/** What the list says about one part. */
export interface SavedPart {
  readonly part: string;
  readonly status: PartResult["status"];
  readonly waitsFor?: readonly string[];
  /** How many managed objects of each type the state contained; absent if the part was not planned. */
  readonly stateCounts?: Readonly<Record<string, number>>;
  /** Of the synthesized configuration that was planned. */
  readonly configuration: string;
}

const LIST = "plans.json";
const FORMAT = 1;

export class PlanFolder {
  readonly path: string;
  readonly #isTemporary: boolean;

  private constructor(path: string, isTemporary: boolean) {
    this.path = path;
    this.#isTemporary = isTemporary;
  }

  /** A folder that only the user can read: plans contain everything that the state contains. */
  static async temporary(): Promise<PlanFolder> {
    return new PlanFolder(await mkdtemp(join(tmpdir(), "bitlift-plans-")), true);
  }

  /** Creates the folder if necessary, and removes the plans of an earlier run. @throws Problem `output-not-written` */
  static async create(path: string): Promise<PlanFolder> {
    const folder = new PlanFolder(resolve(path), false);
    await writing({ path: folder.path, setting: "--plan-dir" }, () => folder.#prepare());
    return folder;
  }

  async #prepare(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    const earlier = await this.read().catch(() => []);
    for (const file of earlier.flatMap(({ part }) => [this.file(part), this.log(part)])) await rm(file, { force: true });
    await rm(join(this.path, LIST), { force: true });
  }

  static existing(path: string): PlanFolder {
    return new PlanFolder(resolve(path), false);
  }

  file(part: string): string {
    return join(this.path, `${part}.tfplan`);
  }

  /** The messages of the engine while it planned the part, one JSON object in each line. */
  log(part: string): string {
    return join(this.path, `${part}.log.jsonl`);
  }

  async discard(part: string): Promise<void> {
    await rm(this.file(part), { force: true });
  }

  /** Makes the plan readable for its owner only. */
  async protect(part: string): Promise<void> {
    await chmod(this.file(part), 0o600);
  }

  async writeList(results: readonly PartResult[], parts: readonly OrderedPart[]): Promise<void> {
    const saved: SavedPart[] = [];
    for (const result of results) {
      const part = parts.find(({ name }) => name === result.part);
      if (part === undefined) continue;
      const waitsFor = result.status === "waits" ? { waitsFor: result.waitsFor } : {};
      const stateCounts = "plan" in result ? { stateCounts: Object.fromEntries(result.plan.stateCounts) } : {};
      saved.push({ part: result.part, status: result.status, ...waitsFor, ...stateCounts, configuration: await configurationHash(part) });
    }
    await writeFile(join(this.path, LIST), `${JSON.stringify({ format: FORMAT, bitlift: version, parts: saved }, null, 2)}\n`);
  }

  /** For `bitlift review --plan-dir`: only the messages contain the warnings of the provider. */
  async writeLogs(messages: ReadonlyMap<string, readonly object[]>): Promise<void> {
    for (const [part, lines] of messages) {
      await writeFile(this.log(part), lines.map((line) => `${JSON.stringify(line)}\n`).join(""), { mode: 0o600 });
    }
  }

  /** @throws Problem `plans-unusable` */
  async read(): Promise<readonly SavedPart[]> {
    const text = await readFile(join(this.path, LIST), "utf8").catch(() => undefined);
    if (text === undefined) throw unusable(`The folder ${this.path} has no ${LIST}.`);
    return savedParts(text, join(this.path, LIST));
  }

  /** @throws Problem `plans-unusable` if the file of a plan is missing */
  checkPlans(parts: readonly string[]): void {
    const missing = parts.find((part) => !existsSync(this.file(part)));
    if (missing !== undefined) throw unusable(`The plan of part ${missing} is missing: ${this.file(missing)}.`);
  }

  /** Removes a temporary folder. */
  async end(): Promise<void> {
    if (this.#isTemporary) await rm(this.path, { recursive: true, force: true });
  }
}

/** The list may come from anywhere, and the names in it become paths. */
function savedParts(text: string, path: string): readonly SavedPart[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw unusable(`${path} is not JSON.`);
  }
  const { format, bitlift, parts } = (typeof list === "object" && list !== null ? list : {}) as Readonly<Record<string, unknown>>;
  if (format !== FORMAT || typeof bitlift !== "string") throw unusable(`${path} is not a list of plans that bitlift ${version} can read.`);
  if (bitlift !== version) throw unusable(`The plans in ${dirname(path)} are of bitlift ${bitlift}, and this is ${version}.`);
  if (!Array.isArray(parts) || !parts.every(isSavedPart)) throw unusable(`${path} does not list parts as bitlift writes them.`);
  return parts;
}

function isSavedPart(value: unknown): value is SavedPart {
  if (typeof value !== "object" || value === null) return false;
  const { part, status, waitsFor = [] } = value as Readonly<Record<string, unknown>>;
  const isName =
    typeof part === "string" && part !== "" && part === basename(part) && !part.includes("\\") && part !== "." && part !== "..";
  return isName && typeof status === "string" && Array.isArray(waitsFor);
}

export async function configurationHash({ file }: OrderedPart): Promise<string> {
  return `sha256:${createHash("sha256")
    .update(await readFile(file))
    .digest("hex")}`;
}

export function unusable(why: string): Error {
  return problem("plans-unusable", { why, fix: "Save new plans with bitlift plan --plan-dir, and apply them from the same folder." });
}
