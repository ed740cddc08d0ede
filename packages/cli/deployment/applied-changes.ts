/** Which of the planned changes an apply has carried out, from the messages of the engine. */
import type { EngineMessage } from "./engine-messages";
import type { Action, Plan } from "./plan-json";

/** By which action the engine says that a change is complete. A replacement is complete when the new object exists. */
const COMPLETED_BY: Readonly<Record<Action, string>> = {
  create: "create",
  update: "update",
  replace: "create",
  delete: "delete",
  forget: "delete",
};

export class AppliedChanges {
  readonly #complete = new Map<string, Set<string>>();

  message(part: string, { type, resource, action }: EngineMessage): void {
    if (type !== "apply_complete" || resource === undefined || action === undefined) return;
    const complete = this.#complete.get(part) ?? new Set();
    this.#complete.set(part, complete.add(`${action} ${resource.address}`));
  }

  /** How many changes of the plan are carried out. */
  count(part: string, { changes }: Plan): number {
    const complete = this.#complete.get(part);
    return changes.filter(({ action, address }) => action !== undefined && complete?.has(`${COMPLETED_BY[action]} ${address}`)).length;
  }
}
