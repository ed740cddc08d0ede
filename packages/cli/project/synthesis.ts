/** Starts the app of cdktf.json as cdktf does, and reads which stacks it wrote. */
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { problem } from "../catalog";
import { runChild, type ChildRun, type Interruption } from "../deployment/child";
import type { Project } from "./project";

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

interface SynthesisOptions {
  /** Only these parts; undefined for all. */
  readonly parts?: readonly string[] | undefined;
  /** Whether the app records where it makes each construct, in a file next to each configuration. */
  readonly recordsOrigins?: boolean | undefined;
}

interface Manifest {
  readonly stacks?: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly synthesizedStackPath: string;
        readonly workingDirectory: string;
        readonly dependencies?: readonly string[];
      }
    >
  >;
}

/**
 * Everything that the app prints goes to standard error: standard output belongs to this command.
 * @throws Problem `synthesis-failed`
 */
export async function synthesize(project: Project, options: SynthesisOptions, interruption: Interruption): Promise<readonly Stack[]> {
  const manifest = join(project.output, "manifest.json");
  // Otherwise an app that does not call synth() would look like one that did.
  await rm(manifest, { force: true });
  const env = appEnvironment(project, options);
  const run = await runChild({
    command: project.app,
    cwd: project.folder,
    env,
    interruption,
    onText: (text) => process.stderr.write(text),
  });
  if (run.code !== 0 || !existsSync(manifest)) throw failed(project, run);
  const { stacks = {} } = JSON.parse(await readFile(manifest, "utf8")) as Manifest;
  return Object.values(stacks).map(({ name, synthesizedStackPath, workingDirectory, dependencies = [] }) => ({
    name,
    folder: resolve(project.output, workingDirectory),
    file: resolve(project.output, synthesizedStackPath),
    dependencies,
  }));
}

/** Where the app made the constructs of a stack, which it recorded for this synthesis only. Undefined if it recorded nothing. */
export async function takeRecordedOrigins({ folder }: Stack): Promise<unknown> {
  const path = join(folder, ORIGINS_FILE);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  await rm(path, { force: true });
  return JSON.parse(text);
}

function failed(project: Project, { code, signal }: ChildRun): Error {
  const end = code === 0 ? "ended without calling synth()" : `ended with ${signal === undefined ? `exit code ${code}` : signal}`;
  return problem("synthesis-failed", {
    why: `The app ${end}: ${project.app}.`,
    fix:
      code === 0
        ? "Call synth() at the end of the app; bitlift/app does it in synthesizeApp()."
        : "Correct what the message of the app above names, and run the command again.",
  });
}

/** The names are the same in lib/construct-origins.ts. */
const ORIGINS_VARIABLE = "BITLIFT_CONSTRUCT_ORIGINS";
const ORIGINS_FILE = "bitlift-origins.json";

/** What cdktf sets. Terraform's variables are for the engine: an app that read them would write their values into its output. */
function appEnvironment(project: Project, { parts, recordsOrigins }: SynthesisOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_VAR_"));
  const environment = process.env["CDKTF_CONTEXT_JSON"];
  const context = { ...project.context, ...(environment === undefined ? {} : (JSON.parse(environment) as object)) };
  return {
    NODE_OPTIONS: "--max-old-space-size=4096",
    ...Object.fromEntries(inherited),
    CDKTF_OUTDIR: project.output,
    CDKTF_CONTEXT_JSON: JSON.stringify(context),
    // In a pipeline, the app would print which files another folder needs. The command runs the engine in this one, or copies them.
    BITLIFT_RUNS_ENGINE: "1",
    ...(parts === undefined ? {} : { BITLIFT_PARTS: parts.join(",") }),
    ...(recordsOrigins === true ? { [ORIGINS_VARIABLE]: "1" } : {}),
  };
}
