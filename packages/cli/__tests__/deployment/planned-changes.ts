/** Plans for the tests of the summary, the guard and the order. */
import type { Plan, PlannedChange } from "../../deployment/plan-json";

export function change(fields: Partial<PlannedChange> & Pick<PlannedChange, "address">): PlannedChange {
  return {
    type: fields.address.split(".")[0] ?? "",
    action: undefined,
    label: undefined,
    movedFrom: undefined,
    isImported: false,
    isDefault: false,
    isDeposed: false,
    changed: [],
    ...fields,
  };
}

export function plan(changes: readonly PlannedChange[], stateCounts: Readonly<Record<string, number>> = {}): Plan {
  return { changes, changesOutputs: false, stateCounts: new Map(Object.entries(stateCounts)), removals: [] };
}
