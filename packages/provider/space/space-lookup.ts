/** Lookups of Spaces while a plan is made. A lookup that fails never fails the plan, because the apply looks again. */
import { warning } from "../../domain";
import type { Context } from "../../terraform-plugin";
import type { Clients } from "../configuration/clients";
import { failureMessage } from "../failure-message";

/** The result of the lookup; undefined if it fails, which is reported once per process. */
export async function withoutFailing<T>(
  { api, report }: Pick<Context<Clients>, "api" | "report">,
  lookUp: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await api.look("spacelift", lookUp);
  } catch (failure) {
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
