/** Predicts the ID and the webhook URL of an integration that is about to be created: both follow from its name. */
import { warning, type BitbucketProduct } from "../../domain";
import { UNKNOWN, type Report, type Unknown } from "../../terraform-plugin";
import type { Clients } from "../configuration/clients";
import { failureMessage } from "../failure-message";
import { reportRejectedLogin } from "../rejected-login";
import type { KnownIntegration } from "./known-integrations";
import { nameTaken } from "./name-conflicts";

/** An integration that does not exist yet, as far as its plan is known. */
export interface PendingIntegration {
  readonly name: string | Unknown;
  readonly isDefault: boolean | Unknown;
  /**
   * Whether this is part of an apply. It must predict what the plan has predicted, so the lookup waits as long as it must. The create follows at
   * once, and reports an existing integration itself.
   */
  readonly applying: boolean;
}

/** The values that the plan of a create can show. */
export interface PredictedValues {
  readonly id: string | Unknown;
  readonly webhookUrl: string | Unknown;
}

const LOOKUP_FAILED = "integration-lookup-failed";

const NOTHING_PREDICTED: PredictedValues = { id: UNKNOWN, webhookUrl: UNKNOWN };

/**
 * Uses the record of this process. If the record does not contain the name, looks the name up in Spacelift, once per process.
 * A failed lookup is a warning, and nothing is predicted. A rejected login is an error of the plan.
 */
export async function predictValues(
  api: Clients,
  product: BitbucketProduct,
  { name, isDefault, applying }: PendingIntegration,
  report: Report,
): Promise<PredictedValues> {
  if (name === UNKNOWN || isDefault === UNKNOWN) return NOTHING_PREDICTED;
  const known = api.knownIntegrations.get(product, name);
  if (known !== undefined) return predictFrom(known, isDefault);
  try {
    const existing = await (applying ? lookUp(api, product, name) : api.look("spacelift", () => lookUp(api, product, name)));
    if (existing === null) return NOTHING_PREDICTED;
    if (!applying && !(await api.knownIntegrations.manages(product, existing.id)))
      report.add(warning("duplicate-integration-name", nameTaken(name, { id: existing.id, name })));
    return predictFrom(existing, isDefault);
  } catch (failure) {
    if (reportRejectedLogin("spacelift", failure, { api, report, applying })) return NOTHING_PREDICTED;
    // The cause is usually the login or the server, so one report is enough.
    if (!api.reports.isFirst(LOOKUP_FAILED)) return NOTHING_PREDICTED;
    report.add(
      warning(LOOKUP_FAILED, {
        why: `Could not look up whether integrations with the names of new ones, such as "${name}", already exist: ${failureMessage(failure)}`,
        fix: "The plan shows the ID and the webhook URL as known after apply. The apply looks up the name again, and fails if it cannot. If this is not a temporary failure, correct it first.",
      }),
    );
    return NOTHING_PREDICTED;
  }
}

/** It is not documented whether the webhook URL of a default integration contains its name, so the URL is predicted only if `is_default` stays. */
function predictFrom(known: KnownIntegration, isDefault: boolean): PredictedValues {
  return { id: known.id, webhookUrl: known.isDefault === isDefault && known.webhookUrl !== null ? known.webhookUrl : UNKNOWN };
}

function lookUp(api: Clients, product: BitbucketProduct, name: string): Promise<KnownIntegration | null> {
  return api.knownIntegrations.lookUpOnce(product, name, async () => {
    const found = await api.spacelift.integrations[product].findByName(name);
    if (found === null) return null;
    if (found.state === "hidden") return { id: found.listing.id, webhookUrl: null, isDefault: found.listing.isDefault };
    const { id, webhookUrl, isDefault } = found.integration;
    return { id, webhookUrl, isDefault };
  });
}
