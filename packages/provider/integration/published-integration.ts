/** Converts the state of a Data Center integration of the published provider, so that a `moved` block takes over the integration. */
import { ROOT_SPACE_ID } from "../../domain";
import type { ObjectValue } from "../../terraform-plugin";
import { storedFingerprint } from "../published-state";

/**
 * That state contains the webhook secret, and the access token if it was not a write-only argument: only their fingerprints remain.
 * Which environment variable contains the token is not known; the next apply records the argument.
 */
export function fromPublishedIntegration(stored: ObjectValue): ObjectValue {
  const {
    id = null,
    name = null,
    is_default: isDefault,
    space_id: spaceId,
    api_host: apiHost = null,
    user_facing_host: userFacingHost = null,
    username = null,
    access_token: accessToken,
    access_token_wo_version: version = null,
    labels,
    description,
    vcs_checks: vcsChecks,
    use_git_checkout: useGitCheckout = null,
    webhook_url: webhookUrl = null,
    webhook_secret: webhookSecret,
  } = stored;
  return {
    id,
    name,
    is_default: isDefault ?? false,
    space_id: spaceId ?? ROOT_SPACE_ID,
    api_host: apiHost,
    user_facing_host: userFacingHost,
    username,
    access_token_wo_version: version,
    labels: labels ?? [],
    description: description ?? "",
    vcs_checks: vcsChecks ?? "INDIVIDUAL",
    use_git_checkout: useGitCheckout,
    detach_protection: true,
    credential_fingerprint: storedFingerprint(accessToken),
    webhook_url: webhookUrl,
    webhook_secret_fingerprint: storedFingerprint(webhookSecret),
  };
}
