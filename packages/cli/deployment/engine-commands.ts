/** The commands of the engine in the folder of one part, with the user's own environment and settings. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, isAbsolute, join, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Engine } from "../../engine";
import { problem } from "../catalog";
import { runChild, type ChildRun, type Interruption } from "./child";
import { readMessage, type EngineMessage } from "./engine-messages";
import type { OrderedPart } from "./parts";
import { isInitialized, writeMarker } from "./initialized";
import { interrupted } from "./interrupted";
import { jsonIn, readPlan, readStateCounts, type Plan } from "./plan-json";
import { hasPluginCache } from "./plugin-cache";

export interface EngineCommandsOptions {
  readonly engine: Engine;
  readonly interruption: Interruption;
  /** Whether the project has several, selected or not. */
  readonly hasSeveralParts: boolean;
  /** Further variables of the engine. */
  readonly environment: Readonly<Record<string, string>>;
  /** Each message of `-json`, and the text of commands that have no `-json`. */
  readonly onMessage: (part: OrderedPart, message: EngineMessage) => void;
  readonly locksState?: boolean | undefined;
  /** Further messages about a plan that was just made, which are reported before `onPlan`. */
  readonly messagesAbout?: ((part: OrderedPart, plan: Plan) => readonly EngineMessage[]) | undefined;
  readonly onPlan?: ((part: OrderedPart, json: string) => void) | undefined;
}

interface EngineRun extends ChildRun {
  /** What the engine printed about a failure outside its messages. */
  readonly unexplained: string;
}

export class EngineCommands {
  readonly #options: EngineCommandsOptions;
  #lastInit: Promise<unknown> = Promise.resolve();

  constructor(options: EngineCommandsOptions) {
    this.#options = options;
  }

  /** Runs `init` if the folder has not been initialized for what is in it. @throws Problem `engine-command-failed` */
  async initialize(part: OrderedPart): Promise<void> {
    const data = resolve(part.folder, this.#dataFolder(part) ?? ".terraform");
    if (await isInitialized(data, await this.#initializationHash(part))) return;
    const run = await this.#init(part);
    if (run.code !== 0) throw initFailed(part, basename(this.#options.engine.path), run);
    // After init, because it may have added providers to the lock file.
    await writeMarker(data, await this.#initializationHash(part));
  }

  /** With a plugin cache, one after the other: engines do not lock it, and while one writes a plugin into it, another one may read it. */
  #init(part: OrderedPart): Promise<EngineRun> {
    const init = () => this.#run(part, ["init", "-input=false", "-no-color"]);
    if (!hasPluginCache(part.folder)) return init();
    const run = this.#lastInit.then(init);
    this.#lastInit = run.catch(() => undefined);
    return run;
  }

  /**
   * Saves a plan.
   * @param waitsFor What the part waits for, if a message says only that.
   * @returns the plan, or what the part waits for if nothing else failed
   * @throws Problem `engine-command-failed`
   */
  async plan(
    part: OrderedPart,
    file: string,
    waitsFor: (message: EngineMessage) => string | undefined,
  ): Promise<Plan | { readonly waitsFor: readonly string[] }> {
    const { onMessage } = this.#options;
    const waiting = new Map<EngineMessage, string>();
    const failures: EngineMessage[] = [];
    const lock = this.#options.locksState === false ? ["-lock=false"] : [];
    const run = await this.#run(part, ["plan", "-json", "-input=false", ...lock, `-out=${file}`], (message) => {
      const reason = waitsFor(message);
      if (reason !== undefined) return void waiting.set(message, reason);
      if (message.diagnostic?.severity === "error") failures.push(message);
      onMessage(part, message);
    });
    if (run.code === 0) return this.#read(part, file, this.#options.messagesAbout);
    if (waiting.size > 0 && failures.length === 0) return { waitsFor: [...new Set(waiting.values())] };
    for (const message of waiting.keys()) onMessage(part, message);
    throw failed(part, "plan", run);
  }

  /** Reads a saved plan. @throws Problem `engine-command-failed` */
  show(part: OrderedPart, file: string): Promise<Plan> {
    return this.#read(part, file);
  }

  async #read(part: OrderedPart, file: string, messagesAbout: EngineCommandsOptions["messagesAbout"] = () => []): Promise<Plan> {
    const run = await this.#run(part, ["show", "-json", "-no-color", file]);
    const json = jsonIn(run.stdout);
    if (run.code !== 0 || json === undefined) throw failed(part, "show", run);
    const plan = readPlan(json);
    for (const message of messagesAbout(part, plan)) this.#options.onMessage(part, message);
    this.#options.onPlan?.(part, json);
    return plan;
  }

  /** How many managed objects of each type the state of an initialized part contains. Empty if the engine cannot read it. */
  async stateCounts(part: OrderedPart): Promise<ReadonlyMap<string, number>> {
    const run = await this.#run(part, ["show", "-json", "-no-color"]);
    const json = jsonIn(run.stdout);
    return run.code !== 0 || json === undefined ? new Map() : readStateCounts(json);
  }

  /** Applies a saved plan. @throws Problem `engine-command-failed` */
  async apply(part: OrderedPart, file: string): Promise<void> {
    const run = await this.#run(part, ["apply", "-json", "-input=false", file]);
    if (run.code !== 0) throw failed(part, "apply", run);
  }

  /** Undefined: the default of the engine. An absolute TF_DATA_DIR would be the same folder for all parts, which differ in backend and providers. */
  #dataFolder({ name }: OrderedPart): string | undefined {
    const folder = process.env["TF_DATA_DIR"];
    if (folder === undefined || folder === "") return undefined;
    return isAbsolute(folder) && this.#options.hasSeveralParts ? join(folder, name) : folder;
  }

  /** Everything on standard error is unexplained, unless a message of the engine has already said what is wrong. */
  async #run(
    part: OrderedPart,
    args: readonly string[],
    onMessage = (message: EngineMessage) => this.#options.onMessage(part, message),
  ): Promise<EngineRun> {
    const { engine, interruption, environment } = this.#options;
    if (interruption.isInterrupted()) throw interrupted(interruption);
    const seen = { error: false };
    const onLine = (line: string) => {
      const message = readMessage(line);
      if (message === undefined) return;
      if (message.diagnostic?.severity === "error") seen.error = true;
      onMessage(message);
    };
    const streams = args.includes("-json") && args[0] !== "show";
    const data = this.#dataFolder(part);
    const env = { ...environment, ...engineEnvironment(), ...(data === undefined ? {} : { TF_DATA_DIR: data }) };
    const run = await runChild({
      command: engine.path,
      args,
      cwd: part.folder,
      env,
      interruption,
      ...(streams ? { onLine } : {}),
    });
    // An apply that was complete when the signal arrived is complete.
    if (interruption.isInterrupted() && run.code !== 0) throw interrupted(interruption);
    return { ...run, unexplained: seen.error ? "" : stripVTControlCharacters(run.stderr).trim() };
  }

