/** Where the program makes each resource, for `bitlift review`. Stored next to the synthesized configuration, never in it, and only when asked. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { TerraformStack } from "./host";
import type { IConstruct } from "constructs";
import { processWide } from "./process-wide";

/** The review sets this variable for the app, and reads the file. The names are the same in packages/cli. */
const VARIABLE = "BITLIFT_CONSTRUCT_ORIGINS";
const FILE = "bitlift-origins.json";

/** The program's own code is often deep below this library and functions of other packages; V8 keeps ten frames. */
const MOST_FRAMES = 60;

/** The sources, or `dist` of the package. */
const PACKAGE_FOLDER = dirname(__dirname);
const OWN_FOLDERS = ["lib", "stacks", "packages"].map((name) => `${join(PACKAGE_FOLDER, name)}${sep}`);
/** Frames that are not of the program: of this library, installed packages and Node.js. */
const OWN_TEXTS = [...OWN_FOLDERS, ...OWN_FOLDERS.map((folder) => pathToFileURL(folder).href)];
const FOREIGN = /[\\/]node_modules[\\/]|[( ]node:/;

const framesOf = processWide("construct origins", () => new WeakMap<IConstruct, readonly string[]>());

/** Records the stack trace of the constructor that calls it, if the variable is set. */
export function recordOrigin(construct: IConstruct): void {
  if (isAsked()) framesOf.set(construct, programFrames());
}

/** Writes the recorded frames of a stack, by the path of the construct, into the folder of its configuration. */
export function writeOrigins(stack: TerraformStack, folder: string): void {
  if (!isAsked()) return;
  const entries = stack.node.findAll().flatMap((construct) => {
    const frames = framesOf.get(construct);
    return frames === undefined ? [] : [[construct.node.path, frames] as const];
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FILE), JSON.stringify(Object.fromEntries(entries)));
}

function isAsked(): boolean {
  return !["", "0", "false"].includes(process.env[VARIABLE] ?? "");
}

/** Innermost first. With source maps enabled, as tsx does, the frames are those of the TypeScript source. */
function programFrames(): readonly string[] {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = MOST_FRAMES;
  try {
    const holder: { stack?: unknown } = {};
    Error.captureStackTrace(holder, recordOrigin);
    // A program may have replaced the form of stack traces.
    if (typeof holder.stack !== "string") return [];
    const lines = holder.stack.split("\n").map((line) => line.trim());
    return lines.filter((line) => line.startsWith("at ") && !FOREIGN.test(line) && !OWN_TEXTS.some((text) => line.includes(text)));
  } finally {
    Error.stackTraceLimit = limit;
  }
}
