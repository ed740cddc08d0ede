/** A CDKTF project in a temporary folder: this repository's app with a changing bitlift.yaml, and the commands of cdktf and the engine. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import { changesIn, diagnosticsIn, readPlan, type EngineDiagnostic, type Fields, type PlannedChange, type ProgramEnd } from "../harness";
import type { ChildProcesses } from "./child-processes";

const ROOT = resolve(__dirname, "../..");
/** The only stack of the app. */
const STACK = "main";

export interface Plan {
  /** Path of the saved plan, relative to the folder of the stack. */
  readonly file: string;
  readonly isEmpty: boolean;
  readonly resources: readonly PlannedChange[];
  readonly changes: readonly PlannedChange[];
  readonly diagnostics: readonly EngineDiagnostic[];
}

/** The bitlift.yaml of this repository. */
export function readBitliftFile(): Promise<string> {
  return readFile(join(ROOT, "bitlift.yaml"), "utf8");
}

interface ProjectOptions {
  readonly engine: Engine;
  readonly children: ChildProcesses;
  /** An empty folder. */
  readonly folder: string;
  /** Environment variables of the app and the provider. */
  readonly variables: Readonly<Record<string, string>>;
}

export class CdktfProject {
  readonly #folder: string;
  readonly #engine: Engine;
  readonly #children: ChildProcesses;
  readonly #env: Readonly<Record<string, string>>;
  #planCount = 0;

  private constructor({ folder, engine, children }: ProjectOptions, env: Readonly<Record<string, string>>) {
    this.#folder = join(folder, "project");
    this.#engine = engine;
    this.#children = children;
    this.#env = env;
  }

  static async create(options: ProjectOptions): Promise<CdktfProject> {
    const variables = { ...options.variables, CDKTF_SKIP_PROVIDER_LOCK: "true", FORCE_COLOR: "0" };
    const project = new CdktfProject(options, await cleanEnvironment(options.engine, options.folder, variables));
    await mkdir(project.#folder, { recursive: true });
    return project;
  }

  /** The path of bitlift.yaml. */
  get file(): string {
    return join(this.#folder, "bitlift.yaml");
  }

  /** Writes bitlift.yaml, and a cdktf.json that starts this repository's app. */
  async configure(file: string): Promise<void> {
    const app = [process.execPath, join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(ROOT, "main.ts")]
      .map((part) => JSON.stringify(part))
      .join(" ");
    const original = JSON.parse(await readFile(join(ROOT, "cdktf.json"), "utf8")) as Fields;
    await writeFile(join(this.#folder, "cdktf.json"), JSON.stringify({ ...original, app }, null, 2));
    await writeFile(this.file, file);
  }

  /** Runs the CDKTF command line, and passes each line of its output to `onLine`. @throws if it fails */
  async cdktf(args: readonly string[], onLine: (line: string) => void = () => undefined): Promise<string> {
    let rest = "";
    const onText = (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(onLine);
    };
    const command = [join(ROOT, "node_modules/cdktf-cli/bundle/bin/cdktf.js"), ...args];
    const { code, output } = await this.#children.run(process.execPath, command, this.#folder, this.#env, onText);
    if (code !== 0) throw new Error(`cdktf ${args.join(" ")} ended with exit code ${code}:\n${output.trim()}`);
    return output;
  }

  /** Plans in the folder that cdktf synthesized, and saves the plan. @throws if the plan fails */
  async plan(...args: string[]): Promise<Plan> {
    const file = `plan-${++this.#planCount}.bin`;
    const planned = await this.#runEngine("plan", "-json", "-input=false", "-detailed-exitcode", `-out=${file}`, ...args);
    if (planned.code === 1) throw new Error(`The plan failed:\n${planned.output.trim()}`);
    const shown = await this.#runEngine("show", "-json", file);
    if (shown.code !== 0) throw new Error(`The plan cannot be read:\n${shown.output.trim()}`);
    const resources = readPlan(shown.stdout);
    const diagnostics = diagnosticsIn(planned.stdout);
    return { file, isEmpty: planned.code === 0, resources, changes: changesIn(resources), diagnostics };
  }

  /** What `bitlift review` prints about the changes of bitlift.yaml. @throws unless it finds changes */
  async review(...args: string[]): Promise<string> {
    const command = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(ROOT, "packages/cli/bin.js"), "review", ...args];
    const { code, stdout, output } = await this.#children.run(process.execPath, command, this.#folder, this.#env);
    if (code !== 2) throw new Error(`bitlift review ended with exit code ${code}:\n${output.trim()}`);
    return stdout.trim();
  }

  /** Applies a saved plan. @throws if the apply fails */
  async apply({ file }: Plan): Promise<void> {
    const { code, output } = await this.#runEngine("apply", "-json", "-input=false", file);
    if (code !== 0) throw new Error(`The apply failed:\n${output.trim()}`);
  }

  /** Applies a saved plan whose apply must fail, and returns the diagnostics. @throws if the apply succeeds */
  async applyWithErrors({ file }: Plan): Promise<readonly EngineDiagnostic[]> {
    const { code, stdout } = await this.#runEngine("apply", "-json", "-input=false", file);
    if (code === 0) throw new Error("The apply succeeded, but it should have failed.");
    return diagnosticsIn(stdout);
  }

  /** Attributes of every resource in the state, by address. */
  async state(): Promise<ReadonlyMap<string, Fields>> {
    interface State {
      readonly values?: {
        readonly root_module?: { readonly resources?: readonly { readonly address: string; readonly values: Fields }[] };
      };
    }
    const shown = await this.#runEngine("show", "-json");
    if (shown.code !== 0) throw new Error(`The state cannot be read:\n${shown.output.trim()}`);
    const { values } = JSON.parse(shown.stdout) as State;
    return new Map((values?.root_module?.resources ?? []).map((resource) => [resource.address, resource.values]));
  }

  #runEngine(...args: string[]): Promise<ProgramEnd> {
    return this.#children.run(this.#engine.path, args, join(this.#folder, "cdktf.out/stacks", STACK), this.#env);
  }
}
