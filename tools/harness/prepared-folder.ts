/** A folder with a configuration and an installed plugin, in which the engine runs. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import { diagnosticsIn, progressIn, type ApplyProgress, type EngineDiagnostic } from "./engine-output";
import { changesIn, readPlan, type PlannedChange } from "./plan";
import { installPlugin, requiredProviders, reuseInstallation, type RequiredProvider } from "./plugin-installation";
import type { Variables } from "./product";
import { runProgram, startProgram, type ProgramEnd } from "./program";
import { WaitingPlugin } from "./waiting-plugin";

/** A command of the engine that has ended. */
export interface EngineRun extends ProgramEnd {
  readonly diagnostics: readonly EngineDiagnostic[];
}

export interface PlanRun extends EngineRun {
  /** Path of the saved plan, relative to the folder. */
  readonly file: string;
  /** The plan as JSON; empty if it has no changes or failed. */
  readonly json: string;
  readonly changes: readonly PlannedChange[];
}

/** A command of the engine that is still running. */
export interface RunningEngine {
  readonly pid: number;
  /** The progress messages so far. */
  progress(): readonly ApplyProgress[];
  readonly ended: Promise<EngineRun>;
}

export interface FolderOptions {
  readonly engine: Engine;
  /** A new folder; the configuration is in a folder below it. */
  readonly root: string;
  readonly variables: Variables;
  /** A folder in which the plugin is already installed; if undefined, the new folder gets its own installation. */
  readonly installation?: string;
  /** The plugin's executable, if it is not the one that this checkout has built. */
  readonly plugin?: string;
  /** Whether the engine starts the plugin, as it does for users, or uses a waiting plugin, which is faster. */
  readonly pluginStart?: "by engine" | "waiting";
  /** The providers of the installation in addition to the plugin, by their names. */
  readonly providers?: Readonly<Record<string, RequiredProvider>>;
  /** Called after each command. @throws to fail the command */
  readonly check?: (run: EngineRun) => void;
}

export class PreparedFolder {
  readonly engine: Engine;
  /** The folder with the configuration. */
  readonly path: string;
  /** Environment of every command. */
  readonly environment: Readonly<Record<string, string>>;
  readonly #options: FolderOptions;
  readonly #plugins = new Map<string, Promise<WaitingPlugin>>();
  #planCount = 0;

  private constructor(options: FolderOptions, environment: Readonly<Record<string, string>>) {
    this.engine = options.engine;
    this.path = join(options.root, "stack");
    this.environment = environment;
    this.#options = options;
  }

  static async create(options: FolderOptions): Promise<PreparedFolder> {
    const { engine, root, variables, installation, plugin } = options;
    const folder = new PreparedFolder(options, await cleanEnvironment(engine, root, variables));
    await mkdir(folder.path, { recursive: true });
    if (installation === undefined) await installPlugin(engine.path, folder.path, folder.environment, plugin);
    else await reuseInstallation(installation, folder.path);
    return folder;
  }

