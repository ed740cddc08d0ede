/** An integration that is managed elsewhere, read by a data source of Spacelift's own provider. */
import type { TerraformDataSource, TerraformMetaArguments } from "../host";
import type { Construct } from "constructs";
import type { BitbucketProduct } from "../../packages/domain";
import type { BitliftProvider } from "../bitlift-provider";
import { DataSpaceliftBitbucketCloudIntegration } from "../providers/spacelift/data-spacelift-bitbucket-cloud-integration";
import { DataSpaceliftBitbucketDatacenterIntegration } from "../providers/spacelift/data-spacelift-bitbucket-datacenter-integration";
import { publishedProvider } from "./published-providers";
import { checkUrl } from "./url-check";
import { noteStoredSecrets } from "./stored-secrets";

/** The attributes that the data sources of both products have. */
export interface PublishedIntegrationData extends TerraformDataSource {
  readonly id: string;
  readonly webhookUrl: string;
  readonly webhookSecret: string;
}

interface PublishedIntegrationDataConfig extends Pick<TerraformMetaArguments, "dependsOn"> {
  /** Undefined for the default integration of the account. */
  readonly id: string | undefined;
  readonly provider: BitliftProvider | undefined;
}

export function readPublishedIntegration(
  scope: Construct,
  constructId: string,
  product: BitbucketProduct,
  { id, provider, dependsOn }: PublishedIntegrationDataConfig,
): PublishedIntegrationData {
  const DataSource = product === "cloud" ? DataSpaceliftBitbucketCloudIntegration : DataSpaceliftBitbucketDatacenterIntegration;
  const data = new DataSource(scope, constructId, { id, provider: publishedProvider(scope, "spacelift", provider), dependsOn });
  if (id !== undefined) checkUrl(scope, data);
  noteStoredSecrets(scope);
  return data;
}
