/** The list of data sources. */
import type { AnyDataSource } from "../../terraform-plugin";
import type { Clients } from "../configuration/clients";
import { bitbucketCloudIntegrationData } from "./bitbucket-cloud-integration";
import { bitbucketCloudRepositoriesData } from "./bitbucket-cloud-repositories";
import { bitbucketDatacenterIntegrationData } from "./bitbucket-datacenter-integration";
import { bitbucketDatacenterRepositoriesData } from "./bitbucket-datacenter-repositories";
import { integrationUsageData } from "./integration-usage";
import { spaceData } from "./space";

export const dataSources: readonly AnyDataSource<Clients>[] = [
  spaceData,
  bitbucketCloudIntegrationData,
  bitbucketCloudRepositoriesData,
  bitbucketDatacenterIntegrationData,
  bitbucketDatacenterRepositoriesData,
  integrationUsageData,
];
