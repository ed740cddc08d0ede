/** One entry of `resource_changes` or `resource_drift`. */
import type { ChangeDocument, ResourceDocument } from "./plan-document";
import type { PlannedAction, PlannedResource, ResourceKind, Values } from "./plan-model";
import { hideSensitive } from "./redaction";

const SINGLE_ACTIONS: Readonly<Record<string, PlannedAction>> = { create: "create", update: "update", delete: "delete", forget: "forget" };

/** A replacement whose old object is only forgotten is a create. */
export function actionOf({ actions = [] }: ChangeDocument): PlannedAction {
  if (actions.length === 2) return actions.includes("forget") ? "create" : "replace";
  return SINGLE_ACTIONS[actions[0] ?? ""] ?? "none";
}

export function isImported({ importing }: ChangeDocument): boolean {
  return importing !== undefined && importing !== null;
}

/** Sensitive values are compared, and then removed. */
export function readResource(part: string, resource: ResourceKind, document: ResourceDocument): PlannedResource {
  const { address = "", previous_address: previous, type = "", deposed, action_reason: reason, change = {} } = document;
  const action = actionOf(change);
  const unknown = unknownNames(change.after_unknown);
  const changed = action === "update" || action === "replace" ? changedNames(change, unknown) : new Set<string>();
  const before = (hideSensitive(change.before, change.before_sensitive) ?? undefined) as Values | undefined;
  const after = (hideSensitive(change.after, change.after_sensitive) ?? undefined) as Values | undefined;
  return {
    part,
    address,
    previousAddress: previous === address ? undefined : previous,
    type,
    resource,
    action,
    createsFirst: action === "replace" && change.actions?.[0] === "create",
    reason,
    replacePaths: (change.replace_paths ?? []).map((path) => path.join(".")),
    before,
    after,
    unknown,
    changed,
    label: labelOf(before ?? after),
    imported: isImported(change) ? importedBy(change) : undefined,
    isDeposed: deposed !== undefined,
    hasGeneratedConfiguration: (change.generated_config ?? "") !== "",
  };
}

function importedBy({ importing }: ChangeDocument): string {
  return importing?.id ?? (importing?.identity === undefined ? "" : JSON.stringify(importing.identity));
}

function unknownNames(unknown: unknown): ReadonlySet<string> {
  if (typeof unknown !== "object" || unknown === null) return new Set();
  return new Set(Object.entries(unknown).flatMap(([name, value]) => (containsTrue(value) ? [name] : [])));
}

function containsTrue(value: unknown): boolean {
  return value === true || (typeof value === "object" && value !== null && Object.values(value).some(containsTrue));
}

function changedNames({ before, after }: ChangeDocument, unknown: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...unknown]);
  const differs = (name: string) => JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after?.[name] ?? null);
  return new Set([...names].filter((name) => unknown.has(name) || differs(name)).sort());
}

/** From attributes that are never secret. */
export function labelOf(values: Values | undefined): string | undefined {
  const text = (name: string) => (typeof values?.[name] === "string" ? values[name] : undefined);
  const repository = text("repository");
  const namespace = text("workspace") ?? text("project");
  if (repository !== undefined) return namespace === undefined ? repository : `${namespace}/${repository}`;
  return text("name");
}
