/** Whether a log is the whole log of a plan. Without a warning in it nobody is concerned, so a log that lacks something must not count. */
import type { PlanModel } from "./plan-model";

interface LineDocument {
  readonly type?: unknown;
  readonly change?: { readonly action?: unknown; readonly resource?: { readonly addr?: unknown; readonly resource_type?: unknown } };
}

const COMPARED: ReadonlySet<unknown> = new Set(["create", "update", "replace", "delete"]);

/** @returns why the log does not count; undefined if it does */
export function logProblem(log: string, plan: PlanModel): string | undefined {
  if (log.trim() === "") return "it is empty";
  const lines = log.split("\n").filter((line) => line.startsWith("{"));
  const documents = lines.map(parse);
  if (!documents.some((document) => document?.type === "version"))
    return "it has no line that says the version of the engine, as plan -json prints it";
  if (documents.at(-1) === undefined) return "its last line is cut off";
  // A plan that failed has no summary, and fails the review.
  if (plan.errored) return undefined;
  if (!documents.some((document) => document?.type === "change_summary")) return "it has no line that summarizes the changes";
  const logged = documents.flatMap((document) => (document === undefined ? [] : changeOf(document))).sort();
  const planned = plan.changes.flatMap(({ action, address, resource }) =>
    COMPARED.has(action) && resource.backing === "bitlift" ? [`${action} ${address}`] : [],
  );
  return JSON.stringify(logged) === JSON.stringify(planned.sort()) ? undefined : "its changes are not those of the plan";
}

function parse(line: string): LineDocument | undefined {
  try {
    return JSON.parse(line) as LineDocument;
  } catch {
    return undefined;
  }
}

/** Only resources of Bitlift's own provider: the warnings of others name nobody. */
function changeOf({ type, change }: LineDocument): readonly string[] {
  if (type !== "planned_change" || !COMPARED.has(change?.action)) return [];
  return String(change?.resource?.resource_type).startsWith("bitlift_")
    ? [`${String(change?.action)} ${String(change?.resource?.addr)}`]
    : [];
}
