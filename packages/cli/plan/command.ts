/** `bitlift plan`: synthesizes, and plans every part. */
import { CHANGES, FAILURE, SUCCESS } from "../exit-codes";
import { deploy, type Deployment, type DeploymentOptions } from "../deployment/deployment";
import { removalsOver, removalsText, totalRemovals } from "../../review";
import { backingChanges, backingChangeText } from "../deployment/backing-change";
import { PlanFolder } from "../deployment/plan-folder";
import { removalPlans } from "../deployment/removals";
import type { PartResult } from "../deployment/reporter";

export interface PlanOptions extends DeploymentOptions {
  /** Where the plans are saved for `bitlift apply --plan-dir`. */
  readonly planDir?: string;
}

/** Sets the exit code: 0 nothing to change, 1 failed, 2 changes. */
export async function plan(options: PlanOptions): Promise<void> {
  process.exitCode = await deploy("plan", options, async (deployment) => {
    const folder = options.planDir === undefined ? await PlanFolder.temporary() : await PlanFolder.create(options.planDir);
    try {
      const results = await deployment.plan(deployment.parts, folder);
      if (options.planDir !== undefined) {
        await folder.writeList(results, deployment.parts);
        await folder.writeLogs(deployment.diagnostics);
      }
      await noteRemovals(deployment, results);
      const backing = backingChangeText(backingChanges(results));
      if (backing !== undefined) deployment.reporter.note(backing);
      deployment.reporter.summary(results);
      return exitCodeOf(results);
    } finally {
      await folder.end();
    }
  });
}

function exitCodeOf(results: readonly PartResult[]): number {
  if (results.some(({ status }) => status === "failed")) return FAILURE;
  return results.some(({ status }) => status !== "none") ? CHANGES : SUCCESS;
}

/** `apply` will refuse these plans. */
async function noteRemovals(deployment: Deployment, results: readonly PartResult[]): Promise<void> {
  const plans = await removalPlans({ results, stateCounts: (part) => deployment.stateCounts(part) });
  const over = removalsOver(deployment.mostRemovals, plans);
  if (over.length === 0) return;
  deployment.reporter.note(
    `Warning: The plans delete ${removalsText(over)}, which is more than the file allows. bitlift apply applies them only with --accept-removals ${totalRemovals(over)}.`,
  );
}
