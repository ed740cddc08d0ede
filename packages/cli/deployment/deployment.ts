/** Plans and applies the parts of one project: what `bitlift plan` and `bitlift apply` share. */
import { basename } from "node:path";
import type { Configuration } from "../../configuration";
import { Problem } from "../../diagnostics";
import { chooseEngine } from "../../engine";
import { FAILURE } from "../exit-codes";
import { readCheckedConfiguration } from "../findings";
import { readProject } from "../project/project";
import { synthesize } from "../project/synthesis";
import type { ColorOption } from "../terminal";
import { Interruption } from "./child";
import { EngineCommands, interrupted } from "./engine-commands";
import { leftParts } from "./left-states";
import { leftPartText } from "./left-states-text";
import { newKeys } from "./new-keys";
import type { Plan } from "./plan-json";
import { missingSpace } from "./missing-spaces";
import { checkNames, orderParts, reasonsToWait, type OrderedPart, type Outcome } from "./parts";
import type { PlanFolder } from "./plan-folder";
import { reporterFor, statusOf, type PartResult, type Reporter } from "./reporter";

export interface DeploymentOptions extends ColorOption {
  /** Names of parts; undefined for all. */
  readonly part?: readonly string[];
  readonly json?: boolean;
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
  const deployment = await Deployment.prepare(command, options);
  if (deployment === undefined) return FAILURE;
  let exitCode = FAILURE;
  try {
    exitCode = await run(deployment);
  } finally {
    deployment.reporter.ended(exitCode);
    deployment.end();
  }
  return exitCode;
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

  private constructor(
    parts: readonly OrderedPart[],
    reporter: Reporter,
    commands: EngineCommands,
    interruption: Interruption,
    configuration: Configuration | undefined,
    diagnostics: ReadonlyMap<string, readonly object[]>,
  ) {
    this.parts = parts;
    this.#names = new Set(parts.map(({ name }) => name));
    this.reporter = reporter;
    this.mostRemovals = configuration?.mostRemovals ?? DEFAULT_MOST_REMOVALS;
    this.diagnostics = diagnostics;
    this.#commands = commands;
    this.#interruption = interruption;
    this.#configuration = configuration;
  }

  /** Reads the file, finds the engine, and synthesizes. @returns undefined if the file has errors, which are printed. */
  static async prepare(command: string, options: DeploymentOptions): Promise<Deployment | undefined> {
    const project = readProject();
    const configuration = project.file === undefined ? undefined : await readCheckedConfiguration(project.file, options);
    if (project.file !== undefined && configuration === undefined) return undefined;
    if (configuration !== undefined) {
      checkNames(
        options.part ?? [],
        configuration.parts.map(({ name }) => name),
      );
    }
    const engine = await chooseEngine();
    const reporter = options.reporter ?? reporterFor(options);
    const interruption = new Interruption(() => reporter.note("Stopping. The engine finishes what it has started, and stores it."));
    const stacks = await synthesize(project, { parts: options.part, recordsOrigins: options.recordsOrigins }, interruption);
    if (interruption.isInterrupted()) throw interrupted();
    const parts = orderParts(stacks, configuration, options.part);
    const hasSeveralParts = (configuration?.parts ?? stacks).length > 1;
    const diagnostics = new Map(parts.map(({ name }) => [name, [] as object[]]));
    const onMessage: ConstructorParameters<typeof EngineCommands>[0]["onMessage"] = (part, message) => {
      if (message.diagnostic !== undefined) diagnostics.get(part.name)?.push(message.raw);
      reporter.message(part, message);
    };
    reporter.started(command, parts);
    // With --part, the app may have left out parts that still exist.
    if (configuration !== undefined && options.part === undefined) {
      const left = await leftParts(stacks);
      for (const one of left) reporter.left(one, leftPartText(one, left, configuration.parts, basename(engine.path)));
    }
    const { environment } = reporter;
    const { onPlan, locksState } = options;
    const commands = new EngineCommands({ engine, interruption, hasSeveralParts, environment, onMessage, onPlan, locksState });
    return new Deployment(parts, reporter, commands, interruption, configuration, diagnostics);
  }

  /** Plans every part that need not wait for another of them. Plans without changes are not kept. */
  async plan(parts: readonly OrderedPart[], folder: PlanFolder): Promise<readonly PartResult[]> {
    const outcomes = new Map<string, Outcome>();
    const results: PartResult[] = [];
    for (const part of parts) {
      const waitsFor = reasonsToWait(part, outcomes);
      const result: PartResult = waitsFor.length > 0 ? { part: part.name, status: "waits", waitsFor } : await this.#planPart(part, folder);
      outcomes.set(part.name, "plan" in result ? { state: "planned", plan: result.plan } : { state: result.status });
      results.push(result);
      this.reporter.planned(result);
    }
    return results;
  }

  /** Reads a saved plan of a part, whose folder it initializes. */
  async readPlan(part: OrderedPart, folder: PlanFolder): Promise<PartResult> {
    this.reporter.phase(part, "init");
    await this.#commands.initialize(part);
    const plan = await this.#commands.show(part, folder.file(part.name));
    return this.#planned(part, plan);
  }

  /** @returns the names of the parts that were not applied, because the engine failed for them or for a part before them */
  async apply(results: readonly PartResult[], folder: PlanFolder): Promise<readonly string[]> {
    const failed = new Set<string>();
    for (const { part, plan } of this.#applyOrder(results)) {
      if (part.after.some((name) => failed.has(name))) {
        failed.add(part.name);
        continue;
      }
      const webhooks = plan.changes.filter(({ action, type }) => action !== undefined && type.endsWith("_webhook")).length;
      this.reporter.phase(part, "apply", webhooks);
      try {
        await this.#commands.apply(part, folder.file(part.name));
        this.reporter.applied(part);
      } catch (thrown) {
        this.#reportFailure(thrown);
        failed.add(part.name);
      }
    }
    return [...failed];
  }

  end(): void {
    this.#interruption.stop();
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
      return { part: part.name, status: "failed", message: this.#reportFailure(thrown) };
    }
  }

  #planned({ name: part }: OrderedPart, plan: Plan): Extract<PartResult, { readonly plan: Plan }> {
    return { part, status: statusOf(plan), plan, newKeys: this.#configuration === undefined ? [] : newKeys(this.#configuration, plan) };
  }

  /** @throws what is not a failure of the engine */
  #reportFailure(thrown: unknown): string {
    if (!(thrown instanceof Problem) || thrown.diagnostic.code !== "engine-command-failed") throw thrown;
    this.reporter.note(`Error: ${thrown.diagnostic.why}`);
    return thrown.diagnostic.why;
  }

  /** Parts whose Spaces are deleted come after those that still have something in these Spaces. */
  #applyOrder(results: readonly PartResult[]) {
    const changing = results.flatMap((result) => {
      const part = this.parts.find(({ name }) => name === result.part);
      return result.status === "changes" && part !== undefined ? [{ part, plan: result.plan }] : [];
    });
    const onlyDeletesSpaces = ({ plan }: (typeof changing)[number]) => {
      const spaces = plan.changes.filter(({ type, action }) => type === "bitlift_space" && action !== undefined);
      return spaces.length > 0 && spaces.every(({ action }) => action === "delete");
    };
    return [...changing.filter((entry) => !onlyDeletesSpaces(entry)), ...changing.filter(onlyDeletesSpaces)];
  }
}
