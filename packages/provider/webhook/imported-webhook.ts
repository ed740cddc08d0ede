/** Imports a webhook: finds it in its repository, finds its integration, and reports what an import cannot read. */
import { failedAs, type Problem } from "../../diagnostics";
import { problem, ROOT_SPACE_ID, warning, type BitbucketProduct } from "../../domain";
import type { Context, IdentityTexts } from "../../terraform-plugin";
import type { RepositoryRef, Webhook } from "../../clients";
import type { Clients } from "../configuration/clients";
import { failureMessage } from "../failure-message";
import type { OperationContext, PlanContext } from "../resource-handlers";
import { integrationOfUrl } from "./integration-of-url";
import { repositoryName } from "./renamed-repository";
import type { WebhookViews } from "./webhook-adapter";

interface ImportContext extends Context<Clients> {
  readonly values: IdentityTexts;
}

/**
 * The ID of the only webhook in a repository that calls an integration of this Spacelift account.
 * @param namespaceArgument the argument with the workspace or project
 * @throws Problem `webhook-not-unique` if there is not exactly one
 */
export async function findOnlyWebhook(product: BitbucketProduct, namespaceArgument: string, context: ImportContext): Promise<string> {
  const { api, values } = context;
  const target = { namespace: values[namespaceArgument] ?? "", repository: values["repository"] ?? "" };
  const webhooks = await listImportable(api, product, namespaceArgument, target);
  const integrationIds = await Promise.all(webhooks.map(({ url }) => integrationOfUrl(api, product, url)));
  const own = webhooks.filter((_webhook, index) => integrationIds[index] !== null);
  const [only, ...others] = own;
  if (only !== undefined && others.length === 0) return only.id;
  throw notUnique(api, target, own.length === 0 ? webhooks : own, own.length === 0);
}

async function listImportable(api: Clients, product: BitbucketProduct, namespaceArgument: string, target: RepositoryRef) {
  try {
    return (await api.bitbucket(product).webhooks.list(target)).filter(({ scope }) => scope === "repository");
  } catch (failure) {
    throw failedAs(failure, "gone") ? importedRepositoryNotFound(namespaceArgument, target) : failure;
  }
}

function notUnique(api: Clients, target: RepositoryRef, webhooks: readonly Webhook[], none: boolean): Problem {
  const repository = repositoryName(target);
  const listed = webhooks.map(({ id, title, url }) => `${repository}/${id} ("${title}", ${url})`).join("; ");
  const all = webhooks.length === 0 ? "It has no webhooks at all." : `Its webhooks: ${listed}.`;
  return problem("webhook-not-unique", {
    why: none
      ? `No webhook of ${repository} calls an integration that ${api.spacelift.keyName} can see. ${all}`
      : `${webhooks.length} webhooks of ${repository} call integrations of this Spacelift account: ${listed}.`,
    fix:
      webhooks.length === 0
        ? "Remove the import: the next apply creates the webhook."
        : "Use the import ID of one webhook in this list, without the text in parentheses.",
  });
}

export function importedRepositoryNotFound(namespaceArgument: string, target: RepositoryRef): Problem {
  return problem("repository-not-found", {
    why: `The credential cannot see a repository ${repositoryName(target)}.`,
    fix: `Check ${namespaceArgument} and repository in the import, and which repositories the credential can access.`,
  });
}

/** The integration of a webhook that is being imported. Null, with a warning, if it cannot be found. */
export async function importIntegrationId(
  product: BitbucketProduct,
  target: RepositoryRef,
  { id, url }: Webhook,
  { api, report }: OperationContext,
): Promise<string | null> {
  const webhook = `The webhook ${id} of ${repositoryName(target)} calls ${url}`;
  let why = `${webhook}, which is not the URL of an integration that the Spacelift key can see.`;
  try {
    const integrationId = await integrationOfUrl(api, product, url);
    if (integrationId !== null) return integrationId;
  } catch (failure) {
    if (failedAs(failure, "canceled")) throw failure;
    why = `${webhook}. Which integration has this URL could not be read: ${failureMessage(failure)}`;
  }
  const fix = `Set integration_id = bitlift_bitbucket_${product}_integration.<name>.id. In a generated file, this line replaces integration_id = null.`;
  report.add(warning("import-incomplete", { why, fix, at: ["integration_id"] }));
  return null;
}

/** The integration of a webhook that a `moved` block takes over. Null if it cannot be found: the configuration names it, so an update records it in place. */
export async function movedIntegrationId(product: BitbucketProduct, { url }: Webhook, { api }: OperationContext): Promise<string | null> {
  try {
    return await integrationOfUrl(api, product, url);
  } catch (failure) {
    if (failedAs(failure, "canceled")) throw failure;
    return null;
  }
}

const IN_GENERATED_FILE = "In a generated file, this line replaces secret_fingerprint = null.";

/**
 * Bitbucket Cloud never shows a secret, so an import cannot tell whether the webhook has the integration's. Without a fingerprint in the
 * configuration, as the engine generates it, no apply would set the secret.
 */
export async function warnOfUndeclaredSecret(product: BitbucketProduct, context: PlanContext<WebhookViews>): Promise<void> {
  const { config, prior, api, report } = context;
  if (prior?.secret_fingerprint !== null || config.secret_fingerprint !== null) return;
  const id = prior.integration_id ?? "";
  const found = await api.look("spacelift", () => api.spacelift.integrations[product].find(id, null)).catch(() => undefined);
  const known = found?.state === "found" ? found.integration.webhookSecretFingerprint : null;
  const reference = `secret_fingerprint = bitlift_bitbucket_${product}_integration.<name>.webhook_secret_fingerprint`;
  const spaceId = (found?.state === "hidden" ? found.spaceId : undefined) ?? ROOT_SPACE_ID;
  report.add(
    warning("import-incomplete", {
      why: `secret_fingerprint is not set, so no apply sets the secret of this webhook. Spacelift rejects deliveries that are not signed with the secret of the integration "${id}".`,
      fix:
        known === null
          ? `Set ${reference}, and give the key admin access to the Space "${spaceId}". ${IN_GENERATED_FILE}`
          : `Set secret_fingerprint = "${known}", or ${reference}. ${IN_GENERATED_FILE} The next apply then sets the secret.`,
      at: ["secret_fingerprint"],
    }),
  );
}
