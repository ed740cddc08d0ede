/** The only place where a webhook secret passes through: from Spacelift, to whoever writes it into Bitbucket. */
import { problem, fingerprint, ROOT_SPACE_ID, type BitbucketProduct } from "../../domain";
import { withAttributePath } from "../attribute-path";
import type { Clients } from "../configuration/clients";

/**
 * The secret of an integration, checked against the fingerprint that was planned.
 * @throws Problem `webhook-secret-missing` when the key may not see it, `webhook-secret-changed` when it is another one.
 */
export async function secretFor(api: Clients, product: BitbucketProduct, integrationId: string, planned: string | null): Promise<string> {
  const integrations = api.spacelift.integrations[product];
  const secret =
    planned === null
      ? null
      : await withAttributePath({ "integration-not-found": "integration_id" }, () => integrations.webhookSecret(integrationId, planned));
  if (secret === null) {
    const listed = (await integrations.list()).find((one) => one.id === integrationId);
    throw problem(
      "webhook-secret-missing",
      {
        why:
          listed === undefined
            ? `${api.spacelift.keyName} sees no integration "${integrationId}", so its webhook secret is not known.`
            : planned === null
              ? `secret_fingerprint is null: it was left out, or ${api.spacelift.keyName} may not see the webhook secret of the integration "${integrationId}".`
              : `${api.spacelift.keyName} may not see the webhook secret of the integration "${integrationId}".`,
        fix:
          `Give the key admin on the Space "${listed?.spaceId ?? ROOT_SPACE_ID}", and wire secret_fingerprint to the integration's webhook_secret_fingerprint. ` +
          "Bitbucket would take a webhook without a secret, and Spacelift would refuse each of its deliveries.",
        at: ["secret_fingerprint"],
      },
      { kind: "not-permitted" },
    );
  }
  if (fingerprint(secret) !== planned) {
    throw problem("webhook-secret-changed", {
      why: `The plan was made for the secret ${String(planned)}, and Spacelift has ${fingerprint(secret)} for "${integrationId}" now.`,
      fix: "Plan again, and apply that: it was regenerated in between.",
      at: ["secret_fingerprint"],
    });
  }
  return secret;
}
