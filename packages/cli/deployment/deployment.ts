/** Plans and applies the parts of one project: what `bitlift plan` and `bitlift apply` share. */
import { basename } from "node:path";
import type { Configuration } from "../../configuration";
import { Problem } from "../../diagnostics";
import { chooseEngine, type Engine } from "../../engine";
import { FAILURE } from "../exit-codes";
import { exitCodeOf } from "../failure";
import { readCheckedConfiguration } from "../findings";
import { readProject } from "../project/project";
import { synthesize } from "../project/synthesis";
import type { ColorOption } from "../terminal";
import { Interruption } from "./child";
import { emptySets } from "./empty-sets";
import { EngineCommands } from "./engine-commands";
import { AppliedChanges } from "./applied-changes";
import { applyOrder } from "./apply-order";
import { stoppingText } from "./interrupted";
import { leftParts } from "./left-states";
import { leftPartText } from "./left-states-text";
import { messagesInFile } from "./message-in-file";
import { newKeys } from "./new-keys";
import type { Plan } from "./plan-json";
import { missingSpace } from "./missing-spaces";
import { checkNames, orderParts, reasonsToWait, type OrderedPart, type Outcome } from "./parts";
import type { PlanFolder } from "./plan-folder";
import { reporterFor, statusOf, type AppliedPart, type PartResult, type Reporter } from "./reporter";
import { defaultParallel, runScheduled, type Scheduled } from "./schedule";
import { unmovedObjectsText } from "./unmoved-objects";

export interface DeploymentOptions extends ColorOption {
  /** Names of parts; undefined for all. */
  readonly part?: readonly string[];
  readonly json?: boolean;
  /** The most parts that run at the same time; undefined for the default. */
  readonly parallel?: number;
  /** Instead of the one that prints plans. */
  readonly reporter?: Reporter;
  /** False if nothing is applied: several may then plan at once, also with a key that can only read the state. */
  readonly locksState?: boolean;
  /** Whether the app records where it makes each construct. */
  readonly recordsOrigins?: boolean;
  /** Gets each plan in the form that the engine prints. */
  readonly onPlan?: (part: OrderedPart, json: string) => void;
}

/** Runs a command on a project, and reports its end. @returns the exit code: 1 if the file has errors */
export async function deploy(
  command: string,
  options: DeploymentOptions,
  run: (deployment: Deployment) => Promise<number>,
): Promise<number> {
  const reporter = options.reporter ?? reporterFor(options);
  let deployment: Deployment | undefined;
  try {
    deployment = await Deployment.prepare(command, options, reporter);
    const exitCode = deployment === undefined ? FAILURE : await run(deployment);
    reporter.ended(exitCode);
    return exitCode;
  } catch (thrown) {
    reporter.ended(exitCodeOf(thrown), thrown);
    throw thrown;
  } finally {
    deployment?.end();
  }
}

const DEFAULT_MOST_REMOVALS = 0.25;

export class Deployment {
  readonly parts: readonly OrderedPart[];
  readonly reporter: Reporter;
  readonly mostRemovals: number;
  /** The warnings and errors of each part, as the engine printed them. */
  readonly diagnostics: ReadonlyMap<string, readonly object[]>;
  readonly #names: ReadonlySet<string>;
  readonly #commands: EngineCommands;
  readonly #interruption: Interruption;
  readonly #configuration: Configuration | undefined;
  readonly #atOnce: number;
  readonly #applied: AppliedChanges;
  readonly #engine: Engine;

  private constructor(
    parts: readonly OrderedPart[],
    reporter: Reporter,
    commands: EngineCommands,
    interruption: Interruption,
    configuration: Configuration | undefined,
    atOnce: number,
    diagnostics: ReadonlyMap<string, readonly object[]>,
    applied: AppliedChanges,
    engine: Engine,
  ) {
    this.parts = parts;
    this.#names = new Set(parts.map(({ name }) => name));
    this.reporter = reporter;
    this.mostRemovals = configuration?.mostRemovals ?? DEFAULT_MOST_REMOVALS;
    this.diagnostics = diagnostics;
    this.#commands = commands;
    this.#interruption = interruption;
    this.#configuration = configuration;
    this.#atOnce = atOnce;
    this.#applied = applied;
    this.#engine = engine;
  }

