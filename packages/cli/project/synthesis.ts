/** Starts the app of cdktf.json as cdktf does, and reads which stacks it wrote. */
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ReadOptions } from "../../configuration";
import { problem } from "../catalog";
import { runChild, type ChildRun, type Interruption } from "../deployment/child";
import { interruptedBeforePlans } from "../deployment/interrupted";
import { writing } from "../output-place";
import { ENTRIES, otherHost } from "./hosts";
import { readStacks, type Stack } from "./manifest";
import { contextOfEnvironment, type Project } from "./project";

interface SynthesisOptions extends ReadOptions {
  /** Only these parts; undefined for all. */
  readonly parts?: readonly string[] | undefined;
  /** Whether the app records where it makes each construct, in a file next to each configuration. */
  readonly recordsOrigins?: boolean | undefined;
}

/**
 * Everything that the app prints goes to standard error: standard output belongs to this command.
 * @throws Problem `synthesis-failed`, `output-not-written`, or `command-interrupted` after a signal
 */
export async function synthesize(project: Project, options: SynthesisOptions, interruption: Interruption): Promise<readonly Stack[]> {
  const manifest = join(project.output, "manifest.json");
  // Otherwise an app that does not call synth() would look like one that did.
  const setting = process.env["CDKTF_OUTDIR"] === undefined ? "output in cdktf.json" : "CDKTF_OUTDIR";
  await writing({ path: project.output, setting }, () => rm(manifest, { force: true }));
  const env = appEnvironment(project, options);
  const run = await runChild({
    command: project.app,
    cwd: project.folder,
    env,
    interruption,
    onText: (text) => process.stderr.write(text),
  });
  if (interruption.isInterrupted()) throw interruptedBeforePlans();
  if (run.code !== 0 || !existsSync(manifest)) throw failed(project, run);
  return readStacks(project.output);
}

/** Where the app made the constructs of a stack, which it recorded for this synthesis only. Undefined if it recorded nothing. */
export async function takeRecordedOrigins({ folder }: Stack): Promise<unknown> {
  const path = join(folder, ORIGINS_FILE);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  await rm(path, { force: true });
  return JSON.parse(text);
}

function failed(project: Project, run: ChildRun): Error {
  const { code, signal } = run;
  const end = code === 0 ? "ended without calling synth()" : `ended with ${signal === undefined ? `exit code ${code}` : signal}`;
  const missing = code === 0 ? undefined : missingPackage(run);
  return problem("synthesis-failed", {
    why: `The app ${end}: ${project.app}.`,
    fix: code === 0 ? WITHOUT_SYNTH : missing === undefined ? WITH_MESSAGE : installationOf(missing, project),
  });
}

const WITHOUT_SYNTH = "Call synth() at the end of the app; synthesizeApp() does it.";
const WITH_MESSAGE = "Correct what the message of the app above names, and run the command again.";

function installationOf(missing: string, { folder }: Project): string {
  const other = otherHost(missing);
  if (other === undefined || !existsSync(join(folder, "node_modules", other)))
    return `The package ${missing} is not installed. Run npm install first.`;
  return `The package ${missing} is not installed, and ${other} is. Import from "${other}" and "${ENTRIES[other]}", or run npm install ${missing}.`;
}

/** What Node.js says about a package that it does not find; a path begins with a point or a slash, or is an address. */
function missingPackage({ stderr }: ChildRun): string | undefined {
  return /Cannot find (?:package|module) '((?:@[\w.-]+\/)?\w[\w.-]*)[^':]*'/.exec(stderr)?.[1];
}

/** The names are the same in lib/construct-origins.ts. */
const ORIGINS_VARIABLE = "BITLIFT_CONSTRUCT_ORIGINS";
const ORIGINS_FILE = "bitlift-origins.json";

/** What cdktf sets. Terraform's variables are for the engine: an app that read them would write their values into its output. */
function appEnvironment(project: Project, { parts, recordsOrigins, backing }: SynthesisOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TF_VAR_"));
  // An app without a file takes the backing from its context.
  const context = { ...project.context, ...contextOfEnvironment(), ...(backing === undefined ? {} : { bitliftBacking: backing }) };
  return {
    NODE_OPTIONS: "--max-old-space-size=4096",
    ...Object.fromEntries(inherited),
    CDKTF_OUTDIR: project.output,
    CDKTF_CONTEXT_JSON: JSON.stringify(context),
    // In a pipeline, the app would print which files another folder needs. The command runs the engine in this one, or copies them.
    BITLIFT_RUNS_ENGINE: "1",
    // The command has printed the warnings of this file.
    ...(project.file === undefined ? {} : { BITLIFT_CHECKED_FILE: project.file }),
    ...(parts === undefined ? {} : { BITLIFT_PARTS: parts.join(",") }),
    ...(backing === undefined ? {} : { BITLIFT_BACKING: backing }),
    ...(recordsOrigins === true ? { [ORIGINS_VARIABLE]: "1" } : {}),
  };
}
