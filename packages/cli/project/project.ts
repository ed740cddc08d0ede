/** The project in a folder: cdktf.json, and the path of bitlift.yaml. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { contextKeyFaults } from "../../domain";
import { problem } from "../catalog";

export interface Project {
  /** The folder of cdktf.json, absolute. */
  readonly folder: string;
  /** The command that starts the app. */
  readonly app: string;
  /** Where the app writes, absolute. */
  readonly output: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Path of bitlift.yaml, absolute; undefined if the project has none, because its app declares everything in code. */
  readonly file: string | undefined;
}

export const DEFAULT_FILE = "bitlift.yaml";

/**
 * Reads cdktf.json.
 * @throws Problem `project-missing` or `project-invalid`
 */
export function readProject(folder: string = process.cwd()): Project {
  const path = join(folder, "cdktf.json");
  if (!existsSync(path)) {
    throw problem("project-missing", {
      why: `The folder ${folder} has no cdktf.json.`,
      fix: "Run the command in the folder of cdktf.json, or write a new project with bitlift init.",
    });
  }
  const content = parseObject(readFileSync(path, "utf8"), PROJECT_TEXTS);
  const { app, output, context = {} } = content;
  if (typeof app !== "string" || app === "") {
    throw invalid(
      app === undefined ? "app is not set." : `app is ${JSON.stringify(app)}.`,
      'Set app to the command that starts the app, such as "node --import tsx main.ts".',
    );
  }
  if (!isObject(context)) throw invalid(`context is ${JSON.stringify(context)}.`, "Set context to an object, or remove it.");
  return { folder, app, output: resolvedOutput(folder, output), context, file: filePath(folder, context) };
}

/** Where the app of a folder writes, also without a cdktf.json. Absolute. */
export function outputFolder(folder: string): string {
  const path = join(folder, "cdktf.json");
  return resolvedOutput(folder, existsSync(path) ? parseObject(readFileSync(path, "utf8"), PROJECT_TEXTS)["output"] : undefined);
}

function resolvedOutput(folder: string, output: unknown = "cdktf.out"): string {
  if (typeof output !== "string")
    throw invalid(`output is ${JSON.stringify(output)}.`, "Set output to the path of a folder, or remove it.");
  return resolve(folder, process.env["CDKTF_OUTDIR"] ?? output);
}

/** The path of bitlift.yaml for a command that needs no app: the one in cdktf.json, or the default one. */
export function configurationPath(folder: string = process.cwd()): string {
  const path = join(folder, "cdktf.json");
  const context = existsSync(path) ? parseObject(readFileSync(path, "utf8"), PROJECT_TEXTS)["context"] : undefined;
  return (isObject(context) ? filePath(folder, context) : undefined) ?? join(folder, DEFAULT_FILE);
}

function filePath(folder: string, context: Readonly<Record<string, unknown>>): string | undefined {
  const [fault] = contextKeyFaults(context);
  if (fault !== undefined) throw invalid(fault.why, fault.fix);
  const { bitlift } = context;
  if (bitlift === undefined) return existsSync(join(folder, DEFAULT_FILE)) ? join(folder, DEFAULT_FILE) : undefined;
  if (typeof bitlift === "string" && bitlift.trim() !== "") return resolve(folder, bitlift);
  if (typeof bitlift === "string")
    throw invalid("context.bitlift is empty.", `Set it to the path of the file, or remove it: the file is then ${DEFAULT_FILE}.`);
  throw invalid(
    "context.bitlift is not a text. Earlier versions had the whole configuration there.",
    "Move the configuration into bitlift.yaml, and remove context.bitlift, or set it to the path of the file.",
  );
}

/** What CDKTF_CONTEXT_JSON adds to `context`. @throws Problem `project-invalid` */
export function contextOfEnvironment(): Readonly<Record<string, unknown>> {
  const text = process.env["CDKTF_CONTEXT_JSON"] ?? "";
  return text === "" ? {} : parseObject(text, { what: "The variable CDKTF_CONTEXT_JSON", fix: "Set it to a JSON object, or unset it." });
}

const PROJECT_TEXTS = { what: "cdktf.json", fix: 'Write an object such as { "app": "node --import tsx main.ts" }.' };

function parseObject(text: string, { what, fix }: { readonly what: string; readonly fix: string }): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw invalid(`${what} is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}.`, fix);
  }
  if (isObject(value)) return value;
  throw invalid(`${what} is not a JSON object.`, fix);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(why: string, fix: string): Error {
  return problem("project-invalid", { why, fix });
}
