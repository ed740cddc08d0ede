/** Objects that change hands without a change of their own: imports, moves, and objects that are no longer managed. One finding for each part. */
import type { FindingCode } from "../catalog";
import type { Finding, Severity } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { backingTwins, type Twins } from "./backing-twins";
import type { RuleContext } from "./context";
import { count, finding } from "./finding-of";

const MOST_NAMES = 20;

interface Kind {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly includes: (change: PlannedResource, twins: Twins) => boolean;
  readonly what: (objects: string, part: string) => string;
  readonly line: (change: PlannedResource, twins: Twins) => string;
}

const KINDS: readonly Kind[] = [
  {
    code: "objects-imported",
    severity: "info",
    includes: (change, twins) => change.imported !== undefined && !isHandedOver(change, twins),
    what: (objects, part) => `Existing objects come under the management of part ${part}: ${objects}. Nobody loses anything by that.`,
    line: ({ address, imported = "", hasGeneratedConfiguration }) =>
      `${address}${imported === "" ? "" : ` is imported as ${imported}`}${hasGeneratedConfiguration ? ", with a generated configuration" : ""}.`,
  },
  {
    code: "objects-moved",
    severity: "info",
    includes: (change, twins) => change.previousAddress !== undefined || (change.imported !== undefined && isHandedOver(change, twins)),
    what: (objects, part) => `Objects of part ${part} get another address: ${objects}. Nobody loses anything by that.`,
    line: (change, twins) => `${change.previousAddress ?? twins.get(change)?.address ?? ""} becomes ${change.address}.`,
  },
  {
    code: "objects-forgotten",
    severity: "notice",
    includes: (change, twins) => change.action === "forget" && !isHandedOver(change, twins),
    what: (objects, part) => `Objects of part ${part} stay as they are, and are no longer managed: ${objects}.`,
    line: ({ address, label }) => `${address}${label === undefined ? "" : ` (${label})`}.`,
  },
];

export function* objectsKept({ plans, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { part, changes } of plans) {
    const twins = backingTwins(changes);
    for (const { code, severity, includes, what, line } of KINDS) {
      const found = changes.filter((change) => includes(change, twins));
      if (found.length === 0) continue;
      const more = found.length - MOST_NAMES;
      yield finding(code, subjectAt(part, undefined), {
        severity,
        what: what(count(found.length, "object"), part),
        details: [...found.slice(0, MOST_NAMES).map((change) => line(change, twins)), ...(more > 0 ? [`And ${more} more.`] : [])],
      });
    }
  }
}

/** One backing forgets the object, and the other imports it. */
function isHandedOver(change: PlannedResource, twins: Twins): boolean {
  const twin = twins.get(change);
  if (twin === undefined) return false;
  const [forgotten, imported] = change.imported === undefined ? [change, twin] : [twin, change];
  return forgotten.action === "forget" && imported.imported !== undefined;
}