  /** Reads the file, finds the engine, and synthesizes. @returns undefined if the file has errors, which are printed. */
  static async prepare(command: string, options: DeploymentOptions, reporter: Reporter): Promise<Deployment | undefined> {
    const project = readProject();
    const configuration = project.file === undefined ? undefined : await readCheckedConfiguration(project.file, options, reporter.findings);
    if (project.file !== undefined && configuration === undefined) return undefined;
    if (configuration !== undefined) {
      checkNames(
        options.part ?? [],
        configuration.parts.map(({ name }) => name),
      );
    }
    const engine = await chooseEngine();
    let isSynthesized = false;
    const interruption = new Interruption(({ isRunning }) => reporter.note(stoppingText(isRunning && isSynthesized)));
    const stacks = await synthesize(project, { parts: options.part, recordsOrigins: options.recordsOrigins }, interruption);
    isSynthesized = true;
    const parts = orderParts(stacks, configuration, options.part);
    const hasSeveralParts = (configuration?.parts ?? stacks).length > 1;
    const inFile = messagesInFile(configuration);
    const diagnostics = new Map(parts.map(({ name }) => [name, [] as object[]]));
    const applied = new AppliedChanges();
    const onMessage: ConstructorParameters<typeof EngineCommands>[0]["onMessage"] = (part, message) => {
      const { diagnostic } = message;
      if (diagnostic !== undefined) diagnostics.get(part.name)?.push(message.raw);
      applied.message(part.name, message);
      reporter.message(part, diagnostic === undefined ? message : { ...message, inFile: inFile(diagnostic) });
    };
    reporter.started(command, parts);
    // With --part, the app may have left out parts that still exist.
    if (configuration !== undefined && options.part === undefined) {
      const left = await leftParts(stacks);
      for (const one of left) reporter.left(one, leftPartText(one, left, configuration.parts, basename(engine.path)));
    }
    const { environment } = reporter;
    const { onPlan, locksState } = options;
    const messagesAbout = configuration && (({ name }: OrderedPart, plan: Plan) => emptySets(configuration, name, plan));
    const commands = new EngineCommands({
      engine,
      interruption,
      hasSeveralParts,
      environment,
      onMessage,
      messagesAbout,
      onPlan,
      locksState,
    });
    const atOnce = sharesPlugin() ? 1 : (options.parallel ?? defaultParallel());
    return new Deployment(parts, reporter, commands, interruption, configuration, atOnce, diagnostics, applied, engine);
  }

