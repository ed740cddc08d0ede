/** The readable summary of plans: counts for each type, and the name of everything that is deleted or made again. */
import { ownType, RESOURCE_TYPES } from "../../configuration";
import type { Paint } from "../terminal";
import type { Action, Plan, PlannedChange } from "./plan-json";

const VERBS: Readonly<Record<Action, string>> = {
  create: "create",
  update: "update",
  replace: "replace",
  delete: "delete",
  forget: "remove from the state",
};
const ACTIONS = Object.keys(VERBS) as readonly Action[];
/** Creations and updates are counted beyond this number. Deletions and replacements are always all named. */
const MOST_NAMES = 10;

export type Counts = Readonly<Record<Action, number>> & { readonly move: number; readonly import: number };

export function countsOf(plans: readonly Plan[]): Counts {
  const changes = plans.flatMap((plan) => plan.changes);
  const count = (test: (change: PlannedChange) => boolean) => changes.filter(test).length;
  const byAction = Object.fromEntries(ACTIONS.map((action) => [action, count((change) => change.action === action)]));
  return {
    ...(byAction as Record<Action, number>),
    move: count(({ movedFrom }) => movedFrom !== undefined),
    import: count(({ isImported }) => isImported),
  };
}

/** Whether the engine would do or store anything. */
export function hasChanges(plan: Plan): boolean {
  return plan.changesOutputs || Object.values(countsOf([plan])).some((count) => count > 0);
}

/** Like `2 to create, 1 to delete`. */
export function countsText(counts: Counts, paint: Paint): string {
  const colors: Readonly<Record<string, (text: string) => string>> = {
    create: paint.green,
    update: paint.yellow,
    replace: paint.red,
    delete: paint.red,
  };
  const texts = ACTIONS.filter((action) => counts[action] > 0).map((action) => {
    const text = `${counts[action]} to ${VERBS[action]}`;
    return colors[action]?.(text) ?? text;
  });
  if (counts.move > 0) texts.push(`${counts.move} to move`);
  if (counts.import > 0) texts.push(`${counts.import} to import`);
  return texts.length === 0 ? "no changes" : texts.join(", ");
}

const DONE: Readonly<Record<Action, string>> = {
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  forget: "removed from the state",
};

/** Like `2 created, 1 deleted`, of a plan that is applied. Empty if only outputs changed. */
export function appliedText(plan: Plan): string {
  const counts = countsOf([plan]);
  const texts = ACTIONS.filter((action) => counts[action] > 0).map((action) => `${counts[action]} ${DONE[action]}`);
  if (counts.move > 0) texts.push(`${counts.move} moved`);
  if (counts.import > 0) texts.push(`${counts.import} imported`);
  return texts.join(", ");
}

/** Like `2 of 6 changes applied`. */
export function partlyAppliedText(plan: Plan, done: number): string {
  const all = plan.changes.filter(({ action }) => action !== undefined).length;
  return done === 0 ? "not applied" : `${done} of ${all} ${all === 1 ? "change" : "changes"} applied`;
}

/** Several lines about the plan of one part. */
export function planText(part: string, plan: Plan, paint: Paint): string {
  const counts = countsText(countsOf([plan]), paint);
  const outputs = plan.changesOutputs ? `${counts === "no changes" ? "" : `${counts}, and `}outputs change` : counts;
  const types = [...new Set(plan.changes.map(({ type }) => type))].sort();
  return [`${paint.bold(part)}: ${outputs}`, ...types.flatMap((type) => typeLines(type, plan.changes, paint))].join("\n");
}

function typeLines(type: string, all: readonly PlannedChange[], paint: Paint): readonly string[] {
  const changes = all.filter((change) => change.type === type);
  const counts = countsOf([{ changes, changesOutputs: false, stateCounts: new Map(), removals: [] }]);
  if (Object.values(counts).every((count) => count === 0)) return [];
  return [`  ${type}: ${countsText(counts, paint)}`, ...changeLines(changes, paint).map((line) => `    ${line}`)];
}

function changeLines(changes: readonly PlannedChange[], paint: Paint): readonly string[] {
  const named = (action: Action) => changes.filter((change) => change.action === action);
  const destroyed = [...named("delete"), ...named("replace"), ...named("forget")].map((change) => paint.red(changeLine(change)));
  const others = [...named("update"), ...named("create")];
  const rest = others.length - MOST_NAMES;
  return [
    ...destroyed,
    ...others.slice(0, MOST_NAMES).map(changeLine),
    ...(rest > 0 ? [`and ${rest} more to create or update`] : []),
    ...moveLines(changes),
  ];
}

/** From key to key. Objects that also change have a line for that. */
function moveLines(changes: readonly PlannedChange[]): readonly string[] {
  const moved = changes.flatMap(({ movedFrom, address, label }) => (movedFrom === undefined ? [] : [{ movedFrom, address, label }]));
  const rest = moved.length - MOST_NAMES;
  const lines = moved.slice(0, MOST_NAMES).map(({ movedFrom, address, label }) => {
    const keys = [keyIn(movedFrom), keyIn(address)];
    // A move to another provider keeps the key.
    const [from, to] = keys[0] === keys[1] ? [movedFrom, address] : keys;
    return `> ${from} to ${to}${label === undefined ? "" : ` (${label})`}`;
  });
  return [...lines, ...(rest > 0 ? [`and ${rest} more to move`] : [])];
}

/** An address of an entry of the file without its type and hash: its key, and for a webhook the repository; any other address as it is. */
function keyIn(address: string): string {
  const name = /^[^.]+\.(.+)_[0-9A-F]{8}(?:\[.*\])?$/.exec(address)?.[1];
  if (name === undefined) return address;
  return ownType(address.replace(/\..*$/s, "")) === RESOURCE_TYPES.space ? name.replace(/^space-/, "") : name.replace(/^integration-/, "");
}

const SIGNS: Readonly<Record<Action, string>> = { create: "+", update: "~", replace: "-/+", delete: "-", forget: "." };

function changeLine({ action, address, label, changed, isDeposed }: PlannedChange): string {
  const name = label === undefined ? "" : ` (${label})`;
  const attributes = action === "update" ? `: ${changed.join(", ")}` : "";
  const deposed = isDeposed ? ", left behind by an earlier replacement" : "";
  return `${action === undefined ? " " : SIGNS[action]} ${address}${name}${attributes}${deposed}`;
}
