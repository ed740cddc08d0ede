/** The plans of the project: made now, or read from the folder of `bitlift plan --plan-dir`. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import {
  readPlan,
  readPlanLog,
  type PlanMessage,
  type PlanModel,
  type ReviewInput,
  readConstructOrigins,
  type ConstructOrigins,
} from "../../review";
import { deploy, type Deployment } from "../deployment/deployment";
import type { OrderedPart } from "../deployment/parts";
import type { Plan } from "../deployment/plan-json";
import { PlanFolder } from "../deployment/plan-folder";
import { removalPlans } from "../deployment/removals";
import type { PartResult } from "../deployment/reporter";
import { readSavedPlans, unplannedParts } from "../deployment/saved-plans";
import { takeRecordedOrigins } from "../project/synthesis";
import type { ColorOption } from "../terminal";
import { ReviewReporter } from "./review-reporter";

/** What a review has read. */
export interface ReadPlans {
  readonly plans: readonly PlanModel[];
  readonly waiting: NonNullable<ReviewInput["waiting"]>;
  readonly failed: readonly string[];
  /** Where the app declares constructs; undefined if only plans were given. */
  readonly constructs?: ConstructOrigins;
  /** Whether parts of the project are missing. */
  readonly isPartial: boolean;
}

interface PlanningOptions extends ColorOption {
  readonly part?: readonly string[] | undefined;
  readonly planDir?: string | undefined;
}

/** A plan in which nothing happens. */
const EMPTY_PLAN = JSON.stringify({ format_version: "1.2", resource_changes: [] });

/** @returns undefined if the file has errors, which are printed */
export async function planProject(options: PlanningOptions, secrets: readonly string[]): Promise<ReadPlans | undefined> {
  const { part, planDir } = options;
  if (planDir !== undefined) await PlanFolder.existing(planDir).read();
  const reporter = new ReviewReporter(options);
  const plans: PlanModel[] = [];
  const logs = new Map<string, readonly PlanMessage[]>();
  const onPlan = ({ name }: OrderedPart, json: string) => {
    const messages = planDir === undefined ? reporter.messagesOf(name) : logs.get(name);
    plans.push(readPlan(json, { part: name, source: `The plan of part ${name}`, secrets, ...(messages && { messages }) }));
  };
  let read: ReadPlans | undefined;
  await deploy(
    "review",
    { ...options, ...(part === undefined ? {} : { part }), reporter, onPlan, locksState: false, recordsOrigins: true },
    async (deployment) => {
      const constructs = await constructsOf(deployment.parts);
      const results =
        planDir === undefined ? await planNow(deployment) : await readSaved(deployment, PlanFolder.existing(planDir), part, logs);
      for (const result of results)
        if (result.status === "none" && !plans.some(({ part: name }) => name === result.part)) plans.push(emptyPlan(result));
      read = {
        constructs,
        plans,
        waiting: await waitingParts(deployment, results),
        failed: results.flatMap(({ part: name, status }) => (status === "failed" ? [name] : [])),
        isPartial:
          part !== undefined ||
          results.some(({ status }) => status === "waits" || status === "failed") ||
          unplannedParts(deployment, results).length > 0,
      };
      return 0;
    },
  );
  return read;
}

/** Places are relative to the folder of `cdktf.json`, as those of the file. */
async function constructsOf(parts: readonly OrderedPart[]): Promise<ConstructOrigins> {
  const files = { root: process.cwd(), read: textOf };
  const entries = parts.map(async (part) => {
    const synthesized = JSON.parse(await readFile(part.file, "utf8")) as unknown;
    return [part.name, readConstructOrigins(synthesized, files, await takeRecordedOrigins(part))] as const;
  });
  return new Map(await Promise.all(entries));
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function emptyPlan({ part, plan: { stateCounts } }: Extract<PartResult, { readonly plan: Plan }>): PlanModel {
  return { ...readPlan(EMPTY_PLAN, { part, source: `The plan of part ${part}`, messages: [] }), stateCounts };
}

/** Their states count for the limit on removals, as in `bitlift apply`. */
async function waitingParts(deployment: Deployment, results: readonly PartResult[]): Promise<ReadPlans["waiting"]> {
  const counted = new Map<string, Plan["stateCounts"]>();
  const stateCounts = async (part: string) => {
    const counts = await deployment.stateCounts(part);
    counted.set(part, counts);
    return counts;
  };
  await removalPlans({ results, stateCounts });
  return results.flatMap((result) => {
    if (result.status !== "waits") return [];
    const { part, waitsFor } = result;
    const counts = counted.get(part);
    return [{ part, waitsFor, ...(counts && { stateCounts: counts }) }];
  });
}

async function planNow(deployment: Deployment): Promise<readonly PartResult[]> {
  const folder = await PlanFolder.temporary();
  try {
    return await deployment.plan(deployment.parts, folder);
  } finally {
    await folder.end();
  }
}

async function readSaved(
  deployment: Deployment,
  folder: PlanFolder,
  selected: readonly string[] | undefined,
  logs: Map<string, readonly PlanMessage[]>,
): Promise<readonly PartResult[]> {
  return readSavedPlans(deployment, folder, {
    selected,
    async onPart({ name }) {
      const log = await readFile(folder.log(name), "utf8").catch(() => undefined);
      if (log !== undefined) logs.set(name, readPlanLog(log, name));
    },
  });
}