  /** Of everything that makes another `init` necessary. */
  async #initializationHash({ folder, file }: OrderedPart): Promise<string> {
    const { terraform, module, provider } = JSON.parse(await readFile(file, "utf8")) as Readonly<Record<string, unknown>>;
    const lockFile = join(folder, ".terraform.lock.hcl");
    const lock = existsSync(lockFile) ? await readFile(lockFile, "utf8") : "";
    const { path, version } = this.#options.engine;
    const providers = Object.keys(provider ?? {});
    return createHash("sha256")
      .update(JSON.stringify([path, version, terraform, module, providers, lock]))
      .digest("hex");
  }
}

/** The user's environment: the engine needs their credentials, certificates and settings. The plugin finds the Node.js that runs this code. */
function engineEnvironment(): NodeJS.ProcessEnv {
  return { BITLIFT_NODE: process.execPath, ...process.env, TF_IN_AUTOMATION: "1" };
}

function failed({ name, folder }: OrderedPart, command: string, { unexplained, signal }: EngineRun): Error {
  const end = signal === undefined ? "failed" : `was ended by ${signal}`;
  const fix =
    signal === undefined
      ? `Correct what the message of the engine names, and run the command again. The folder of the part is ${folder}.`
      : "Find out what ended it, for example a lack of memory. Run bitlift plan before anything else: the state may lack what the engine has done.";
  return problem("engine-command-failed", {
    why: `${command} of part ${name} ${end}.${unexplained === "" ? "" : `\n${unexplained}`}`,
    fix,
  });
}

function initFailed(part: OrderedPart, engine: string, run: EngineRun): Error {
  const text = stripVTControlCharacters(`${run.stdout}\n${run.stderr}`).trim();
  const advice = /-migrate-state|-reconfigure/.test(text)
    ? `\n\nThe folder of the part is ${part.folder}. To copy its state to the backend that is set now:\n  (cd '${part.folder}' && ${engine} init -migrate-state)`
    : "";
  return failed(part, "init", { ...run, unexplained: `${text}${advice}` });
}
