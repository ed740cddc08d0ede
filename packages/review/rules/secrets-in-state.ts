/** The state contains webhook secrets, because the published providers store them. One finding for each part. */
import type { Finding } from "../finding";
import type { PlannedResource, PlanModel } from "../plan/plan-model";
import { SENSITIVE } from "../plan/redaction";
import { kindInState } from "../plan/resource-kinds";
import type { RuleContext } from "./context";
import { count, finding } from "./finding-of";

const MOST_NAMES = 20;

export function* secretsInState({ plans, subjectAt }: RuleContext): Iterable<Finding> {
  for (const plan of plans) {
    const storing = plan.changes.filter(storesSecret);
    const objects = [...storing.map(describe), ...readBySource(plan)];
    if (objects.length === 0) continue;
    const isNew = storing.some(({ before, imported, previousAddress }) => {
      return before === undefined || imported !== undefined || previousAddress !== undefined;
    });
    const more = objects.length - MOST_NAMES;
    yield finding("secrets-in-state", subjectAt(plan.part, undefined), {
      severity: isNew ? "notice" : "info",
      what: `The state of part ${plan.part} contains webhook secrets: ${count(objects.length, "object")} with published backing ${objects.length === 1 ? "stores its secret" : "store their secrets"} there.`,
      todo: "Keep the state in an encrypted backend with few readers. Bitlift's own provider stores only fingerprints.",
      details: [...objects.slice(0, MOST_NAMES), ...(more > 0 ? [`And ${more} more.`] : [])],
    });
  }
}

function storesSecret({ resource, action, after, unknown, isDeposed }: PlannedResource): boolean {
  if (resource.backing !== "published" || resource.kind === "space" || isDeposed) return false;
  if (after === undefined || action === "forget") return false;
  return resource.kind === "integration" || unknown.has("secret_fingerprint") || after["secret_fingerprint"] === SENSITIVE;
}

function describe({ address, after }: PlannedResource): string {
  const hasToken = after?.["credential_fingerprint"] === SENSITIVE;
  return `${address} stores the webhook secret${hasToken ? " and the access token, which access_token_wo keeps out of the state" : ""}.`;
}

/** Data sources read the secret of an integration that is managed elsewhere. */
function readBySource({ state }: PlanModel): readonly string[] {
  return state
    .filter(({ type, isData }) => isData && type.startsWith("spacelift_") && kindInState(type)?.kind === "integration")
    .map(({ address }) => `${address} stores the webhook secret.`);
}
