/** A change concerns the whole account: an integration in the root Space, or the default one. */
import { ROOT_SPACE_ID } from "../../domain";
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { textOf } from "../plan/values";
import { isDefault, nameOf } from "./changes";
import type { RuleContext } from "./context";
import { finding, quoted } from "./finding-of";

/** Changes of these concern nobody who uses the integration. */
const COSMETIC: ReadonlySet<string> = new Set(["description", "labels", "detach_protection", "credential_fingerprint"]);

export function* accountWideChange({ integrations, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of integrations) {
    if (!isRoot(change) || change.action === "none" || change.action === "forget") continue;
    if (change.action === "update" && [...change.changed].every((name) => COSMETIC.has(name))) continue;
    const who =
      isDefault(change, "before") || isDefault(change, "after")
        ? "Every stack and module of the account can"
        : "Every Space that inherits from root can";
    yield finding("account-wide-change", subjectOf(change), {
      severity: change.action === "replace" || change.action === "delete" ? "warning" : "notice",
      what: `The integration ${quoted(nameOf(change))} belongs to the root Space, and is ${VERBS[change.action]}. ${who} use it.`,
      affected: { consumers: [], unnamed: 0, caveat: undefined, repositories: [], spaces: [ROOT_SPACE_ID] },
      todo: "Let somebody who is responsible for the whole account review this.",
    });
  }
}

const VERBS = { create: "created", update: "changed", replace: "replaced", delete: "deleted" } as const;

function isRoot({ before, after }: PlannedResource): boolean {
  return [before, after].some((values) => textOf(values, "space_id") === ROOT_SPACE_ID);
}
