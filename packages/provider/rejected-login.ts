/** A login that a remote system rejects while a plan only looks something up. Every apply would fail with it, so the plan fails. */
import { Problem } from "../diagnostics";
import type { BitbucketProduct } from "../domain";
import type { AnyViews, PlanContext } from "./resource-handlers";

type Context = Pick<PlanContext<AnyViews>, "api" | "report" | "applying">;

/**
 * Reports the rejection as an error, once for each system and process.
 * @returns false for every other failure, and during an apply: an error from a plan would leave the old object of a replacement deposed, and the
 * operation itself fails with the same cause
 */
export function reportRejectedLogin(
  system: "spacelift" | BitbucketProduct,
  failure: unknown,
  { api, report, applying }: Context,
): failure is Problem {
  if (applying || !(failure instanceof Problem) || failure.diagnostic.code !== "remote-unauthenticated") return false;
  if (api.reports.isFirst(`rejected-login ${system}`)) report.add(failure.diagnostic);
  return true;
}
