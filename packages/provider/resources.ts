/** The list of resources, and the facts for their reference pages. */
import type { AnyResource } from "../terraform-plugin";
import type { Clients } from "./configuration/clients";
import { bitbucketCloudIntegration } from "./integration/bitbucket-cloud-integration";
import { bitbucketDatacenterIntegration, DATACENTER_INTEGRATION_REFERENCE } from "./integration/bitbucket-datacenter-integration";
import { INTEGRATION_REFERENCE } from "./integration/integration-resource";
import { resourceWithLogins, type WithLogins } from "./required-logins";
import type { ResourceReference } from "./resource-reference";
import { space } from "./space/space";
import { bitbucketCloudWebhook, CLOUD_WEBHOOK_REFERENCE } from "./webhook/bitbucket-cloud-webhook";
import { bitbucketDatacenterWebhook, DATACENTER_WEBHOOK_REFERENCE } from "./webhook/bitbucket-datacenter-webhook";

/** Each with the logins that it uses. A webhook takes its secret from Spacelift, and its delete names the stacks that it affects. */
export const resources: readonly (AnyResource<Clients> & WithLogins)[] = [
  resourceWithLogins(space, ["spacelift"]),
  resourceWithLogins(bitbucketCloudIntegration, ["spacelift"]),
  resourceWithLogins(bitbucketCloudWebhook, ["spacelift", "bitbucket_cloud"]),
  resourceWithLogins(bitbucketDatacenterIntegration, ["spacelift"]),
  resourceWithLogins(bitbucketDatacenterWebhook, ["spacelift", "bitbucket_datacenter"]),
];

/** By resource type. A type without such facts has no entry. */
export const REFERENCE: Readonly<Record<string, ResourceReference>> = {
  bitbucket_cloud_integration: INTEGRATION_REFERENCE,
  bitbucket_cloud_webhook: CLOUD_WEBHOOK_REFERENCE,
  bitbucket_datacenter_integration: DATACENTER_INTEGRATION_REFERENCE,
  bitbucket_datacenter_webhook: DATACENTER_WEBHOOK_REFERENCE,
};
