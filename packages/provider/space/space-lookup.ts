/** Lookups of Spaces while a plan is made. A lookup that fails does not fail the plan, because the apply looks again. A rejected login does. */
import { warning } from "../../domain";
import { failureMessage } from "../failure-message";
import { reportRejectedLogin } from "../rejected-login";
import type { AnyViews, PlanContext } from "../resource-handlers";

/** The result of the lookup; undefined if it fails, which is reported once per process. */
export async function withoutFailing<T>(
  context: Pick<PlanContext<AnyViews>, "api" | "report" | "applying">,
  lookUp: () => Promise<T>,
): Promise<T | undefined> {
  const { api, report } = context;
  try {
    return await api.look("spacelift", lookUp);
  } catch (failure) {
    if (reportRejectedLogin("spacelift", failure, context)) return undefined;
    const code = "space-lookup-failed";
    if (!api.reports.isFirst(code)) return undefined;
    report.add(
      warning(code, {
        why: `Could not check whether the Spaces that this plan names exist, and whether the names of new ones are free: ${failureMessage(failure)}`,
        fix: "The apply looks up the Spaces again, and fails if it cannot. If this is not a temporary failure, correct it first.",
      }),
    );
    return undefined;
  }
}
