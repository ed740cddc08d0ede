/** Makes a review: applies every rule to plans, and sorts what they find. */
import type { Configuration } from "../configuration";
import { addCounts, countChanges, countsOf, isEmpty } from "./counts";
import { SEVERITIES, type Finding } from "./finding";
import { pictureOf } from "./picture";
import type { ConstructOrigins } from "./plan/construct-origins";
import type { PlanModel, PlannedResource } from "./plan/plan-model";
import { spaceTrees, type AccountSpace } from "./plan/space-tree";
import type { Review, ReviewedPart } from "./review";
import { RULES } from "./rules/all-rules";
import { Consumers, type AccountConsumers } from "./rules/consumers";
import type { RuleContext, WaitingPart } from "./rules/context";
import { withoutRepeatedMessages } from "./rules/repeated-messages";
import { Subjects } from "./rules/subjects";
import { Webhooks } from "./rules/webhooks";

export interface ReviewInput {
  readonly plans: readonly PlanModel[];
  /** Parts without a plan, because they wait for another part. */
  readonly waiting?: readonly WaitingPart[];
  /** Parts whose plan failed. */
  readonly failed?: readonly string[];
  readonly configuration?: Configuration | undefined;
  /** The limit of removals as it counts for the gate; by default that of the configuration. */
  readonly mostRemovals?: number | undefined;
  /** What Spacelift says about the account; undefined if nobody asked it. */
  readonly account?: { readonly consumers: AccountConsumers; readonly spaces?: readonly AccountSpace[] } | undefined;
  readonly constructs?: ConstructOrigins | undefined;
}

export const DEFAULT_MOST_REMOVALS = 0.25;

/** The verdict of every finding is `open`: the gate judges. */
export function review(input: ReviewInput): Review {
  const context = contextOf(input);
  const findings: Finding[] = [];
  for (const rule of RULES) findings.push(...rule(context, [...findings]));
  findings.sort(bySeverityAndPlace);
  const parts = partsOf(input);
  return {
    parts,
    counts: addCounts(parts.map(({ counts }) => counts)),
    findings: findings.map((finding) => ({ ...finding, verdict: "open", note: undefined })),
    otherChanges: otherChangesOf(input.plans),
    picture: pictureOf(context),
    blocked: false,
    base: undefined,
  };
}

export function contextOf({ plans: given, waiting = [], configuration, mostRemovals, account, constructs }: ReviewInput): RuleContext {
  const plans = given.map(withoutRepeatedMessages);
  const changes = plans.flatMap((plan) => plan.changes);
  const byPart = new Map(plans.map((plan) => [plan.part, plan]));
  const byAddress = new Map(changes.map((change) => [`${change.part} ${change.address}`, change]));
  const spaces = spaceTrees(plans, account?.spaces);
  const subjects = new Subjects(configuration, constructs);
  const planOf = ({ part }: PlannedResource): PlanModel => byPart.get(part) as PlanModel;
  return {
    plans,
    waiting,
    configuration,
    mostRemovals: mostRemovals ?? configuration?.mostRemovals ?? DEFAULT_MOST_REMOVALS,
    changes,
    integrations: changes.filter(({ resource }) => resource.kind === "integration"),
    spaces,
    consumers: new Consumers(account?.consumers, plans, spaces.before),
    webhooks: new Webhooks(plans),
    subjectOf: (change) => subjects.of(change),
    adviceAbout: (code, address) => subjects.advice(code, address),
    subjectAt: (part, address) => (address === undefined ? subjects.ofPart(part) : subjects.at(part, address)),
    planOf,
    messages: (...codes) =>
      plans.flatMap(({ messages = [] }) =>
        messages
          .filter(({ code }) => code !== undefined && codes.includes(code))
          .map((message) => ({ ...message, change: byAddress.get(`${message.part} ${message.address ?? ""}`) })),
      ),
  };
}

function partsOf({ plans, waiting = [], failed = [] }: ReviewInput): readonly ReviewedPart[] {
  const none = countChanges([]);
  return [
    ...plans.map((plan): ReviewedPart => {
      const counts = countsOf(plan);
      const hasChanges = !isEmpty(counts) || plan.otherChanges.length > 0 || plan.changedOutputs.length > 0 || !plan.complete;
      return { name: plan.part, status: plan.errored ? "failed" : hasChanges ? "changes" : "none", counts };
    }),
    ...waiting.map(({ part }): ReviewedPart => ({ name: part, status: "waits", counts: none })),
    ...failed.map((part): ReviewedPart => ({ name: part, status: "failed", counts: none })),
  ];
}

function otherChangesOf(plans: readonly PlanModel[]): Review["otherChanges"] {
  const byType = new Map<string, PlanModel["otherChanges"][number][]>();
  for (const change of plans.flatMap(({ otherChanges }) => otherChanges)) {
    const list = byType.get(change.type);
    if (list === undefined) byType.set(change.type, [change]);
    else list.push(change);
  }
  return [...byType].map(([type, list]) => ({ type, counts: countChanges(list) })).sort((a, b) => compare(a.type, b.type));
}

function bySeverityAndPlace(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) ||
    compare(a.subject.place?.file ?? "", b.subject.place?.file ?? "") ||
    (a.subject.place?.line ?? 0) - (b.subject.place?.line ?? 0) ||
    compare(a.code, b.code) ||
    compare(a.subject.key, b.subject.key)
  );
}

/** Independent of the locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
