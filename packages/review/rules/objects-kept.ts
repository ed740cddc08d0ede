/** Objects that change hands without a change of their own: imports, moves, and objects that are no longer managed. One finding for each part. */
import type { FindingCode } from "../catalog";
import type { Finding, Severity } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import type { RuleContext } from "./context";
import { count, finding } from "./finding-of";

const MOST_NAMES = 20;

interface Kind {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly includes: (change: PlannedResource) => boolean;
  readonly what: (objects: string, part: string) => string;
  readonly line: (change: PlannedResource) => string;
}

const KINDS: readonly Kind[] = [
  {
    code: "objects-imported",
    severity: "info",
    includes: ({ imported }) => imported !== undefined,
    what: (objects, part) => `Existing objects come under the management of part ${part}: ${objects}. Nobody loses anything by that.`,
    line: ({ address, imported = "", hasGeneratedConfiguration }) =>
      `${address}${imported === "" ? "" : ` is imported as ${imported}`}${hasGeneratedConfiguration ? ", with a generated configuration" : ""}.`,
  },
  {
    code: "objects-moved",
    severity: "info",
    includes: ({ previousAddress }) => previousAddress !== undefined,
    what: (objects, part) => `Objects of part ${part} get another address: ${objects}. Nobody loses anything by that.`,
    line: ({ address, previousAddress = "" }) => `${previousAddress} becomes ${address}.`,
  },
  {
    code: "objects-forgotten",
    severity: "notice",
    includes: ({ action }) => action === "forget",
    what: (objects, part) => `Objects of part ${part} stay as they are, and are no longer managed: ${objects}.`,
    line: ({ address, label }) => `${address}${label === undefined ? "" : ` (${label})`}.`,
  },
];

export function* objectsKept({ plans, subjectAt }: RuleContext): Iterable<Finding> {
  for (const { part, changes } of plans) {
    for (const { code, severity, includes, what, line } of KINDS) {
      const found = changes.filter(includes);
      if (found.length === 0) continue;
      const more = found.length - MOST_NAMES;
      yield finding(code, subjectAt(part, undefined), {
        severity,
        what: what(count(found.length, "object"), part),
        details: [...found.slice(0, MOST_NAMES).map(line), ...(more > 0 ? [`And ${more} more.`] : [])],
      });
    }
  }
}
