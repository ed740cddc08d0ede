/** A CDKTF project of its own in a temporary folder: this repository's app, a configuration that may change, and runs of cdktf and the engine. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import type { Children, Ended } from "./children";
import { diagnosticsIn, readPlan, type PlannedChange, type Said } from "./plan-reading";

const ROOT = resolve(__dirname, "../..");

/** `context.bitlift` of cdktf.json. */
export type Context = Readonly<Record<string, unknown>>;

/** A plan: whether anything changes, what, and what was said. */
export interface Plan {
  /** Where the engine saved it, seen from the stack's folder. */
  readonly file: string;
  readonly empty: boolean;
  readonly resources: readonly PlannedChange[];
  readonly said: readonly Said[];
}

/** The first stack of an app that has one. */
const STACK = "bitbucket";

export class Project {
  private plans = 0;

  private constructor(
    readonly folder: string,
    private readonly engine: Engine,
    private readonly children: Children,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Makes the project in `folder`. `variables` are what the app and the provider find in their environment. */
  static async create(folder: string, engine: Engine, children: Children, variables: Readonly<Record<string, string>>): Promise<Project> {
    const env = await cleanEnvironment(engine, folder, { ...variables, CDKTF_SKIP_PROVIDER_LOCK: "true", FORCE_COLOR: "0" });
    const project = join(folder, "project");
    await mkdir(project, { recursive: true });
    return new Project(project, engine, children, env);
  }

  /** Writes cdktf.json: this repository's app, with this configuration. */
  async configure(context: Context): Promise<void> {
    const app = [process.execPath, join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(ROOT, "main.ts")]
      .map((part) => JSON.stringify(part))
      .join(" ");
    const own = JSON.parse(await readFile(join(ROOT, "cdktf.json"), "utf8")) as Record<string, unknown>;
    await writeFile(join(this.folder, "cdktf.json"), JSON.stringify({ ...own, app, context: { bitlift: context } }, null, 2));
  }

  /** The configuration that comes with this repository. */
  static async ownContext(): Promise<Context> {
    const { context } = JSON.parse(await readFile(join(ROOT, "cdktf.json"), "utf8")) as { readonly context: { readonly bitlift: Context } };
    return context.bitlift;
  }

  /** Runs the CDKTF command line, showing `onLine` each line that it prints, and insists on success. */
  async cdktf(args: readonly string[], onLine: (line: string) => void = () => undefined): Promise<string> {
    let rest = "";
    const onText = (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(onLine);
    };
    const command = [join(ROOT, "node_modules/cdktf-cli/bundle/bin/cdktf.js"), ...args];
    const { code, output } = await this.children.run(process.execPath, command, this.folder, this.env, onText);
    if (code !== 0) throw new Error(`cdktf ${args.join(" ")} ended with exit code ${String(code)}:\n${output.trim()}`);
    return output;
  }

  /** Plans with the engine itself, where cdktf left the stack; the changes are what `show -json` says of the saved plan. */
  async plan(...args: string[]): Promise<Plan> {
    const file = `plan-${String(++this.plans)}.bin`;
    const planned = await this.inStack("plan", "-json", "-input=false", "-detailed-exitcode", `-out=${file}`, ...args);
    if (planned.code === 1) throw new Error(`the plan failed:\n${planned.output.trim()}`);
    const shown = await this.inStack("show", "-json", file);
    if (shown.code !== 0) throw new Error(`the plan could not be shown:\n${shown.output.trim()}`);
    return { file, empty: planned.code === 0, resources: readPlan(shown.output), said: diagnosticsIn(planned.output) };
  }

  /** Applies a saved plan, and insists on success. */
  async apply({ file }: Plan): Promise<void> {
    const { code, output } = await this.inStack("apply", "-json", "-input=false", file);
    if (code !== 0) throw new Error(`the apply failed:\n${output.trim()}`);
  }

  /** Applies a saved plan that should fail; what was said, and undefined when it succeeded all the same. */
  async refusedApply({ file }: Plan): Promise<readonly Said[] | undefined> {
    const { code, output } = await this.inStack("apply", "-json", "-input=false", file);
    return code === 0 ? undefined : diagnosticsIn(output);
  }

  /** Attributes of every resource in the state, by address. */
  async state(): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
    interface Shown {
      readonly values?: {
        readonly root_module?: { readonly resources?: readonly { readonly address: string; readonly values: Record<string, unknown> }[] };
      };
    }
    const shown = await this.inStack("show", "-json");
    if (shown.code !== 0) throw new Error(`the state could not be shown:\n${shown.output.trim()}`);
    const { values } = JSON.parse(shown.output) as Shown;
    return new Map((values?.root_module?.resources ?? []).map((resource) => [resource.address, resource.values]));
  }

  private inStack(...args: string[]): Promise<Ended> {
    return this.children.run(this.engine.path, args, join(this.folder, "cdktf.out/stacks", STACK), this.env);
  }
}
