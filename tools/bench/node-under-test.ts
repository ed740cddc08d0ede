/** The Node.js that runs the plugin and the synthesis. */
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

export interface NodeUnderTest {
  /** Absolute path of the executable. */
  readonly path: string;
  /** Like `20.20.2`. */
  readonly version: string;
}

/** @throws if the file is not a Node.js executable */
export function nodeAt(path: string): NodeUnderTest {
  const absolute = resolve(path);
  let output: string;
  try {
    output = execFileSync(absolute, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch (thrown) {
    throw new Error(`${absolute} does not start: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const [, version] = /^v(\d+\.\d+\.\d+\S*)\s*$/.exec(output) ?? [];
  if (version === undefined) throw new Error(`${absolute} is not Node.js: --version prints "${output.trim()}".`);
  return { path: absolute, version };
}

/** The PATH on which the plugin finds this Node.js first, whatever the name of its file. Creates a link below the folder. */
export function pathWith({ path }: NodeUnderTest, folder: string): string {
  const bin = join(folder, "node-under-test");
  mkdirSync(bin, { recursive: true });
  symlinkSync(path, join(bin, "node"));
  return [bin, process.env["PATH"] ?? ""].join(delimiter);
}

export function majorVersion({ version }: NodeUnderTest): number {
  return Number(version.split(".")[0]);
}
