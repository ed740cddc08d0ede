/** The list of data sources. */
import type { AnyDataSource } from "../../terraform-plugin";
import type { Clients } from "../configuration/clients";
import { dataSourceWithLogins, type WithLogins } from "../required-logins";
import { bitbucketCloudIntegrationData } from "./bitbucket-cloud-integration";
import { bitbucketCloudRepositoriesData } from "./bitbucket-cloud-repositories";
import { bitbucketDatacenterIntegrationData } from "./bitbucket-datacenter-integration";
import { bitbucketDatacenterRepositoriesData } from "./bitbucket-datacenter-repositories";
import { integrationUsageData } from "./integration-usage";
import { spaceData } from "./space";

/** Each with the logins that it uses. */
export const dataSources: readonly (AnyDataSource<Clients> & WithLogins)[] = [
  dataSourceWithLogins(spaceData, ["spacelift"]),
  dataSourceWithLogins(bitbucketCloudIntegrationData, ["spacelift"]),
  dataSourceWithLogins(bitbucketCloudRepositoriesData, ["bitbucket_cloud"]),
  dataSourceWithLogins(bitbucketDatacenterIntegrationData, ["spacelift"]),
  dataSourceWithLogins(bitbucketDatacenterRepositoriesData, ["bitbucket_datacenter"]),
  dataSourceWithLogins(integrationUsageData, ["spacelift"]),
];
