/** Reads an integration's webhook secret from Spacelift, so that it can be written to Bitbucket. */
import { problem, fingerprint, ROOT_SPACE_ID, type BitbucketProduct } from "../../domain";
import type { Cause, Problem } from "../../diagnostics";
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
    fix: "Plan again and apply the new plan. If secret_fingerprint is a literal value, first set it to the webhook_secret_fingerprint of the integration.",
    at: ["secret_fingerprint"],
  });
}

/** The cause decides what helps: an integration that the key cannot see, a secret that it cannot read, or an argument that is not set. */
async function secretMissing(
  api: Clients,
  product: BitbucketProduct,
  integrationId: string,
  plannedFingerprint: string | null,
): Promise<Problem> {
  const { integrations, keyName } = api.spacelift;
  const listing = (await integrations[product].list()).find((integration) => integration.id === integrationId);
  const isReadable = plannedFingerprint === null && (await integrations[product].webhookSecret(integrationId, null)) !== null;
  const cause = listing === undefined ? integrationNotVisible : isReadable ? fingerprintNotSet : secretNotReadable;
  const { why, fix, at } = cause({ product, keyName, integrationId, space: listing?.spaceId ?? ROOT_SPACE_ID });
  return problem("webhook-secret-missing", { why, fix: `${fix} ${NO_SECRET}`, at }, { kind: "not-permitted" });
}

const NO_SECRET = "Bitbucket would accept a webhook without a secret, but Spacelift would reject all of its deliveries.";

interface MissingSecret {
  readonly product: BitbucketProduct;
  readonly keyName: string;
  readonly integrationId: string;
  readonly space: string;
}

function integrationNotVisible({ keyName, integrationId }: MissingSecret): Cause {
  return {
    why: `${keyName} cannot see an integration "${integrationId}", so its webhook secret is not known.`,
    fix: "Check integration_id. If it is correct, give the key admin access to the Space of the integration, then plan and apply again.",
    at: ["integration_id"],
  };
}

function fingerprintNotSet({ product, keyName, integrationId, space }: MissingSecret): Cause {
  return {
    why: `secret_fingerprint is null, although ${keyName} can read the webhook secret of the integration "${integrationId}" (Space "${space}").`,
    fix: `Set secret_fingerprint = bitlift_bitbucket_${product}_integration.<name>.webhook_secret_fingerprint, then plan and apply again.`,
    at: ["secret_fingerprint"],
  };
}

function secretNotReadable({ keyName, integrationId, space }: MissingSecret): Cause {
  return {
    why: `${keyName} cannot read the webhook secret of the integration "${integrationId}".`,
    fix: `Give the key admin access to the Space "${space}", then plan and apply again.`,
    at: ["secret_fingerprint"],
  };
}
