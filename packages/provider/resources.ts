/** The list of resources. */
import type { AnyResource } from "../terraform-plugin";
import type { Clients } from "./configuration/clients";
import { bitbucketCloudIntegration } from "./integration/bitbucket-cloud-integration";
import { bitbucketCloudWebhook } from "./webhook/bitbucket-cloud-webhook";
import { bitbucketDatacenterIntegration } from "./integration/bitbucket-datacenter-integration";
import { bitbucketDatacenterWebhook } from "./webhook/bitbucket-datacenter-webhook";
import { space } from "./space/space";

export const resources: readonly AnyResource<Clients>[] = [
  space,
  bitbucketCloudIntegration,
  bitbucketCloudWebhook,
  bitbucketDatacenterIntegration,
  bitbucketDatacenterWebhook,
];
