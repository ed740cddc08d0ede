/** The list of stacks that an app writes, checked: the app may be anything. */
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { problem } from "../catalog";

/** A synthesized stack; each part is one. */
export interface Stack {
  readonly name: string;
  /** Its folder, absolute. */
  readonly folder: string;
  /** The file in it. */
  readonly file: string;
  /** Stacks that the app itself declares to come first. */
  readonly dependencies: readonly string[];
}

/** @throws Problem `synthesis-failed` */
export async function readStacks(output: string): Promise<readonly Stack[]> {
  const path = join(output, "manifest.json");
  const { stacks = {} } = await readObject(path);
  if (!isObject(stacks)) throw unusable(path, "does not have its stacks in a map");
  const entries = Object.values(stacks);
  if (entries.length === 0) {
    throw problem("synthesis-failed", {
      why: "The app declares no stack.",
      fix: "Declare at least one; synthesizeApp() declares one for each part of the file.",
    });
  }
  const read = entries.map((entry) => stackOf(entry, output) ?? unusable(path, "has a stack without a name, a path or a folder"));
  for (const stack of read) {
    if (stack instanceof Error) throw stack;
    await readObject(stack.file);
  }
  return read as readonly Stack[];
}

function stackOf(entry: unknown, output: string): Stack | undefined {
  if (!isObject(entry)) return undefined;
  const { name, synthesizedStackPath: file, workingDirectory: folder, dependencies = [] } = entry;
  if (typeof name !== "string" || typeof file !== "string" || typeof folder !== "string" || !Array.isArray(dependencies)) return undefined;
  return { name, folder: resolve(output, folder), file: resolve(output, file), dependencies: dependencies.map(String) };
}

async function readObject(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) throw unusable(path, "cannot be read");
  try {
    const value = JSON.parse(text) as unknown;
    if (isObject(value)) return value;
  } catch {
    // Reported below.
  }
  throw unusable(path, "is not a JSON object");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unusable(path: string, what: string): Error {
  return problem("synthesis-failed", {
    why: `The app ended without an error, but its output ${path} ${what}.`,
    fix: "Let only synth() of the app write into this folder, and run the command again.",
  });
}
