/** Somebody changed an object outside, and the apply undoes it. */
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { shownName } from "../plan/published-attributes";
import { ineffectiveAttributes } from "./change-ineffective";
import type { RuleContext } from "./context";
import { finding, shown, withRepositories } from "./finding-of";

/** Secrets and events have rules of their own. */
const ELSEWHERE: ReadonlySet<string> = new Set(["webhook_secret_fingerprint", "secret_fingerprint", "credential_fingerprint"]);

export function* driftUndone({ plans, subjectOf }: RuleContext): Iterable<Finding> {
  for (const plan of plans) {
    const planned = new Map(plan.changes.filter(({ isDeposed }) => !isDeposed).map((change) => [change.address, change]));
    for (const drift of plan.drift) {
      const change = planned.get(drift.address);
      if (change === undefined) continue;
      const label = drift.label ?? drift.address;
      const affected = drift.resource.kind === "webhook" ? withRepositories(NOBODY, [drift]) : NOBODY;
      if (drift.action === "delete" && change.action === "create") {
        yield finding("drift-undone", subjectOf(change), {
          severity: "warning",
          what: `${kindText(drift)} ${label} was deleted outside, and the apply makes it again.`,
          affected,
          todo: "Find out why it was deleted. If it must stay away, remove it from the configuration.",
          details: ["Who deleted it is not known."],
        });
        continue;
      }
      const ineffective = ineffectiveAttributes(change);
      const undone = [...drift.changed].filter(
        (name) =>
          !ELSEWHERE.has(name) &&
          !ineffective.includes(name) &&
          (change.action === "update" || change.action === "replace") &&
          change.changed.has(name),
      );
      if (undone.length === 0) continue;
      yield finding("drift-undone", subjectOf(change), {
        severity: "warning",
        what: `${kindText(drift)} ${label} was changed outside, and the apply undoes it: ${undone.map((name) => shownName(drift.type, name)).join(", ")}.`,
        affected,
        todo: "Find out why it was changed. If the change must stay, write it into the configuration.",
        details: [
          ...undone.map(
            (name) => `${shownName(drift.type, name)}: ${shown(drift.after?.[name])} becomes ${shown(change.after?.[name])} again.`,
          ),
          "Who changed it is not known.",
        ],
      });
    }
  }
}

function kindText({ resource }: PlannedResource): string {
  if (resource.kind === "space") return "The Space";
  return resource.kind === "integration" ? "The integration" : "The webhook of";
}