  /** Stops the waiting plugins, and removes the folder with everything in it. */
  async remove(): Promise<void> {
    await this.#stopPlugins();
    await rm(this.#options.root, { recursive: true, force: true });
  }

  /** Writes the configuration, in Terraform's JSON form. */
  async write(configuration: Readonly<Record<string, unknown>>): Promise<void> {
    await writeFile(
      join(this.path, "main.tf.json"),
      JSON.stringify({ terraform: requiredProviders(this.#options.providers), ...configuration }, null, 2),
    );
  }

  async run(args: readonly string[], variables: Variables = {}): Promise<EngineRun> {
    const env = this.#environmentWith(variables);
    const plugin = await this.#pluginFor(env);
    return this.#finish(await runProgram(this.engine.path, args, { cwd: this.path, env: { ...env, ...plugin } }));
  }

  /** Starts a command without waiting for its end. The engine starts the plugin. */
  start(args: readonly string[], variables: Variables = {}): RunningEngine {
    // Waits for the exit only, because a plugin that outlives the engine keeps the streams open.
    const options = { cwd: this.path, env: this.#environmentWith(variables), untilExit: true };
    const program = startProgram(this.engine.path, args, options);
    const { pid, ended } = program;
    if (pid === undefined) throw new Error(`${this.engine.path} did not start.`);
    return { pid, progress: () => progressIn(program.stdout()), ended: ended.then((end) => this.#finish(end)) };
  }

  /** Plans and saves the plan. Exit code 0: no changes; 2: changes. */
  async plan(args: readonly string[] = [], variables: Variables = {}): Promise<PlanRun> {
    const file = `plan-${++this.#planCount}.bin`;
    const run = await this.run(["plan", "-json", "-input=false", "-detailed-exitcode", `-out=${file}`, ...args], variables);
    const json = run.code === 2 ? (await this.run(["show", "-json", file], variables)).stdout : "";
    return { ...run, file, json, changes: json === "" ? [] : changesIn(readPlan(json)) };
  }

  apply(args: readonly string[] = [], variables: Variables = {}): Promise<EngineRun> {
    return this.run(["apply", "-json", "-input=false", "-auto-approve", ...args], variables);
  }

  /** Applies a saved plan with a new plugin process, because in practice the process that applies is not the one that planned. */
  async applyPlan({ file }: PlanRun, variables: Variables = {}): Promise<EngineRun> {
    await this.#stopPlugins();
    return this.run(["apply", "-json", "-input=false", file], variables);
  }

  destroy(args: readonly string[] = [], variables: Variables = {}): Promise<EngineRun> {
    return this.run(["destroy", "-json", "-input=false", "-auto-approve", ...args], variables);
  }

  /** Writes the configuration and applies it. @throws if the apply fails */
  async deploy(configuration: Readonly<Record<string, unknown>>): Promise<void> {
    await this.write(configuration);
    const applied = await this.apply();
    if (applied.code !== 0) throw new Error(applied.output);
  }

  /** Applies, and plans again. @throws if the apply fails or the second plan has changes */
  async applyAndReplan(variables: Variables = {}): Promise<EngineRun> {
    const applied = await this.apply([], variables);
    if (applied.code !== 0) throw new Error(applied.output);
    const { code, changes, output } = await this.plan([], variables);
    if (code !== 0) throw new Error(`The plan after the apply has changes: ${JSON.stringify(changes, null, 1)}\n${output}`);
    return applied;
  }

  stateFile(): Promise<string> {
    return readFile(join(this.path, "terraform.tfstate"), "utf8");
  }

  /** Replaces the state file, with the content of another release for example. */
  async writeState(content: string): Promise<void> {
    await writeFile(join(this.path, "terraform.tfstate"), content);
  }

  /** Attributes of one managed resource in the state. Reads the state file, because starting an engine takes time. */
  async state(address: string): Promise<Record<string, unknown> | undefined> {
    const file = await this.stateFile().catch(() => '{"resources":[]}');
    const { resources } = JSON.parse(file) as { readonly resources: readonly StateResource[] };
    const found = resources.find(({ mode, type, name }) => mode === "managed" && `${type}.${name}` === address);
    return found?.instances.find(({ deposed }) => deposed === undefined)?.attributes;
  }

  #finish(end: ProgramEnd): EngineRun {
    const run = { ...end, diagnostics: diagnosticsIn(end.stdout) };
    this.#options.check?.(run);
    return run;
  }

  #environmentWith(variables: Variables): Record<string, string> {
    const entries = Object.entries({ ...this.environment, ...variables });
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
  }

  /** Uses one waiting plugin for each environment, because a plugin reads credentials from its environment. */
  async #pluginFor(env: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
    if (this.#options.pluginStart !== "waiting") return {};
    const key = JSON.stringify(env);
    const plugin = this.#plugins.get(key) ?? WaitingPlugin.start(this.path, env);
    this.#plugins.set(key, plugin);
    return (await plugin).variables;
  }

  async #stopPlugins(): Promise<void> {
    const plugins = [...this.#plugins.values()];
    this.#plugins.clear();
    for (const plugin of plugins) await (await plugin).stop();
  }
}

interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly deposed?: string; readonly attributes: Record<string, unknown> }[];
}
