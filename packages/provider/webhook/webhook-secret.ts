/** Reads an integration's webhook secret from Spacelift, so that it can be written to Bitbucket. */
import { problem, fingerprint, ROOT_SPACE_ID, type BitbucketProduct } from "../../domain";
import type { Problem } from "../../diagnostics";
import { withAttributePath } from "../attribute-path";
import type { Clients } from "../configuration/clients";

/**
 * The secret of an integration, if it has the planned fingerprint.
 * @throws Problem `webhook-secret-missing` if the key cannot read the secret, `webhook-secret-changed` if it has another fingerprint
 */
export async function plannedSecret(
  api: Clients,
  product: BitbucketProduct,
  integrationId: string,
  plannedFingerprint: string | null,
): Promise<string> {
  if (plannedFingerprint === null) throw await secretMissing(api, product, integrationId, plannedFingerprint);
  const secret = await withAttributePath({ "integration-not-found": "integration_id" }, () =>
    api.spacelift.integrations[product].webhookSecret(integrationId, plannedFingerprint),
  );
  if (secret === null) throw await secretMissing(api, product, integrationId, plannedFingerprint);
  if (fingerprint(secret) === plannedFingerprint) return secret;
  throw problem("webhook-secret-changed", {
    why: `The plan was made for the secret ${plannedFingerprint}, but "${integrationId}" now has ${fingerprint(secret)} in Spacelift.`,
    fix: "Plan again and apply the new plan: the secret was regenerated after this plan was made.",
    at: ["secret_fingerprint"],
  });
}

async function secretMissing(
  api: Clients,
  product: BitbucketProduct,
  integrationId: string,
  plannedFingerprint: string | null,
): Promise<Problem> {
  const { integrations, keyName } = api.spacelift;
  const listing = (await integrations[product].list()).find((integration) => integration.id === integrationId);
  const cannotRead = `${keyName} cannot read the webhook secret of the integration "${integrationId}"`;
  const whyUnreadable = plannedFingerprint === null ? `secret_fingerprint is null: it is not set, or ${cannotRead}.` : `${cannotRead}.`;
  return problem(
    "webhook-secret-missing",
    {
      why:
        listing === undefined
          ? `${keyName} cannot see an integration "${integrationId}", so its webhook secret is not known.`
          : whyUnreadable,
      fix:
        `Give the key admin access to the Space "${listing?.spaceId ?? ROOT_SPACE_ID}", and set secret_fingerprint to the integration's webhook_secret_fingerprint. ` +
        "Bitbucket would accept a webhook without a secret, but Spacelift would reject all of its deliveries.",
      at: ["secret_fingerprint"],
    },
    { kind: "not-permitted" },
  );
}
