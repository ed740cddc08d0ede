/** The list of data sources. */
import type { AnyDataSource } from "../../tfplugin";
import type { Clients } from "../clients";
import { bitbucketCloudIntegrationData } from "./bitbucket-cloud-integration";
import { integrationUsageData } from "./integration-usage";
import { spaceData } from "./space";

export const dataSources: readonly AnyDataSource<Clients>[] = [spaceData, bitbucketCloudIntegrationData, integrationUsageData];
