/** Creates an integration in Spacelift, once, and reports what Spacelift's response does not contain. */
import { integrationSlug, warning, type BitbucketProduct } from "../../domain";
import { UNKNOWN, type Log } from "../../terraform-plugin";
import { withLock, type Integration, type IntegrationAccess, type IntegrationInput } from "../../clients";
import type { Clients } from "../configuration/clients";
import { createOnce } from "../create-once";
import { declaredCredential, type CredentialArguments } from "../credentials/credential-arguments";
import { tokenForCreate } from "../credentials/credential-token";
import type { CreateContext } from "../resource-handlers";
import type { AppliedIntegration } from "./integration-adapter";
import type { IntegrationViews } from "./integration-attributes";
import { throwMissingValue, toAccess, toInput, webhookSecretHidden, writeOnlyValue } from "./integration-input";
import { requireFreeName } from "./name-conflicts";
import { clearCreateRequirements } from "./replacement-blocker";

/** An integration, and the attributes that Spacelift stores but did not return. */
interface CreatedIntegration {
  readonly integration: Integration;
  readonly gaps: readonly string[];
}

export async function createIntegration(
  product: BitbucketProduct,
  context: CreateContext<IntegrationViews>,
  forms: { readonly config: readonly CredentialArguments[]; readonly plan: readonly CredentialArguments[] },
): Promise<AppliedIntegration> {
  const { plan, api, report, log } = context;
  clearCreateRequirements(context.privateState);
  const credential = declaredCredential(forms.plan) ?? throwMissingValue();
  const token = tokenForCreate(credential, api.environment, writeOnlyValue(forms.config, credential));
  // Two creates with one name, or of a default, run in sequence, so that the second one finds the first.
  const created = await withCreateLocks(product, plan, async () => {
    await requireFreeName(api, product, plan.name, plan.is_default);
    return sendCreate(api, product, toInput(plan), toAccess(credential, token.token), log);
  });
  reportIncomplete(created, context);
  const { integration } = created;
  const applied = {
    id: integration.id,
    webhook_url: plan.webhook_url === UNKNOWN ? integration.webhookUrl : plan.webhook_url,
    webhook_secret_fingerprint: integration.webhookSecretFingerprint,
    credential_fingerprint: token.fingerprint,
    use_git_checkout: plan.use_git_checkout === UNKNOWN ? integration.useGitCheckout : plan.use_git_checkout,
  };
  if (integration.webhookSecretFingerprint === null) report.add(webhookSecretHidden(api, plan.name, plan.space_id));
  api.knownIntegrations.record(product, { ...plan, ...applied });
  return applied;
}

function withCreateLocks<T>(
  product: BitbucketProduct,
  { name, is_default: isDefault }: IntegrationViews["plan"],
  create: () => Promise<T>,
): Promise<T> {
  const createNamed = () => withLock(`${product} integration ${integrationSlug(name)}`, create);
  return isDefault ? withLock(`${product} integration default`, createNamed) : createNamed();
}

/**
 * If the response is lost, looks up the name, and creates again only if it does not exist. Names are unique, and this one was free a moment ago,
 * so an integration with the name is the one that the lost request created, and a second create cannot lead to a duplicate.
 */
function sendCreate(
  api: Clients,
  product: BitbucketProduct,
  input: IntegrationInput,
  access: IntegrationAccess,
  log: Log,
): Promise<CreatedIntegration> {
  const integrations = api.spacelift.integrations[product];
  return createOnce<CreatedIntegration>({
    create: () => integrations.create(input, access),
    onLostResponse: () => log.warn("the response to a create was lost; looking up the integration", { name: input.name }),
    async lookUp() {
      const found = await integrations.findByName(input.name);
      if (found === null) return undefined;
      if (found.state === "found") return { integration: found.integration, gaps: [] };
      return { integration: fromListing(found.listing, input), gaps: [HIDDEN_GAP] };
    },
    mayRetry: () => true,
  });
}

/** An integration that the key cannot read, with the values that the list of integrations shows. */
function fromListing(
  { id, name, isDefault, spaceId }: Pick<Integration, "id" | "name" | "isDefault" | "spaceId">,
  { vcsChecks }: IntegrationInput,
): Integration {
  return {
    id,
    name,
    isDefault,
    spaceId,
    labels: [],
    description: "",
    vcsChecks,
    useGitCheckout: null,
    productFields: {},
    webhookUrl: null,
    webhookSecretFingerprint: null,
  };
}

const HIDDEN_GAP = "details (the response was lost, and this key cannot read them)";

function reportIncomplete({ integration, gaps }: CreatedIntegration, { plan, report }: CreateContext<IntegrationViews>): void {
  // `webhook-secret-missing` reports the secret.
  const unread = gaps.filter((gap) => gap !== "webhookSecret");
  if (unread.length > 0) {
    report.add(
      warning("integration-created-incomplete", {
        why: `"${plan.name}" was created as ${integration.id}, but Spacelift did not return its ${unread.join(", ")}.`,
        fix: "Plan again: the new plan reads the missing values, and corrects them in place.",
      }),
    );
  }
  const { webhookUrl } = integration;
  if (plan.webhook_url !== UNKNOWN && webhookUrl !== null && webhookUrl !== plan.webhook_url) {
    report.add(
      warning("integration-url-changed", {
        why: `The plan predicted the webhook URL ${plan.webhook_url ?? "null"} for "${plan.name}", but Spacelift returned ${webhookUrl}.`,
        fix: "Apply again: the webhooks in the repositories still call the old URL.",
      }),
    );
  }
}
