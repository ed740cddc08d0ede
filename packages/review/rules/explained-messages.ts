/** The warnings of the plans that findings explain. A warning that no finding uses is shown itself. */
import type { FindingCode } from "../catalog";
import type { Finding } from "../finding";
import type { PlanMessage, PlannedResource } from "../plan/plan-model";
import { textOf } from "../plan/values";
import type { RuleContext } from "./context";
import { ACCESS_CODES, CONSUMER_CODES, DETACHING_CODES, EXPLAINED_SUMMARIES, REMOVAL_CODES, REPOSITORY_CODES } from "./message-codes";
import { PlanMessages } from "./plan-messages";
import { productOf } from "./webhooks";

const DETACHING_FINDINGS: readonly FindingCode[] = ["integration-deleted", "integration-replaced", "integration-renamed"];

/** Which findings about an object say what a warning with one of the codes says. */
type Explanation = readonly [codes: readonly string[], findings: readonly FindingCode[]];

const EXPLANATIONS: readonly Explanation[] = [
  [DETACHING_CODES, [...DETACHING_FINDINGS, "default-integration-changed"]],
  [ACCESS_CODES, ["space-access-lost"]],
  [REMOVAL_CODES, ["webhook-deleted"]],
];

export function explainedMessages({ plans, integrations }: RuleContext, findings: readonly Finding[]): ReadonlySet<PlanMessage> {
  const found = new Set(findings.map(({ code, subject }) => findingKey(code, subject.part, subject.address)));
  const has = ({ part, address }: PlannedResource, codes: readonly FindingCode[]) =>
    codes.some((code) => found.has(findingKey(code, part, address)));
  // Such a finding names everybody who uses the integration, so those who read a repository through it too.
  const explainedIntegrations = new Set(
    integrations.filter((change) => has(change, DETACHING_FINDINGS)).map((change) => idKey(change, "id")),
  );
  const explained = new Set<PlanMessage>();
  for (const { messages = [], changes } of plans) {
    for (const message of messages) if (isExplainedAlways(message)) explained.add(message);
    const byChange = new PlanMessages(messages);
    for (const change of changes) {
      const isDetached = change.resource.kind === "webhook" && explainedIntegrations.has(idKey(change, "integration_id"));
      const codes = EXPLANATIONS.filter(([, names]) => isDetached || has(change, names)).flatMap(([names]) => names);
      for (const message of codes.length === 0 ? [] : byChange.about(change))
        if (message.severity === "warning" && CONSUMER_CODES.includes(message.code ?? "") && codes.includes(message.code ?? ""))
          explained.add(message);
    }
  }
  return explained;
}

function isExplainedAlways({ severity, code, summary }: PlanMessage): boolean {
  if (severity !== "warning") return false;
  return code === undefined ? EXPLAINED_SUMMARIES.some((pattern) => pattern.test(summary)) : REPOSITORY_CODES.includes(code);
}

function findingKey(code: string, part: string, address: string | undefined): string {
  return JSON.stringify([code, part, address]);
}

function idKey(change: PlannedResource, name: string): string {
  return `${productOf(change)} ${textOf(change.before, name) ?? ""}`;
}
