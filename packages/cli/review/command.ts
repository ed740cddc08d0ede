/** `bitlift review`: what plans do to people, before they are applied. */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { readConfiguration, type Configuration } from "../../configuration";
import {
  countedLimit,
  fingerprintOf,
  judgeReview,
  removalPlansOf,
  removalsOver,
  review as reviewPlans,
  summaryLine,
  totalRemovals,
  type FileRules,
  type Review,
} from "../../review";
import { BLOCKED, CHANGES, FAILURE, SUCCESS } from "../exit-codes";
import { readCheckedConfiguration } from "../findings";
import { configurationPath } from "../project/project";
import { readAccount } from "./account";
import { baseRules, isPlanPath } from "./base-rules";
import { pathInRepository } from "./git";
import { writeOutputs } from "./outputs";
import { readPlanFiles } from "./plan-files";
import { planProject, type ReadPlans } from "./planned-parts";
import { postReview } from "./posting";
import { acceptancesOf, checkOptions, failOnOf, type ReviewOptions } from "./review-options";
import { environmentSecrets, withoutSecrets } from "./secrets";

export type { ReviewOptions, ReviewOutput } from "./review-options";

/** Sets the exit code: 0 nothing to change, 1 failed, 2 changes, 3 blocked. */
export async function review(files: readonly string[], options: ReviewOptions): Promise<void> {
  checkOptions(files, options);
  const failOn = failOnOf(options);
  const commandLine = acceptancesOf(options);
  const configuration = await readProjectFile(files, options);
  if (configuration === "invalid") return void (process.exitCode = FAILURE);
  const base = await readBase(options);
  const secrets = environmentSecrets(process.env, configuration);
  const redact = (text: string) => withoutSecrets(text, secrets);
  const read = files.length > 0 ? await readFiles(files, options, secrets, configuration) : await planProject(options, secrets);
  if (read === undefined) return void (process.exitCode = FAILURE);
  const account = await readAccount(process.env, (text) => note(redact(text)));
  const rules = { head: configuration, base: base.rules, acceptFromHead: options.acceptFromHead === true };
  const input = { configuration, account, mostRemovals: countedLimit(rules) };
  const known =
    base.plans.length === 0 ? [] : reviewPlans({ ...input, plans: await readBasePlans(base.plans, secrets, configuration) }).findings;
  const judged = judgeReview(reviewPlans({ ...input, ...read }), {
    ...rules,
    failOn,
    commandLine,
    today: new Date().toISOString().slice(0, "YYYY-MM-DD".length),
    known: new Set(known.map(fingerprintOf)),
    isPartial: read.isPartial,
    acceptsRemovals: acceptsRemovals(options, input.mostRemovals, read),
  });
  // Plans were read without secrets; Spacelift, the file and the command line may still repeat one. After rendering, an escape could hide it.
  const result: Review = withoutSecrets({ ...judged, base: base.name }, secrets);
  const folder = configuration === undefined ? process.cwd() : dirname(configuration.path);
  const prefix = await pathInRepository(folder);
  if (!(await writeOutputs(result, { options, prefix }))) note(redact(summaryLine(result)));
  if (options.post === true) {
    await postReview(result, { pullRequest: options.pr, environment: process.env, folder: process.cwd(), prefix, redact, note });
  }
  process.exitCode = exitCodeOf(result);
}

/** As `bitlift apply` does: the number must be exact. */
function acceptsRemovals({ acceptRemovals }: ReviewOptions, most: number, plans: ReadPlans): boolean {
  return totalRemovals(removalsOver(most, removalPlansOf(plans))) === acceptRemovals;
}

function exitCodeOf({ parts, blocked }: Review): number {
  if (parts.some(({ status }) => status === "failed")) return FAILURE;
  if (blocked) return BLOCKED;
  return parts.some(({ status }) => status !== "none") ? CHANGES : SUCCESS;
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Planning prints the findings of the file itself. */
async function readProjectFile(files: readonly string[], options: ReviewOptions): Promise<Configuration | undefined | "invalid"> {
  const path = configurationPath();
  if (!existsSync(path)) return undefined;
  if (files.length > 0) return (await readCheckedConfiguration(path, options)) ?? "invalid";
  return (await readConfiguration(path)).configuration;
}

async function readFiles(
  files: readonly string[],
  { log = [] }: ReviewOptions,
  secrets: readonly string[],
  configuration: Configuration | undefined,
): Promise<ReadPlans> {
  const parts = configuration?.parts.map(({ name }) => name) ?? [];
  const plans = await readPlanFiles(files, { logs: log, secrets, parts });
  return { plans, waiting: [], failed: [], isPartial: parts.some((name) => !plans.some(({ part }) => part === name)) };
}

interface Base {
  readonly rules: FileRules | undefined;
  /** Files of plans of the base. */
  readonly plans: readonly string[];
  readonly name: string | undefined;
}

async function readBase({ base = [] }: ReviewOptions): Promise<Base> {
  const plans = base.filter(isPlanPath);
  const refs = base.filter((name) => !isPlanPath(name));
  const ref = refs.at(-1);
  const rules = ref === undefined ? undefined : await baseRules(process.cwd(), ref);
  return { rules, plans, name: base.length === 0 ? undefined : base.join(", ") };
}

function readBasePlans(files: readonly string[], secrets: readonly string[], configuration: Configuration | undefined) {
  const parts = configuration?.parts.map(({ name }) => name) ?? [];
  return readPlanFiles(files, { logs: [], secrets, parts });
}
