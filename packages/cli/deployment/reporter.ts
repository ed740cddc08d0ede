/** What `plan` and `apply` print: text for people with progress on standard error, or JSON lines for programs. */
import { version } from "../../../package.json";
import { renderFindings, type Finding } from "../../configuration";
import { Problem, renderJson } from "../../diagnostics";
import { codePage } from "../../engine";
import { paintFor, usesColor, type ColorOption, type Paint } from "../terminal";
import type { EngineMessage } from "./engine-messages";
import type { LeftPart } from "./left-states";
import { messageText } from "./message-in-file";
import { newKeyText, type NewKey } from "./new-keys";
import type { OrderedPart } from "./parts";
import type { Plan } from "./plan-json";
import { Progress } from "./progress";
import { REQUEST_REPORT_VARIABLE, RequestReports } from "./request-report";
import { appliedText, countsOf, countsText, hasChanges, partlyAppliedText, planText } from "./summary";
import { Turns } from "./turns";

export type PartResult =
  | { readonly part: string; readonly status: "changes" | "none"; readonly plan: Plan; readonly newKeys: readonly NewKey[] }
  | { readonly part: string; readonly status: "waits"; readonly waitsFor: readonly string[] }
  | { readonly part: string; readonly status: "failed"; readonly message: string };

/** What an apply came to. */
export interface AppliedPart {
  readonly part: string;
  readonly plan: Plan;
  /** False if it failed, or a part before it. */
  readonly isApplied: boolean;
  /** How many of the changes are carried out. */
  readonly done: number;
}

export interface Reporter {
  /** Variables for the engine. */
  readonly environment: Readonly<Record<string, string>>;
  /** What is wrong in the file, besides the text for people. */
  readonly findings: ((findings: readonly Finding[]) => void) | undefined;
  started(command: string, parts: readonly OrderedPart[]): void;
  /** @param text For people. */
  left(part: LeftPart, text: string): void;
  /** These parts are planned or applied, several at the same time. What is printed about them is in this order. */
  roundStarted(parts: readonly string[]): void;
  /** Prints what is left to print if the round ended early. */
  roundEnded(): void;
  /** A phase of one part begins: `init`, `plan` or `apply`. */
  phase(part: OrderedPart, phase: string, webhooks?: number): void;
  message(part: OrderedPart, message: EngineMessage): void;
  /** Why the engine failed, for people. */
  failed(part: OrderedPart, text: string): void;
  planned(result: PartResult): void;
  applied(part: AppliedPart): void;
  /** All plans of one round are there. */
  summary(results: readonly PartResult[]): void;
  /** The last line. @param thrown What ended the command early. */
  ended(exitCode: number, thrown?: unknown): void;
  note(text: string): void;
}

export function reporterFor(options: ColorOption & { readonly json?: boolean }): Reporter {
  return options.json === true ? new JsonReporter() : new TextReporter(options);
}

export class TextReporter implements Reporter {
  readonly findings = undefined;
  readonly #paint: Paint;
  #requests: RequestReports | undefined;
  readonly #progress = new Progress(process.stderr, () => this.#requests?.left());
  #turns = new Turns([]);

  constructor(options: ColorOption) {
    this.#paint = paintFor(usesColor(process.stdout, options));
  }

  /** Creates the folder of the reports, which `ended` removes. */
  get environment(): Readonly<Record<string, string>> {
    this.#requests ??= new RequestReports();
    return { [REQUEST_REPORT_VARIABLE]: this.#requests.folder };
  }

  started(): void {
    // The rounds say what is done.
  }

  left(_part: LeftPart, text: string): void {
    this.note(text);
  }

  roundStarted(parts: readonly string[]): void {
    this.#turns = new Turns(parts);
    this.#progress.start(parts.length);
  }

  roundEnded(): void {
    this.#turns.flush();
  }

  phase(part: OrderedPart, phase: string, webhooks?: number): void {
    this.#progress.phase(part.name, phase, webhooks);
  }

  message(part: OrderedPart, message: EngineMessage): void {
    this.#progress.message(part.name, message);
    const { diagnostic, inFile } = message;
    if (diagnostic !== undefined) this.#turns.print(part.name, () => this.note(messageText(part.name, diagnostic, inFile)));
  }

  failed({ name }: OrderedPart, text: string): void {
    this.#turns.print(name, () => this.note(text));
  }

  planned(result: PartResult): void {
    this.#end(result.part, () => this.print(this.#resultText(result)));
  }

  applied({ part, plan, isApplied, done }: AppliedPart): void {
    const counts = appliedText(plan);
    const text = isApplied ? `applied${counts === "" ? "" : `: ${counts}`}` : this.#paint.red(partlyAppliedText(plan, done));
    this.#end(part, () => this.print(`${this.#paint.bold(part)}: ${text}`));
  }

  #end(part: string, print: () => void): void {
    this.#progress.partDone(part);
    this.#turns.print(part, print);
    this.#turns.end(part);
  }

