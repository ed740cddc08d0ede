/** Reads a plan as the engine wrote it (`show -json`) and turns its changes into lines for a person. */

/** What the engine plans for one resource. */
export interface PlannedChange {
  readonly address: string;
  /** `create`, `update`, `delete`; for a replacement two of them, in the order in which they happen. */
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  /** Attributes that are decided during the apply. */
  readonly unknown: ReadonlySet<string>;
}

interface Entry {
  readonly address: string;
  readonly mode: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
  };
}

/** Every managed resource of the plan, changed or not. */
export function readPlan(json: string): readonly PlannedChange[] {
  const { resource_changes: entries = [] } = JSON.parse(json) as { readonly resource_changes?: readonly Entry[] };
  return entries
    .filter(({ mode }) => mode === "managed")
    .map(({ address, change }) => ({
      address,
      actions: change.actions,
      before: change.before ?? {},
      after: change.after ?? {},
      unknown: new Set(Object.entries(change.after_unknown).flatMap(([name, value]) => (value === true ? [name] : []))),
    }));
}

/** Those that would do something. */
export function changesIn(plan: readonly PlannedChange[]): readonly PlannedChange[] {
  return plan.filter(({ actions }) => !["no-op", "read"].includes(actions.join()));
}

const ACTIONS: Readonly<Record<string, string>> = {
  create: "create",
  update: "update in place",
  delete: "delete",
  "create,delete": "replace: create the new one first, then delete the old one",
  "delete,create": "replace: delete the old one first, then create the new one",
};

/** The attributes in which before and after differ, sorted. */
export function differences({ before, after, unknown }: PlannedChange): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after), ...unknown]);
  const differs = (name: string) => unknown.has(name) || JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null);
  return [...names].filter(differs).sort();
}

/** One change: what happens, attribute by attribute, and which of `watched` stay as they are. */
export function changeText(change: PlannedChange, watched: readonly string[] = []): string {
  const { address, actions, before, after, unknown } = change;
  const replaced = actions.length === 2 || actions.join() === "update";
  const changed = differences(change);
  const value = (name: string) => (unknown.has(name) ? "known after apply" : show(after[name]));
  const lines = replaced ? changed.map((name) => [name, `${show(before[name])} -> ${value(name)}`]) : [];
  const kept = replaced
    ? watched.filter((name) => name in before && !changed.includes(name)).map((name) => [name, `${show(before[name])} (unchanged)`])
    : [];
  const width = Math.max(0, ...[...lines, ...kept].map(([name = ""]) => name.length));
  return [
    `${address}: ${ACTIONS[actions.join()] ?? actions.join(", ")}`,
    ...[...kept, ...lines].map(([name = "", text = ""]) => `  ${name.padEnd(width)}  ${text}`),
  ].join("\n");
}

/** Addresses are long; their end is what differs. */
function show(value: unknown): string {
  const short = typeof value === "string" ? value.replace(/^(https?:\/\/[^/]+\/).{30,}(\/[^/]+\/[^/]+)$/, "$1…$2") : value;
  return short === null || short === undefined ? "null" : JSON.stringify(short);
}

/** Changes as text; of several of one type that change in the same way, the first in full and the addresses of the others. */
export function changesText(changes: readonly PlannedChange[], watched: readonly string[] = []): string {
  const groups = new Map<string, PlannedChange[]>();
  for (const change of changes) {
    const likeness = [change.address.split(".")[0], change.actions.join(), ...differences(change)].join(" ");
    groups.set(likeness, [...(groups.get(likeness) ?? []), change]);
  }
  const texts = [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [changeText(first, watched), ...others.map(({ address }) => `${address}: likewise`)],
  );
  return texts.join("\n");
}

/** What the engine said while it planned. */
export interface Said {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
}

/** The diagnostics in the output of `plan -json` or `apply -json`. */
export function diagnosticsIn(output: string): readonly Said[] {
  return output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .flatMap((line) => {
      const { type, diagnostic } = JSON.parse(line) as { readonly type?: string; readonly diagnostic?: Said };
      return type === "diagnostic" && diagnostic !== undefined ? [diagnostic] : [];
    });
}
