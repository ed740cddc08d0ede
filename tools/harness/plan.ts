/** Reads a plan in the form that the engine prints with `show -json`. */

/** What the engine plans for one resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** `no-op`, `create`, `update` or `delete`; for a replacement, `create` and `delete` in the order of execution. */
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  /** True for each attribute that is known after apply. */
  readonly unknown: Readonly<Record<string, unknown>>;
  readonly importing: boolean;
}

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: PlannedChange["before"];
    readonly after: PlannedChange["after"];
    readonly after_unknown: PlannedChange["unknown"];
    readonly importing?: unknown;
  };
}

/** Every managed resource of the plan, changed or not. */
export function readPlan(json: string): readonly PlannedChange[] {
  const { resource_changes: resources = [] } = JSON.parse(json) as { readonly resource_changes?: readonly ResourceChange[] };
  return resources
    .filter(({ mode }) => mode === "managed")
    .map(({ address, type, change }) => ({
      address,
      type,
      actions: change.actions,
      before: change.before,
      after: change.after,
      unknown: change.after_unknown,
      importing: change.importing !== undefined,
    }));
}

/** The resources that the plan changes or imports. */
export function changesIn(plan: readonly PlannedChange[]): readonly PlannedChange[] {
  return plan.filter(({ actions, importing }) => importing || actions.join() !== "no-op");
}

/** Sorted names of the attributes whose values change or are known after apply. */
export function changedAttributes(change: PlannedChange | undefined): readonly string[] {
  if (change === undefined) return [];
  const { before, after, unknown } = change;
  const names = new Set([before, after, unknown].flatMap((values) => Object.keys(values ?? {})));
  const differs = (name: string) => JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after?.[name] ?? null);
  return [...names].filter((name) => unknown[name] === true || differs(name)).sort();
}
