/** The list of resources. */
import type { AnyResource } from "../../tfplugin";
import type { Clients } from "../clients";
import { bitbucketCloudIntegration } from "./bitbucket-cloud-integration";
import { bitbucketCloudWebhook } from "./bitbucket-cloud-webhook";
import { bitbucketDatacenterIntegration } from "./bitbucket-datacenter-integration";
import { bitbucketDatacenterWebhook } from "./bitbucket-datacenter-webhook";
import { space } from "./space";

export const resources: readonly AnyResource<Clients>[] = [
  space,
  bitbucketCloudIntegration,
  bitbucketCloudWebhook,
  bitbucketDatacenterIntegration,
  bitbucketDatacenterWebhook,
];
