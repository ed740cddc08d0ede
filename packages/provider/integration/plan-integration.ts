/** Validates and plans an integration: a create, an update, and a delete. */
import { error, ROOT_SPACE_ID, type BitbucketProduct } from "../../domain";
import { UNKNOWN, type Report, type Unknown } from "../../terraform-plugin";
import { declaredCredential, providerCredentialReused, type CredentialArguments } from "../credentials/credential-arguments";
import { tokenInEnvironment, tokenNotChecked, variableNotSetAtPlan } from "../credentials/credential-token";
import type { DeleteContext, PlanContext } from "../resource-handlers";
import { spaceNotFound } from "../space/space-not-found";
import { warnOfDetaching } from "./detach-protection";
import type { IntegrationViews } from "./integration-attributes";
import { warnOfSecondDefault } from "./name-conflicts";
import { predictValues, type PendingIntegration } from "./predicted-values";
import { recordCreateRequirements } from "./replacement-blocker";

type IntegrationPlanContext = PlanContext<IntegrationViews>;

/** A default integration serves the whole account, so it belongs to the root Space. */
export function validateDefaultSpace(config: IntegrationViews["config"], report: Report): void {
  const space = config.space_id ?? ROOT_SPACE_ID;
  if (config.is_default !== true || space === UNKNOWN || space === ROOT_SPACE_ID) return;
  report.add(
    error("default-outside-root", {
      why: `is_default is true and space_id is "${space}", but a default integration serves the whole account.`,
      fix: `Remove space_id (it defaults to "${ROOT_SPACE_ID}"), or make the integration Space-level with is_default = false.`,
      at: ["space_id"],
    }),
  );
}

export async function planIntegration(
  product: BitbucketProduct,
  context: IntegrationPlanContext,
  forms: readonly CredentialArguments[],
): Promise<void> {
  const { prior, api, report } = context;
  const credential = declaredCredential(forms);
  const token = tokenInEnvironment(credential, api.environment);
  // Validation has checked the provider's standard variables. Which variables the provider block names is known only here.
  if (credential !== undefined && token !== undefined && api.usesVariable(token.variable))
    report.add(providerCredentialReused(credential.form, token.variable));
  await checkSpace(context);
  if (prior === null) {
    recordCreateRequirements(context.privateState, credential, context.draft);
    if (token?.token === null) report.add(variableNotSetAtPlan(token.variable));
    await planCreate(product, context);
    return;
  }
  api.knownIntegrations.record(product, prior);
  if (credential !== undefined && token?.token === null) report.add(tokenNotChecked(credential, token.variable));
  planUpdate(context, prior, token?.fingerprint ?? null);
}

async function checkSpace({ draft, prior, api, report }: IntegrationPlanContext): Promise<void> {
  const { space_id: spaceId } = draft;
  if (spaceId === UNKNOWN || spaceId === ROOT_SPACE_ID || spaceId === prior?.space_id) return;
  const notFound = await spaceNotFound(api, spaceId, "space_id");
  if (notFound !== undefined) report.add(notFound);
}

async function planCreate(product: BitbucketProduct, { draft, api, report }: IntegrationPlanContext): Promise<void> {
  const pending: PendingIntegration = { name: draft.name, isDefault: draft.is_default };
  const predicted = await predictValues(api, product, pending, report);
  await warnOfSecondDefault(api, product, pending, report);
  draft.id = predicted.id;
  draft.webhook_url = predicted.webhookUrl;
}

function planUpdate({ draft, changed }: IntegrationPlanContext, prior: IntegrationViews["stored"], tokenFingerprint: string | null): void {
  const isNewToken = tokenFingerprint !== null && tokenFingerprint !== prior.credential_fingerprint;
  if (changed || isNewToken) draft.credential_fingerprint = UNKNOWN;
  if (rotatesSecret(prior.webhook_secret_rotation, draft.webhook_secret_rotation)) draft.webhook_secret_fingerprint = UNKNOWN;
}

/**
 * Only a change from one text to another regenerates the secret, and an unknown text may be such a change.
 * Setting the first text, or removing the text, changes only the state.
 */
export function rotatesSecret(prior: string | null, planned: string | null | Unknown): boolean {
  return prior !== null && planned !== null && planned !== prior;
}

export async function planIntegrationDelete(product: BitbucketProduct, context: DeleteContext<IntegrationViews>): Promise<void> {
  const { prior, api, report } = context;
  api.knownIntegrations.record(product, prior);
  const diagnostic = await warnOfDetaching(api, product, { id: prior.id ?? "", name: prior.name ?? "" });
  if (diagnostic !== undefined) report.add(diagnostic);
}
