/** `bitlift apply`: plans every part and applies the plans layer by layer, or applies plans that were reviewed. */
import { problem } from "../catalog";
import { receivingParts } from "../deployment/apply-order";
import { backingChanges, refuseBackingChange } from "../deployment/backing-change";
import { deploy, type Deployment, type DeploymentOptions } from "../deployment/deployment";
import { configurationHash, PlanFolder } from "../deployment/plan-folder";
import { RemovalGuard } from "../deployment/removals";
import type { AppliedPart, PartResult } from "../deployment/reporter";
import { readSavedPlans, refuseFailedPlans, unplannedParts } from "../deployment/saved-plans";
import { partlyAppliedText } from "../deployment/summary";
import { CHANGES, FAILURE, SUCCESS } from "../exit-codes";
import { askYes, canAsk } from "../terminal";

export interface ApplyOptions extends DeploymentOptions {
  readonly autoApprove?: boolean;
  /** A folder of reviewed plans. */
  readonly planDir?: string;
  /** Applies parts that waited without asking again. */
  readonly approveLater?: boolean;
  readonly acceptRemovals?: number;
  /** Lets the plans delete objects and create them again with other providers. */
  readonly acceptBackingChange?: boolean;
}

/** Sets the exit code: 0 everything is applied, 1 failed or declined, 2 parts remain. */
export async function apply(options: ApplyOptions): Promise<void> {
  checkConfirmation(options);
  // Without complete plans, nothing has to be synthesized.
  if (options.planDir !== undefined) await refuseFailedPlans(PlanFolder.existing(options.planDir), options.part);
  process.exitCode = await deploy("apply", options, async (deployment) => {
    const temporary = await PlanFolder.temporary();
    try {
      return await applyRounds(deployment, options, temporary);
    } finally {
      await temporary.end();
    }
  });
}

/** @throws Problem `confirmation-missing` before anything is planned, if nobody could confirm the plans */
function checkConfirmation({ autoApprove, planDir, json }: ApplyOptions): void {
  if (autoApprove === true || planDir !== undefined || (canAsk() && json !== true)) return;
  throw problem("confirmation-missing", {
    why: json === true ? "With --json, nothing asks." : "Standard input is not a terminal, so nobody can be asked.",
    fix: "Add --auto-approve, or save the plans with bitlift plan --plan-dir <folder> and apply them with bitlift apply --plan-dir <folder>.",
  });
}

/** One round for each layer: everything that can be planned now. @returns the exit code */
async function applyRounds(deployment: Deployment, options: ApplyOptions, temporary: PlanFolder): Promise<number> {
  const guard = new RemovalGuard(deployment.mostRemovals, options.acceptRemovals);
  let hasApplied = false;
  let unplanned: readonly string[] = [];
  let pending = deployment.parts;
  for (let isFirst = true; pending.length > 0; isFirst = false) {
    const saved = isFirst && options.planDir !== undefined ? PlanFolder.existing(options.planDir) : undefined;
    const results = saved === undefined ? await deployment.plan(pending, temporary) : await savedResults(deployment, saved, options.part);
    deployment.reporter.summary(results);
    if (results.some(({ status }) => status === "failed")) return nothingApplied(deployment, results, hasApplied);
    if (saved !== undefined) unplanned = noteUnplanned(deployment, results);
    refuseBackingChange(backingChanges(results), options.acceptBackingChange === true);
    await guard.check({ results, stateCounts: (part) => deployment.stateCounts(part) });
    const changing = results.filter(({ status }) => status === "changes");
    const receiving = receivingParts(results);
    const waiting = results.filter(({ part, status }) => status === "waits" || receiving.has(part));
    if (changing.length > 0) {
      const answer = saved === undefined ? await confirm(options, isFirst, changing.length) : "yes";
      if (answer === "nobody to ask") return remaining(deployment, [...changing, ...waiting]);
      if (answer === "no") throw declined(isFirst);
      const failed = await deployment.apply(
        results.filter(({ part }) => !receiving.has(part)),
        saved ?? temporary,
      );
      if (failed.length > 0) return remainingAfterFailure(deployment, failed, waiting, saved !== undefined);
      guard.applied(results);
      hasApplied = true;
    } else if (waiting.length > 0) return remaining(deployment, waiting);
    pending = deployment.parts.filter(({ name }) => waiting.some(({ part }) => part === name));
  }
  if (unplanned.length > 0) return CHANGES;
  if (!hasApplied) deployment.reporter.note("Nothing to apply.");
  return SUCCESS;
}

