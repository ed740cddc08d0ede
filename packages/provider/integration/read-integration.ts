/** Reads an integration from Spacelift. The state keeps the values that the key cannot read. */
import { problem, ROOT_SPACE_ID, warning, type BitbucketProduct } from "../../domain";
import { gone } from "../../terraform-plugin";
import type { Integration } from "../../clients";
import type { CredentialArguments } from "../credentials/credential-arguments";
import type { ReadContext } from "../resource-handlers";
import type { ProductFields, ReadIntegration } from "./integration-adapter";
import { readableAttributes, type IntegrationViews } from "./integration-attributes";
import { toProductFields, webhookSecretHidden } from "./integration-input";

export async function readIntegration(
  product: BitbucketProduct,
  { state, api, report }: ReadContext<IntegrationViews>,
  forms: readonly CredentialArguments[],
): Promise<ReadIntegration | typeof gone> {
  const id = state.id ?? "";
  const found = await api.spacelift.integrations[product].find(id, state.space_id);
  if (found.state === "gone") {
    if (state.name !== null) api.knownIntegrations.forget(product, state.name);
    return gone;
  }
  if (found.state === "hidden") {
    const hidden = {
      why: `The integration "${found.listing.name}" (${id}) exists, but ${api.spacelift.keyName} cannot read its details.`,
      fix: `Give the key admin access to the Space "${found.spaceId ?? ROOT_SPACE_ID}". Until then, drift of the integration cannot be detected.`,
    };
    if (state.name === null) throw problem("integration-not-visible", hidden, { kind: "not-permitted" });
    report.add(warning("integration-not-visible", hidden));
    api.knownIntegrations.record(product, state);
    return { shared: { space_id: found.listing.spaceId ?? state.space_id }, productFields: toProductFields(forms) };
  }
  const { integration } = found;
  if (integration.webhookSecretFingerprint === null) report.add(webhookSecretHidden(api, integration.name, integration.spaceId));
  const shared = sharedValues(integration, state);
  api.knownIntegrations.record(product, { ...shared, id });
  return { shared: { ...shared, id }, productFields: readProductFields(integration, toProductFields(forms)) };
}

function sharedValues(integration: Integration, state: IntegrationViews["stored"]) {
  return {
    ...readableAttributes(integration),
    space_id: integration.spaceId ?? state.space_id ?? ROOT_SPACE_ID,
    use_git_checkout: integration.useGitCheckout ?? state.use_git_checkout,
    detach_protection: state.detach_protection ?? true,
    webhook_url: integration.webhookUrl ?? state.webhook_url,
    webhook_secret_fingerprint: integration.webhookSecretFingerprint ?? state.webhook_secret_fingerprint,
  };
}

/** Only the fields of the form in use are set. An older server returns none of the fields; then the state keeps its values. */
function readProductFields(integration: Integration, stored: ProductFields): ProductFields {
  return Object.values(integration.productFields).every((value) => value === null) ? stored : { ...stored, ...integration.productFields };
}
