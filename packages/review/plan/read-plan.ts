/** Reads a plan in the form that the engine prints with `show -json`. Keeps only what rules need, because plans may be huge. */
import { Problem } from "../../diagnostics";
import { problem } from "../catalog";
import { list, type PlanDocument, type ResourceDocument } from "./plan-document";
import type { FailedCheck, PlanMessage, PlanModel, PlannedResource } from "./plan-model";
import { actionOf, isImported } from "./read-resource";
import { readState } from "./read-state";
import { ResourceReader } from "./resource-reader";

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
  const reader = new ResourceReader(document);
  const [changes, others] = read(resources, (resource) => reader.read(part, resource));
  const [drift] = read(ofMode(document.resource_drift, "managed"), (resource) => reader.read(part, resource));
  return {
    part,
    source,
    formatVersion,
    engineVersion: typeof document.terraform_version === "string" ? document.terraform_version : undefined,
    errored: document.errored === true,
    complete: document.complete !== false,
    changes,
    drift,
    otherChanges: otherChanges(others),
    ...readState(part, document.prior_state?.values?.root_module, deletedIn(resources)),
    failedChecks: failedChecks(document),
    actions: list(document.action_invocations).map(({ address = "", type = "", lifecycle_action_trigger: trigger }) => ({
      address,
      type,
      trigger: trigger?.triggering_resource_address,
    })),
    changedOutputs: changedOutputs(document),
    references: reader.references,
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

function ofMode(resources: readonly ResourceDocument[] | undefined, mode: string): readonly ResourceDocument[] {
  return list(resources).filter((resource) => resource.mode === mode && resource.change !== undefined);
}

/** Those that are objects of Bitlift, and all others. */
function read(
  resources: readonly ResourceDocument[],
  readOne: (resource: ResourceDocument) => PlannedResource | undefined,
): readonly [objects: readonly PlannedResource[], others: readonly ResourceDocument[]] {
  const objects: PlannedResource[] = [];
  const others: ResourceDocument[] = [];
  for (const resource of resources) {
    const object = readOne(resource);
    if (object === undefined) others.push(resource);
    else objects.push(object);
  }
  return [objects, others];
}

function otherChanges(resources: readonly ResourceDocument[]): PlanModel["otherChanges"] {
  return resources.flatMap(({ type = "", address, previous_address: previous, change = {} }) => {
    const entry = {
      type,
      action: actionOf(change),
      isMoved: previous !== undefined && previous !== address,
      isImported: isImported(change),
    };
    return entry.action === "none" && !entry.isMoved && !entry.isImported ? [] : [entry];
  });
}

function deletedIn(resources: readonly ResourceDocument[]): (address: string) => boolean {
  const deleted = new Set(resources.flatMap(({ address, change = {} }) => (actionOf(change) === "delete" ? [address] : [])));
  return (address) => deleted.has(address);
}

function changedOutputs({ output_changes: outputs }: PlanDocument): readonly string[] {
  return Object.entries(outputs ?? {}).flatMap(([name, change]) => (actionOf(change) === "none" ? [] : [name]));
}

function failedChecks({ checks }: PlanDocument): readonly FailedCheck[] {
  return list(checks).flatMap(({ address, status, instances }) => {
    if (status !== "fail" && status !== "error" && status !== "unknown") return [];
    const messages = list(instances).flatMap(({ problems }) => list(problems).map(({ message = "" }) => message));
    return [{ address: address?.to_display ?? "", status, messages }];
  });
}
