/** The plans that `bitlift plan --plan-dir` saved, as results of the parts: exactly what `bitlift apply --plan-dir` applies and a review shows. */
import { problem } from "../catalog";
import type { Deployment } from "./deployment";
import type { OrderedPart } from "./parts";
import { unusable, type PlanFolder, type SavedPart } from "./plan-folder";
import type { PartResult } from "./reporter";

export interface SavedPlanOptions {
  /** Names of parts; undefined for all. */
  readonly selected: readonly string[] | undefined;
  /** Called for each part that has a plan to read. */
  readonly onPart: (part: OrderedPart, saved: SavedPart) => Promise<void>;
}

/** Before an apply: parts that come after a failed one may need it. @throws Problem `plans-unusable` if planning a selected part failed */
export async function refuseFailedPlans(folder: PlanFolder, selected: readonly string[] | undefined): Promise<void> {
  const failed = (await selectedParts(folder, selected)).flatMap(({ part, status }) => (status === "failed" ? [part] : []));
  if (failed.length === 0) return;
  const [of, have] = failed.length === 1 ? ["plan of part", "has"] : ["plans of parts", "have"];
  throw problem("plans-unusable", {
    why: `The ${of} ${failed.join(", ")} failed when ${folder.path} was saved, and ${have} nothing to apply. Nothing was applied.`,
    fix: "Correct what bitlift plan reported, and save new plans with bitlift plan --plan-dir. To apply the plans of other parts only, name these with --part.",
  });
}

/** @throws Problem `plans-unusable` */
export async function readSavedPlans(
  deployment: Deployment,
  folder: PlanFolder,
  { selected, onPart }: SavedPlanOptions,
): Promise<readonly PartResult[]> {
  const others: PartResult[] = [];
  const changing: OrderedPart[] = [];
  for (const saved of await selectedParts(folder, selected)) {
    const part = deployment.parts.find(({ name }) => name === saved.part);
    if (part === undefined) throw unusable(`${folder.path} has a plan of part ${saved.part}, but the project no longer has that part.`);
    if (saved.status === "changes") {
      await onPart(part, saved);
      changing.push(part);
    } else others.push(resultWithoutFile(saved, saved.status));
  }
  return [...others, ...(await deployment.readPlans(changing, folder))];
}

/** Names of parts of the command that the folder says nothing about. */
export function unplannedParts(deployment: Deployment, results: readonly PartResult[]): readonly string[] {
  return deployment.parts.flatMap(({ name }) => (results.some(({ part }) => part === name) ? [] : [name]));
}

async function selectedParts(folder: PlanFolder, selected: readonly string[] | undefined): Promise<readonly SavedPart[]> {
  return (await folder.read()).filter(({ part }) => selected?.includes(part) ?? true);
}

function resultWithoutFile({ part, waitsFor = [], stateCounts }: SavedPart, status: Exclude<PartResult["status"], "changes">): PartResult {
  if (status === "waits") return { part, status, waitsFor };
  if (status === "failed") return { part, status, message: `The plan of part ${part} failed.` };
  const plan = { changes: [], changesOutputs: false, stateCounts: countsIn(stateCounts), removals: [] };
  return { part, status, plan, newKeys: [] };
}

/** The list may be edited by hand. */
function countsIn(value: unknown): ReadonlyMap<string, number> {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return new Map(entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"));
}
