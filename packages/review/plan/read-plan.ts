/** Reads a plan in the form that the engine prints with `show -json`. Keeps only what rules need, because plans may be huge. */
import { Problem } from "../../diagnostics";
import { problem } from "../catalog";
import { kindOf } from "./resource-kinds";
import type { PlanDocument, ResourceDocument, StateModuleDocument } from "./plan-document";
import type { FailedCheck, PlanMessage, PlanModel, PlannedResource, StateObject } from "./plan-model";
import { actionOf, isImported, readResource } from "./read-resource";
import { readReferences } from "./references";
import { hideSensitive } from "./redaction";

export interface PlanSource {
  readonly part: string;
  /** For messages: the name of a file. */
  readonly source: string;
  /** What `readPlanLog` returned for the same plan. */
  readonly messages?: readonly PlanMessage[];
}

/** @throws Problem `plan-unreadable`, `plan-format-unsupported` */
export function readPlan(text: string, source: PlanSource): PlanModel {
  try {
    return readDocument(parse(text, source.source), source);
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    // The message of the runtime could quote a value.
    throw unreadable(source.source, "has an entry of another form than an engine writes, or one that is nested too deeply");
  }
}

function readDocument(document: PlanDocument, { part, source, messages }: PlanSource): PlanModel {
  const formatVersion = checkedFormat(document, source);
  requireChanges(document.resource_changes, source);
  const resources = ofMode(document.resource_changes, "managed");
  const state: StateObject[] = [];
  const stateCounts = new Map<string, number>();
  readState(part, document.prior_state?.values?.root_module, state, stateCounts);
  return {
    part,
    source,
    formatVersion,
    engineVersion: typeof document.terraform_version === "string" ? document.terraform_version : undefined,
    errored: document.errored === true,
    complete: document.complete !== false,
    changes: ours(part, resources),
    drift: ours(part, ofMode(document.resource_drift, "managed")),
    otherChanges: otherChanges(resources),
    state: state,
    stateCounts,
    failedChecks: failedChecks(document),
    actions: list(document.action_invocations).map(({ address = "", type = "", lifecycle_action_trigger: trigger }) => ({
      address,
      type,
      trigger: trigger?.triggering_resource_address,
    })),
    changedOutputs: changedOutputs(document),
    references: readReferences(document.configuration?.root_module),
    messages,
  };
}

function parse(text: string, source: string): PlanDocument {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    // The message of the parser quotes the text, which may contain secrets.
    throw unreadable(
      source,
      text.trim() === "" ? "is empty" : "is not complete JSON: it is cut off, or it is a plan in the engine's own form",
    );
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) throw unreadable(source, "is not a JSON object");
  return document;
}

function unreadable(source: string, what: string): Error {
  return problem("plan-unreadable", {
    why: `${source} ${what}.`,
    fix: "Save the plan with plan -out=<file>, and print it with show -json <file>.",
  });
}

/** Minor versions only add parts. */
function checkedFormat(document: PlanDocument, source: string): string {
  const { format_version: version } = document;
  if (
    typeof version !== "string" ||
    !("resource_changes" in document || "planned_values" in document || "output_changes" in document || "configuration" in document)
  ) {
    throw unreadable(source, "is not a plan: it has no format_version, or nothing of a plan");
  }
  if (/^1\.\d+$/.test(version)) return version;
  throw problem("plan-format-unsupported", {
    why: `${source} has the format version ${JSON.stringify(version)}, and this version of Bitlift reads 1.x.`,
    fix: version.startsWith("0.") ? "Use Terraform 1.5 or later, or OpenTofu." : "Use a newer version of Bitlift.",
  });
}

/** What happens to objects must be read completely: an entry that is skipped could be a deletion. */
function requireChanges(changes: unknown, source: string): void {
  if (changes === undefined) return;
  if (!Array.isArray(changes)) throw unreadable(source, "has resource_changes that are not a list");
  for (const entry of changes as readonly unknown[]) {
    if (!isObject(entry)) throw unreadable(source, "has an entry of resource_changes that is not an object");
    const { change } = entry;
    if (change === undefined) continue;
    const actions = isObject(change) ? change["actions"] : undefined;
    if (!Array.isArray(actions) || actions.some((action) => typeof action !== "string"))
      throw unreadable(source, "has an entry of resource_changes without a list of actions");
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tolerates a part of another form: newer engines may write one. */
function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [];
}

function ofMode(resources: readonly ResourceDocument[] | undefined, mode: string): readonly ResourceDocument[] {
  return list(resources).filter((resource) => resource.mode === mode && resource.change !== undefined);
}

function ours(part: string, resources: readonly ResourceDocument[]): readonly PlannedResource[] {
  return resources.flatMap((document) => {
    const kind = kindOf(document.type ?? "");
    return kind === undefined ? [] : [readResource(part, kind, document)];
  });
}

function otherChanges(resources: readonly ResourceDocument[]): PlanModel["otherChanges"] {
  return resources.flatMap(({ type = "", address, previous_address: previous, change = {} }) => {
    if (kindOf(type) !== undefined) return [];
    const entry = {
      type,
      action: actionOf(change),
      isMoved: previous !== undefined && previous !== address,
      isImported: isImported(change),
    };
    return entry.action === "none" && !entry.isMoved && !entry.isImported ? [] : [entry];
  });
}

function changedOutputs({ output_changes: outputs }: PlanDocument): readonly string[] {
  return Object.entries(outputs ?? {}).flatMap(([name, change]) => (actionOf(change) === "none" ? [] : [name]));
}

function readState(part: string, module: StateModuleDocument | undefined, state: StateObject[], counts: Map<string, number>): void {
  for (const { address = "", mode, type = "", values = {}, sensitive_values: sensitive } of list(module?.resources)) {
    const isData = mode === "data";
    if (!isData) counts.set(type, (counts.get(type) ?? 0) + 1);
    if (!type.startsWith("bitlift_")) continue;
    state.push({ part, address, type, isData, values: hideSensitive(values, sensitive) as StateObject["values"] });
  }
  for (const child of list(module?.child_modules)) readState(part, child, state, counts);
}

function failedChecks({ checks }: PlanDocument): readonly FailedCheck[] {
  return list(checks).flatMap(({ address, status, instances }) => {
    if (status !== "fail" && status !== "error" && status !== "unknown") return [];
    const messages = list(instances).flatMap(({ problems }) => list(problems).map(({ message = "" }) => message));
    return [{ address: address?.to_display ?? "", status, messages }];
  });
}