  /**
   * Plans every part that need not wait for another of them. Plans without changes are not kept.
   * @returns the results in the order of the parts
   */
  plan(parts: readonly OrderedPart[], folder: PlanFolder): Promise<readonly PartResult[]> {
    const outcomes = new Map<string, Outcome>();
    return this.#results(parts, async (part) => {
      const waitsFor = reasonsToWait(part, outcomes);
      const result: PartResult = waitsFor.length > 0 ? { part: part.name, status: "waits", waitsFor } : await this.#planPart(part, folder);
      outcomes.set(part.name, "plan" in result ? { state: "planned", plan: result.plan } : { state: result.status });
      return result;
    });
  }

  /** Reads the saved plans of parts, whose folders it initializes. */
  readPlans(parts: readonly OrderedPart[], folder: PlanFolder): Promise<readonly PartResult[]> {
    folder.checkPlans(parts.map(({ name }) => name));
    return this.#results(parts, async (part) => {
      this.reporter.phase(part, "init");
      await this.#commands.initialize(part);
      return this.#planned(part, await this.#commands.show(part, folder.file(part.name)));
    });
  }

  /** How many managed objects of each type the state of a part contains, which need not have a plan. Empty if the engine cannot read it. */
  async stateCounts(name: string): Promise<ReadonlyMap<string, number>> {
    const part = this.parts.find((candidate) => candidate.name === name);
    if (part === undefined) return new Map();
    try {
      await this.#commands.initialize(part);
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.diagnostic.code === "engine-command-failed") return new Map();
      throw thrown;
    }
    return this.#commands.stateCounts(part);
  }

  /** @returns the parts that were not applied completely, because the engine failed for them or for a part before them */
  async apply(results: readonly PartResult[], folder: PlanFolder): Promise<readonly AppliedPart[]> {
    const failed = new Map<string, AppliedPart>();
    const order = applyOrder(this.parts, results);
    await this.#inParallel(order, async ({ part, plan }) => {
      const isApplied = !part.after.some((name) => failed.has(name)) && (await this.#applyPart(part, plan, folder));
      const applied: AppliedPart = { part: part.name, isApplied, plan, done: this.#applied.count(part.name, plan) };
      if (!isApplied) failed.set(part.name, applied);
      this.reporter.applied(applied);
    });
    return order.flatMap(({ name }) => failed.get(name) ?? []);
  }

  end(): void {
    this.#interruption.stop();
  }

  /** In the order of the parts, whichever ends first. */
  async #results(parts: readonly OrderedPart[], resultOf: (part: OrderedPart) => Promise<PartResult>): Promise<readonly PartResult[]> {
    const results = new Map<string, PartResult>();
    await this.#inParallel(parts, async (part) => {
      const result = await resultOf(part);
      results.set(part.name, result);
      this.reporter.planned(result);
    });
    return parts.flatMap(({ name }) => results.get(name) ?? []);
  }

  async #inParallel<Item extends Scheduled>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> {
    this.reporter.roundStarted(items.map(({ name }) => name));
    try {
      await runScheduled(items, this.#atOnce, run);
    } finally {
      this.reporter.roundEnded();
    }
  }

  async #applyPart(part: OrderedPart, plan: Plan, folder: PlanFolder): Promise<boolean> {
    const webhooks = plan.changes.filter(({ action, type }) => action !== undefined && type.endsWith("_webhook")).length;
    this.reporter.phase(part, "apply", webhooks);
    try {
      await this.#commands.apply(part, folder.file(part.name));
      return true;
    } catch (thrown) {
      this.#reportFailure(part, thrown);
      return false;
    }
  }

  async #planPart(part: OrderedPart, folder: PlanFolder): Promise<PartResult> {
    try {
      this.reporter.phase(part, "init");
      await this.#commands.initialize(part);
      this.reporter.phase(part, "plan");
      const plan = await this.#commands.plan(part, folder.file(part.name), (message) => missingSpace(part, message, this.#names));
      if ("waitsFor" in plan) return { part: part.name, status: "waits", waitsFor: plan.waitsFor };
      const result = this.#planned(part, plan);
      if (result.status === "none") await folder.discard(part.name);
      else await folder.protect(part.name);
      return result;
    } catch (thrown) {
      const message = this.#reportFailure(part, thrown);
      const advice = await unmovedObjectsText(part, { engine: this.#engine, interruption: this.#interruption });
      if (advice !== undefined) this.reporter.failed(part, advice);
      return { part: part.name, status: "failed", message };
    }
  }

  #planned({ name: part }: OrderedPart, plan: Plan): Extract<PartResult, { readonly plan: Plan }> {
    return { part, status: statusOf(plan), plan, newKeys: this.#configuration === undefined ? [] : newKeys(this.#configuration, plan) };
  }

  /** @throws what is not a failure of the engine */
  #reportFailure(part: OrderedPart, thrown: unknown): string {
    if (!(thrown instanceof Problem) || thrown.diagnostic.code !== "engine-command-failed") throw thrown;
    this.reporter.failed(part, `Error: ${thrown.diagnostic.why}`);
    return thrown.diagnostic.why;
  }
}

/** A plugin under a debugger is one process for all engines, but each of them configures it for its part. */
function sharesPlugin(): boolean {
  return (process.env["TF_REATTACH_PROVIDERS"] ?? "") !== "";
}
