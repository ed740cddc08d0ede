/** A published provider plans a change that it never sends: the apply changes nothing, and each plan shows it again. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { flagOf } from "../plan/values";
import type { RuleContext } from "./context";
import { finding, quoted, withRepositories } from "./finding-of";

export function* changeIneffective({ changes, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of changes) {
    const names = ineffectiveAttributes(change);
    if (names.length === 0) continue;
    const isWebhook = change.resource.kind === "webhook";
    const label = change.label ?? change.address;
    yield finding("change-ineffective", subjectOf(change), {
      severity: "warning",
      what: isWebhook
        ? `The webhook of ${label} stays active, although the plan switches it off: the published provider never sends that.`
        : `The integration ${quoted(label)} keeps its ${names.join(" and ")}, although the plan changes ${names.length === 1 ? "it" : "them"}: Spacelift's own provider never sends that.`,
      affected: isWebhook ? withRepositories(NOBODY, [change]) : NOBODY,
      todo: isWebhook
        ? "Remove active = false, and pause the webhook in Bitbucket, or use Bitlift's own provider."
        : "Replace the integration with replace_triggered_by, as Bitlift's constructs do, or use Bitlift's own provider.",
      details: ["Every plan shows this change again."],
    });
  }
}

/** By the names of Bitlift's own provider. */
export function ineffectiveAttributes({ resource, action, before, after, changed }: PlannedResource): readonly string[] {
  if (resource.backing !== "published") return [];
  if (resource.kind === "integration" && action === "update") return ["name", "is_default"].filter((name) => changed.has(name));
  if (resource.kind !== "webhook" || resource.product !== "datacenter" || flagOf(after, "active") !== false) return [];
  return before === undefined || changed.has("active") ? ["active"] : [];
}
