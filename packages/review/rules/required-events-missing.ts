/** A webhook lacks events that Spacelift needs: somebody removed them, and the apply adds them again. */
import { REQUIRED_BITBUCKET_CLOUD_EVENTS, REQUIRED_BITBUCKET_DATACENTER_EVENTS } from "../../domain";
import type { Finding } from "../finding";
import { NOBODY } from "../finding";
import { textsOf } from "../plan/values";
import type { PlannedResource } from "../plan/plan-model";
import { isPublished } from "./changes";
import type { RuleContext } from "./context";
import { finding, withRepositories } from "./finding-of";
import { productOf } from "./webhooks";

const REQUIRED: Readonly<Record<"cloud" | "datacenter", readonly string[]>> = {
  cloud: REQUIRED_BITBUCKET_CLOUD_EVENTS.map(({ key }) => key),
  datacenter: REQUIRED_BITBUCKET_DATACENTER_EVENTS.map(({ key }) => key),
};

export function* requiredEventsMissing({ changes, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of changes) {
    if (change.resource.kind !== "webhook" || change.after === undefined) continue;
    const omitted = isPublished(change) && !change.unknown.has("events") ? missingIn(change, "after") : [];
    if (omitted.length > 0 && change.action !== "forget") {
      yield finding("required-events-missing", subjectOf(change), {
        severity: "warning",
        what: `The webhook of ${change.label ?? change.address} lacks events that Spacelift needs, and the configuration does not contain them: ${omitted.join(", ")}.`,
        affected: withRepositories(NOBODY, [change]),
        todo: "Add them to events. The published providers send only the events of the configuration.",
      });
      continue;
    }
    if (change.before === undefined) continue;
    const missing = missingIn(change, "before");
    if (missing.length === 0) continue;
    yield finding("required-events-missing", subjectOf(change), {
      severity: "warning",
      what: `The webhook of ${change.label ?? change.address} lacks events that Spacelift needs: ${missing.join(", ")}. The apply adds them.`,
      affected: withRepositories(NOBODY, [change]),
      todo: "Apply soon. Until then, Spacelift does not learn about these events. Who removed them is not known.",
    });
  }
}

function missingIn(change: PlannedResource, when: "before" | "after"): readonly string[] {
  const events = textsOf(change[when], "events");
  return REQUIRED[productOf(change)].filter((event) => !events.includes(event));
}
