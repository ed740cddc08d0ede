/** Validates and plans an integration: a create, an update, and a delete. */
import { error, ROOT_SPACE_ID, type BitbucketProduct } from "../../domain";
import { UNKNOWN, type Report, type Unknown } from "../../terraform-plugin";
import { declaredCredential, providerCredentialReused, type CredentialArguments } from "../credentials/credential-arguments";
import { tokenInEnvironment, tokenNotChecked, variableNotSetAtPlan } from "../credentials/credential-token";
import type { DeleteContext, PlanContext } from "../resource-handlers";
import { warnOfLostAccess, type AccessChange } from "../space/lost-access";
import { withoutFailing } from "../space/space-lookup";
import { spaceNotFound } from "../space/space-not-found";
import { warnOfDetaching } from "./detach-protection";
import type { IntegrationViews } from "./integration-attributes";
import { warnOfConflicts } from "./name-conflicts";
import { releaseNames, reportCreateConflicts, reportExchangedNames, reportKeptConflicts } from "./planned-conflicts";
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
  if (context.replacing) reportExchangedNames(product, context, prior);
  else reportKeptConflicts(product, context, prior);
  if (credential !== undefined && token?.token === null) report.add(tokenNotChecked(credential, token.variable));
  planUpdate(context, prior, token?.fingerprint ?? null);
  // A replacement has a warning of its own: the old integration is deleted.
  // During an apply, the change itself is explained if Spacelift rejects it.
  const change = context.replacing || context.applying ? undefined : accessChange(product, prior, context.draft);
  const lost = change && (await warnOfLostAccess(api, change));
  if (lost !== undefined) report.add(lost);
}

async function checkSpace(context: IntegrationPlanContext): Promise<void> {
  const { report, prior } = context;
  const { space_id: spaceId } = context.draft;
  if (spaceId === UNKNOWN || spaceId === ROOT_SPACE_ID || spaceId === prior?.space_id) return;
  const notFound = await withoutFailing(context, () => spaceNotFound(context, spaceId, "space_id"));
  if (notFound !== undefined) report.add(notFound);
}

/** Undefined if the integration stays in its Space, or if every stack and module can use it anyway. */
export function accessChange(
  product: BitbucketProduct,
  prior: IntegrationViews["stored"],
  { space_id: spaceId }: Pick<IntegrationViews["draft"], "space_id">,
): AccessChange | undefined {
  const { id, name, space_id: priorSpaceId, is_default: isDefault } = prior;
  if (id === null || priorSpaceId === null || isDefault === true || spaceId === priorSpaceId) return undefined;
  return { integration: { product, id, name: name ?? id, spaceId } };
}

async function planCreate(product: BitbucketProduct, context: IntegrationPlanContext): Promise<void> {
  const { draft, api, report, applying } = context;
  reportCreateConflicts(product, context);
  const pending: PendingIntegration = { name: draft.name, isDefault: draft.is_default, applying };
  const predicted = await predictValues(api, product, pending, report);
  if (!applying) await warnOfConflicts(api, product, pending, report);
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
  releaseNames(product, context);
  const diagnostic = await warnOfDetaching(api, product, { id: prior.id ?? "", name: prior.name ?? "" });
  if (diagnostic !== undefined) report.add(diagnostic);
}