/** @returns the names of the parts that the folder of plans says nothing about */
function noteUnplanned(deployment: Deployment, results: readonly PartResult[]): readonly string[] {
  const names = unplannedParts(deployment, results);
  if (names.length > 0) {
    deployment.reporter.note(
      `Not planned: ${names.join(", ")}. The folder has no plan of ${names.length === 1 ? "it" : "them"}: plan without --part, or give apply the same --part as plan.`,
    );
  }
  return names;
}

type Answer = "yes" | "no" | "nobody to ask";

/** In the first round, `checkConfirmation` has made sure that somebody can be asked. */
async function confirm({ autoApprove, approveLater, json }: ApplyOptions, isFirst: boolean, parts: number): Promise<Answer> {
  if (autoApprove === true || (!isFirst && approveLater === true)) return "yes";
  if (!canAsk() || json === true) return "nobody to ask";
  const later = isFirst ? "" : " of the parts that waited";
  return (await askYes(`Apply the plans${later} (${parts} ${parts === 1 ? "part" : "parts"})?`)) ? "yes" : "no";
}

function declined(isFirst: boolean): Error {
  return problem("apply-declined", {
    why: isFirst ? 'The answer was not "yes", so nothing was applied.' : 'The answer was not "yes". The earlier parts are applied.',
    fix: 'Run the command again, and answer "yes" to apply the plans.',
  });
}

function remaining({ reporter, parts }: Deployment, results: readonly PartResult[]): number {
  const names = results.map(({ part }) => part).join(", ");
  // Parts outside --part have to be applied first, so that more rounds would not help.
  const isSelected = (part: string) => parts.some(({ name }) => name === part);
  const others = parts.filter(({ name }) => results.some((result) => result.part === name)).flatMap(({ after }) => after);
  const missing = [...new Set(others)].filter((part) => !isSelected(part));
  const next =
    missing.length === 0
      ? "Plan and apply again; --approve-later applies such parts in the same command."
      : `Apply ${missing.join(", ")} first, or leave --part out.`;
  reporter.note(`Not applied yet: ${names}. ${next}`);
  return CHANGES;
}

/** One part that cannot be planned stops all of them. The others may have nothing to do with it. */
function nothingApplied({ reporter }: Deployment, results: readonly PartResult[], hasApplied: boolean): number {
  const named = (status: PartResult["status"]) => results.filter((result) => result.status === status).map(({ part }) => part);
  const others = named("changes");
  const first = hasApplied ? "Nothing else was applied" : "Nothing was applied";
  const next = others.length === 0 ? "" : ` To apply the others, add --part ${others.join(" ")}.`;
  reporter.note(`${first}, because ${named("failed").join(", ")} could not be planned.${next}`);
  return FAILURE;
}

function remainingAfterFailure(
  { reporter }: Deployment,
  failed: readonly AppliedPart[],
  waiting: readonly PartResult[],
  isSaved: boolean,
): number {
  const texts = failed.map(({ part, plan, done }) => (done === 0 ? part : `${part} (${partlyAppliedText(plan, done)})`));
  const names = [...texts, ...waiting.map(({ part }) => part)].join(", ");
  const next = isSaved ? "save new plans with bitlift plan --plan-dir, because these are used up" : "run bitlift apply again";
  const heading = failed.some(({ done }) => done > 0) ? "Not applied completely" : "Not applied";
  reporter.note(`${heading}: ${names}. Correct what the messages above name, and ${next}.`);
  return FAILURE;
}

/** The results of `bitlift plan --plan-dir`, with the plans read again: the guard against removals counts what is in them. */
async function savedResults(deployment: Deployment, folder: PlanFolder, selected: ApplyOptions["part"]): Promise<readonly PartResult[]> {
  const { reporter } = deployment;
  return readSavedPlans(deployment, folder, {
    selected,
    async onPart(part, saved) {
      if ((await configurationHash(part)) === saved.configuration) return;
      reporter.note(`Warning: The configuration of part ${part.name} changed after its plan. The plan is applied as it was reviewed.`);
    },
  });
}
