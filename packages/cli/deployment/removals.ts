/** The guard against a faulty file: refuses plans that remove more than the file allows. What counts as a removal is a rule of the review. */
import { percent, removalsOver, removalsText, REVIEW_CATALOG, totalRemovals, type RemovalPlan, type TypeRemovals } from "../../review";
import type { PartResult } from "./reporter";

/** The parts whose removals and objects are counted together. */
export interface RemovalSources {
  readonly results: readonly PartResult[];
  /** Reads the state of a part without a plan. */
  readonly stateCounts: (part: string) => Promise<RemovalPlan["stateCounts"]>;
}

/** What is counted for the results of one round. Reads the state of a part without a plan only if the answer may depend on it. */
export async function removalPlans(
  { results, stateCounts }: RemovalSources,
  earlier: readonly RemovalPlan[] = [],
): Promise<readonly RemovalPlan[]> {
  const plans = [...earlier, ...results.flatMap(plansOf)];
  if (removalsOver(0, plans).length === 0) return plans;
  const unplanned: RemovalPlan[] = [];
  for (const result of results) if (!("plan" in result)) unplanned.push({ changes: [], stateCounts: await stateCounts(result.part) });
  return [...plans, ...unplanned];
}

function plansOf(result: PartResult): readonly RemovalPlan[] {
  return "plan" in result ? [{ changes: result.plan.removals, stateCounts: result.plan.stateCounts }] : [];
}

/** For one `bitlift apply`: what its earlier rounds have deleted counts too, against the states at its start. */
export class RemovalGuard {
  readonly #most: number;
  readonly #accepted: number | undefined;
  #earlier: readonly RemovalPlan[] = [];

  /** @param accepted The number of `--accept-removals`. */
  constructor(most: number, accepted: number | undefined) {
    this.#most = most;
    this.#accepted = accepted;
  }

  /**
   * Called before the plans of a round are applied.
   * @throws Problem `removals-over-limit` if there are types over the limit, and `accepted` is not exactly their number of removals. Later rounds may
   * still add to the number.
   */
  async check(sources: RemovalSources): Promise<void> {
    const over = removalsOver(this.#most, await removalPlans(sources, this.#earlier));
    const total = totalRemovals(over);
    const isWaiting = sources.results.some(({ status }) => status === "waits");
    const isAccepted = this.#accepted !== undefined && (isWaiting ? total <= this.#accepted : total === this.#accepted);
    if (over.length > 0 && !isAccepted) throw this.#refusal(over, total);
  }

  /** Called when the plans of a round are applied. */
  applied(results: readonly PartResult[]): void {
    this.#earlier = [...this.#earlier, ...results.flatMap(plansOf)];
  }

  #refusal(over: readonly TypeRemovals[], total: number): Error {
    const isFirst = this.#earlier.length === 0;
    const other = this.#accepted === undefined ? "" : ` --accept-removals accepts ${this.#accepted}, but these are ${total}.`;
    const what = isFirst ? "The plans" : "Together with the parts that are applied already, the plans";
    const rest = isFirst ? "nothing was applied" : "the parts that waited were not applied";
    const next = isFirst
      ? `run the command again with --accept-removals ${total}`
      : "run the command again: it counts only what is left, and names the number if that is too many too";
    return REVIEW_CATALOG.problem("removals-over-limit", {
      why: `${what} delete ${removalsText(over)}. The limit is ${percent(this.#most)} of the objects of one type, and ${rest}.${other}`,
      fix: `If all of them must go, ${next}. Otherwise correct the file: a key that has a new name needs its former one in previously.`,
    });
  }
}
