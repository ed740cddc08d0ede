/** A plan in the form that the engine prints with `show -json`, reduced to what the command reports. */
import { readRemovalChanges, type RemovalPlan } from "../../review";

export type Action = "create" | "update" | "replace" | "delete" | "forget";

/** What the engine plans for one managed resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** Undefined: nothing, or only a move or an import. */
  readonly action: Action | undefined;
  /** What people call the object: its name, or its repository. */
  readonly label: string | undefined;
  readonly movedFrom: string | undefined;
  readonly isImported: boolean;
  /** Whether it is a default integration, before or after the change. */
  readonly isDefault: boolean;
  /** Whether the change deletes an object that an earlier replacement left behind. */
  readonly isDeposed: boolean;
  /** Names of the attributes that change or are known after apply; only for `update` and `replace`. */
  readonly changed: readonly string[];
}

export interface Plan {
  readonly changes: readonly PlannedChange[];
  readonly changesOutputs: boolean;
  /** How many managed objects of each type the state contains. */
  readonly stateCounts: ReadonlyMap<string, number>;
  /** What the guard against removals reads. */
  readonly removals: RemovalPlan["changes"];
}

type Values = Readonly<Record<string, unknown>>;

interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: string;
  readonly type: string;
  readonly deposed?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    readonly after_unknown?: Values;
    readonly before_sensitive?: Values | boolean;
    readonly after_sensitive?: Values | boolean;
    readonly importing?: unknown;
  };
}

interface StateModule {
  readonly resources?: readonly { readonly mode: string; readonly type: string }[];
  readonly child_modules?: readonly StateModule[];
}

interface StateDocument {
  readonly values?: { readonly root_module?: StateModule };
}

interface PlanDocument {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
  readonly prior_state?: StateDocument;
}

const SINGLE_ACTIONS: Readonly<Record<string, Action>> = { create: "create", update: "update", delete: "delete", forget: "forget" };

/** The JSON in what the engine prints, which may be warnings before it. Undefined if there is none. */
export function jsonIn(text: string): string | undefined {
  const start = text.search(/^\{/m);
  const json = start < 0 ? "" : text.slice(start, text.lastIndexOf("}") + 1);
  try {
    JSON.parse(json);
    return json;
  } catch {
    return undefined;
  }
}

export function readPlan(json: string): Plan {
  const document = JSON.parse(json) as PlanDocument;
  const { resource_changes: resources = [], output_changes: outputs = {}, prior_state: state } = document;
  return {
    changes: resources.filter(({ mode }) => mode === "managed").map(plannedChange),
    changesOutputs: Object.values(outputs).some(({ actions }) => actions.join() !== "no-op"),
    stateCounts: countsOf(state),
    // At the end, because it removes sensitive values.
    removals: readRemovalChanges(document as Parameters<typeof readRemovalChanges>[0]),
  };
}

/** How many managed objects of each type a state contains, in the form that the engine prints with `show -json`. */
export function readStateCounts(json: string): ReadonlyMap<string, number> {
  return countsOf(JSON.parse(json) as StateDocument);
}

function plannedChange({ address, previous_address: movedFrom, type, deposed, change }: ResourceChange): PlannedChange {
  const { actions } = change;
  const action = actions.length === 2 ? (actions.includes("forget") ? "create" : "replace") : SINGLE_ACTIONS[actions[0] ?? ""];
  return {
    address,
    type,
    action,
    label: labelOf(change),
    movedFrom: movedFrom === address ? undefined : movedFrom,
    isImported: change.importing !== undefined && change.importing !== null,
    isDefault: change.before?.["is_default"] === true || change.after?.["is_default"] === true,
    isDeposed: deposed !== undefined,
    changed: action === "update" || action === "replace" ? changedAttributes(change) : [],
  };
}

/** From attributes that are never secret; still not shown if the plan marks one as sensitive. */
function labelOf(change: ResourceChange["change"]): string | undefined {
  const [values, sensitive] = change.before === null ? [change.after, change.after_sensitive] : [change.before, change.before_sensitive];
  const text = (name: string) => {
    const hidden = typeof sensitive === "object" ? sensitive[name] === true : sensitive === true;
    const value = values?.[name];
    return typeof value === "string" && !hidden ? value : undefined;
  };
  const repository = text("repository");
  const namespace = text("workspace") ?? text("owner") ?? text("project");
  if (repository !== undefined && namespace !== undefined) return `${namespace}/${repository}`;
  return text("name") ?? repository;
}

function changedAttributes({ before, after, after_unknown: unknown = {} }: ResourceChange["change"]): readonly string[] {
  const names = new Set([before, after, unknown].flatMap((values) => Object.keys(values ?? {})));
  const differs = (name: string) => JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after?.[name] ?? null);
  return [...names].filter((name) => unknown[name] === true || differs(name)).sort();
}

function countsOf(state: StateDocument | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  countState(state?.values?.root_module, counts);
  return counts;
}

function countState(module: StateModule | undefined, counts: Map<string, number>): void {
  for (const { mode, type } of module?.resources ?? []) if (mode === "managed") counts.set(type, (counts.get(type) ?? 0) + 1);
  for (const child of module?.child_modules ?? []) countState(child, counts);
}
