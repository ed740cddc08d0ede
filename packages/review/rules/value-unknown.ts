/** An argument that decides who is concerned is known only after the apply. A Space that the same plan creates is known well enough. */
import type { Finding } from "../finding";
import type { PlannedResource } from "../plan/plan-model";
import { shownName } from "../plan/published-attributes";
import { withoutIndex } from "../plan/references";
import { referredId } from "../plan/space-tree";
import type { RuleContext } from "./context";
import { finding } from "./finding-of";

const DECIDING: Readonly<Record<PlannedResource["resource"]["kind"], readonly string[]>> = {
  space: ["name", "parent_space_id", "inherit_entities"],
  integration: ["name", "is_default", "space_id"],
  webhook: ["workspace", "project", "repository", "active"],
};

export function* valueUnknown({ changes, planOf, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of changes) {
    const names = DECIDING[change.resource.kind].filter(
      (name) => change.unknown.has(name) && referredId(change, name, planOf(change)) === undefined,
    );
    if (names.length === 0) continue;
    const references = planOf(change).references.get(withoutIndex(change.address)) ?? {};
    yield finding("value-unknown", subjectOf(change), {
      severity: "info",
      what: `${names.map((name) => shownName(change.type, name)).join(", ")} of ${change.label ?? change.address} ${names.length === 1 ? "is" : "are"} known after apply.`,
      details: names.flatMap((name) => {
        const [source] = references[name] ?? [];
        return source === undefined ? [] : [`${shownName(change.type, name)} comes from ${source}, which the apply creates or changes.`];
      }),
    });
  }
}
