/** Bitbucket no longer verifies to whom it delivers. */
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { flagOf } from "../plan/values";
import { NOBODY } from "../finding";
import type { RuleContext } from "./context";
import { finding, withRepositories } from "./finding-of";

export function* certificateCheckDisabled({ changes, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of changes) {
    if (change.resource.kind !== "webhook" || change.after === undefined) continue;
    if (!isUnverified(change, "after") || isUnverified(change, "before")) continue;
    yield finding("certificate-check-disabled", subjectOf(change), {
      severity: "warning",
      what: `The webhook of ${change.label ?? change.address} delivers without a check of the certificate: whoever can redirect the connection reads the deliveries.`,
      affected: withRepositories(NOBODY, [change]),
      todo: "Give the receiver a certificate that Bitbucket trusts, and keep the check.",
    });
  }
}

/** Each product has an argument of its own. */
function isUnverified(change: PlannedResource, when: "before" | "after"): boolean {
  return flagOf(change[when], "skip_certificate_verification") === true || flagOf(change[when], "verify_certificate") === false;
}
