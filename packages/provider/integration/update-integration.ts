/** Updates an integration in Spacelift: its attributes, its token, its webhook secret. */
import type { BitbucketProduct } from "../../domain";
import { UNKNOWN } from "../../terraform-plugin";
import type { Integration } from "../../clients";
import { declaredCredential, type CredentialArguments, type DeclaredCredential } from "../credentials/credential-arguments";
import { tokenForUpdate } from "../credentials/credential-token";
import type { UpdateContext } from "../resource-handlers";
import { explainRejection } from "../space/lost-access";
import type { AppliedIntegration } from "./integration-adapter";
import type { IntegrationViews } from "./integration-attributes";
import { hasRemoteChange, throwMissingValue, toAccess, toInput, writeOnlyValue } from "./integration-input";
import { accessChange, rotatesSecret } from "./plan-integration";

export async function updateIntegration(
  product: BitbucketProduct,
  { prior, plan, api }: UpdateContext<IntegrationViews>,
  forms: Readonly<Record<"config" | "prior" | "plan", readonly CredentialArguments[]>>,
): Promise<AppliedIntegration> {
  const id = prior.id ?? throwMissingValue();
  const credential = declaredCredential(forms.plan) ?? throwMissingValue();
  const priorCredential = declaredCredential(forms.prior);
  const token = tokenForUpdate(
    priorCredential,
    credential,
    api.environment,
    priorCredential === undefined && hasOtherLogin(forms.prior, credential) ? null : prior.credential_fingerprint,
    writeOnlyValue(forms.config, credential),
  );
  const integrations = api.spacelift.integrations[product];
  let integration: Integration | undefined;
  if (token.send !== null || hasRemoteChange({ ...prior, forms: forms.prior }, { ...plan, forms: forms.plan }))
    integration = await integrations.update(id, toInput(plan), toAccess(credential, token.send)).catch(async (failure: unknown) => {
      const change = accessChange(product, prior, plan);
      throw change === undefined ? failure : await explainRejection(api, change, failure);
    });
  if (rotatesSecret(prior.webhook_secret_rotation, plan.webhook_secret_rotation)) integration = await integrations.regenerateSecret(id);
  const { webhook_url: url, webhook_secret_fingerprint: fingerprint, use_git_checkout: gitCheckout } = plan;
  return {
    id,
    webhook_url: url === UNKNOWN ? (integration?.webhookUrl ?? prior.webhook_url) : url,
    webhook_secret_fingerprint: fingerprint === UNKNOWN ? (integration?.webhookSecretFingerprint ?? null) : fingerprint,
    credential_fingerprint: token.fingerprint,
    use_git_checkout: gitCheckout === UNKNOWN ? (integration?.useGitCheckout ?? prior.use_git_checkout) : gitCheckout,
  };
}

/** After a move from another provider, the state has a login without a source of its token. Another login has another token. */
function hasOtherLogin(prior: readonly CredentialArguments[], { form, login }: DeclaredCredential): boolean {
  return prior.find((candidate) => candidate.form === form)?.login !== login;
}
