/** The plans that real engines made, for tests of the rules. `npm run test:golden` makes them anew. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readPlan } from "../plan/read-plan";
import { readPlanLog } from "../plan/read-plan-log";
import type { PlanModel } from "../plan/plan-model";
import { review, type ReviewInput } from "../review-plans";
import type { Review } from "../review";

const GOLDEN = resolve(__dirname, "../../../__tests__/golden");
const FOLDER = join(GOLDEN, "plans");
/** The same of objects with published backing. */
const PUBLISHED_FOLDER = join(GOLDEN, "published-plans");

export const ENGINES: readonly string[] = readdirSync(FOLDER).sort();
export const GOLDEN_PRODUCTS = ["cloud", "datacenter"] as const;

export function goldenNames(engine: string): readonly string[] {
  return readdirSync(join(FOLDER, engine)).map((name) => name.replace(/\.json$/, ""));
}

/** The texts as an engine prints them. */
export function goldenTexts(engine: string, name: string, folder = FOLDER): { readonly plan: string; readonly log: string } {
  const { plan, log } = JSON.parse(readFileSync(join(folder, engine, `${name}.json`), "utf8")) as {
    readonly plan: object;
    readonly log: readonly object[];
  };
  return { plan: JSON.stringify(plan), log: log.map((line) => JSON.stringify(line)).join("\n") };
}

export function goldenPlan(engine: string, name: string, { withLog = true } = {}): PlanModel {
  const { plan, log } = goldenTexts(engine, name);
  return readPlan(plan, { part: "main", source: `${name}.json`, ...(withLog ? { messages: readPlanLog(log, "main") } : {}) });
}

export function reviewOf(engine: string, name: string, input: Partial<ReviewInput> & { readonly withLog?: boolean } = {}): Review {
  const { withLog = true, ...rest } = input;
  return review({ plans: [goldenPlan(engine, name, { withLog })], ...rest });
}

export function publishedNames(engine: string): readonly string[] {
  return readdirSync(join(PUBLISHED_FOLDER, engine)).map((name) => name.replace(/\.json$/, ""));
}

export function publishedReview(engine: string, name: string): Review {
  const { plan, log } = goldenTexts(engine, name, PUBLISHED_FOLDER);
  const messages = readPlanLog(log, "main");
  return review({ plans: [readPlan(plan, { part: "main", source: `${name}.json`, messages })] });
}
