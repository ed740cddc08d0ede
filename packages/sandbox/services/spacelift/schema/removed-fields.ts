// The fields that the switches remove from the GraphQL schema.
import type { Switches } from "../switches";

/** Names as GraphQL quotes them in its errors. */
export function listRemovedFields(switches: Readonly<Switches>): readonly string[] {
  const removals: readonly [removed: boolean, names: readonly string[]][] = [
    [switches["email-field"] === "absent", ["email"]],
    [switches["webhook-secret-field"] === "absent", ["webhookSecret"]],
    [switches["use-git-checkout-field"] === "absent", ["useGitCheckout"]],
    [switches["viewer-admin-field"] === "absent", ["admin"]],
    [switches["vcs-detached-field"] === "absent", ["vcsDetached"]],
    [switches["v2-input"] === "absent", ["bitbucketCloudIntegrationCreateV2", "bitbucketCloudIntegrationUpdateV2"]],
    [switches["v1-mutations"] === "absent", ["bitbucketCloudIntegrationCreate", "bitbucketCloudIntegrationUpdate"]],
    [
      switches.regenerate === "absent",
      ["bitbucketCloudIntegrationRegenerateWebhookSecret", "bitbucketDatacenterIntegrationRegenerateWebhookSecret"],
    ],
  ];
  return removals.flatMap(([removed, names]) => (removed ? names : []));
}