  summary(results: readonly PartResult[]): void {
    if (results.length === 0) return;
    this.print(`${this.#paint.bold("Plan")}: ${this.#totals(results)}.`);
  }

  /** Like `2 to create in 3 parts; 1 part waits`. Counts nothing if no part could be planned. */
  #totals(results: readonly PartResult[]): string {
    const number = (status: PartResult["status"]) => results.filter((result) => result.status === status).length;
    const [waiting, failed] = [number("waits"), number("failed")];
    const plans = plansIn(results);
    return [
      ...(plans.length === 0 ? [] : [`${countsText(countsOf(plans), this.#paint)} in ${count(results.length, "part", "parts")}`]),
      ...(waiting === 0 ? [] : [count(waiting, "part waits", "parts wait")]),
      ...(failed === 0 ? [] : [this.#paint.red(count(failed, "part failed", "parts failed"))]),
    ].join("; ");
  }

  ended(): void {
    this.#progress.clear();
    this.#requests?.end();
  }

  note(text: string): void {
    this.#progress.clear();
    process.stderr.write(`${text}\n`);
  }

  #resultText(result: PartResult): string {
    const name = this.#paint.bold(result.part);
    if (result.status === "waits") return `${name}: waits for spaces: ${result.waitsFor.join(", ")}`;
    if (result.status === "failed") return `${name}: ${this.#paint.red("failed")}`;
    const hints = result.newKeys.map((newKey) => `  ${this.#paint.yellow(newKeyText(newKey))}`);
    return [planText(result.part, result.plan, this.#paint), ...hints].join("\n");
  }

  /** Removes the line of progress. */
  protected clear(): void {
    this.#progress.clear();
  }

  protected print(text: string): void {
    this.clear();
    process.stdout.write(`${text}\n`);
  }
}

/** One object per line; `type` says what it is. */
class JsonReporter implements Reporter {
  readonly environment = {};
  readonly findings = (findings: readonly Finding[]): void => {
    const { findings: rows } = JSON.parse(renderFindings(findings, "json")) as { readonly findings: readonly object[] };
    for (const row of rows) print({ type: "finding", ...row });
  };
  #turns = new Turns([]);

  started(command: string, parts: readonly OrderedPart[]): void {
    print({ type: "start", format: 1, bitlift: version, command, parts: parts.map(({ name, after }) => ({ name, after })) });
  }

  left({ part, state, objects }: LeftPart, text: string): void {
    print({ type: "left", part, state, objects, message: text });
  }

  roundStarted(parts: readonly string[]): void {
    this.#turns = new Turns(parts);
  }

  roundEnded(): void {
    this.#turns.flush();
  }

  phase(part: OrderedPart, phase: string): void {
    print({ type: "phase", part: part.name, phase });
  }

  message(part: OrderedPart, { raw, inFile }: EngineMessage): void {
    print({ type: "engine", part: part.name, message: raw, place: inFile?.place, advice: inFile?.advice });
  }

  failed(_part: OrderedPart, text: string): void {
    this.note(text);
  }

  planned(result: PartResult): void {
    this.#turns.print(result.part, () => this.#printResult(result));
    this.#turns.end(result.part);
  }

  applied({ part, plan, isApplied, done }: AppliedPart): void {
    const counts = countsOf([plan]);
    this.#turns.print(part, () => print(isApplied ? { type: "applied", part, counts } : { type: "not-applied", part, counts, done }));
    this.#turns.end(part);
  }

  #printResult(result: PartResult): void {
    if (!("plan" in result)) return print({ type: "part", ...result });
    const changes = result.plan.changes.filter(({ action, movedFrom, isImported }) => action ?? movedFrom ?? (isImported || undefined));
    const newKeys = result.newKeys.map((newKey) => ({ ...newKey, message: newKeyText(newKey) }));
    print({ type: "part", part: result.part, status: result.status, counts: countsOf([result.plan]), changes, newKeys });
  }

  summary(results: readonly PartResult[]): void {
    const named = (status: PartResult["status"]) => results.filter((result) => result.status === status).map(({ part }) => part);
    print({ type: "summary", counts: countsOf(plansIn(results)), waiting: named("waits"), failed: named("failed") });
  }

  ended(exitCode: number, thrown?: unknown): void {
    if (thrown instanceof Problem) print({ type: "error", ...(JSON.parse(renderJson(thrown.diagnostic, codePage)) as object) });
    print({ type: "end", exitCode });
  }

  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}

export function plansIn(results: readonly PartResult[]): readonly Plan[] {
  return results.flatMap((result) => ("plan" in result ? [result.plan] : []));
}

export function statusOf(plan: Plan): "changes" | "none" {
  return hasChanges(plan) ? "changes" : "none";
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
