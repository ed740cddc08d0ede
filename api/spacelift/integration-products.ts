/** How Spacelift names things for one Bitbucket product. */
import { VCS_PROVIDERS, type BitbucketVcsProvider } from "../../vocabulary/spacelift";

/** The names of one product in Spacelift's GraphQL schema. */
export interface IntegrationProduct {
  /** For messages. */
  readonly title: string;
  readonly provider: BitbucketVcsProvider;
  /** Detail query. */
  readonly query: string;
  /** Mutations by generation of the credential. */
  readonly create: { readonly v1: string; readonly v2: string };
  readonly update: { readonly v1: string; readonly v2: string };
  readonly remove: string;
  readonly regenerate: string;
  /** Field with the webhook's address: its spelling differs between the products. */
  readonly webhookUrl: string;
  /** Fields besides id, name, isDefault and space; those that a server does not have are left out. */
  readonly fields: readonly string[];
}

export const BITBUCKET_CLOUD: IntegrationProduct = {
  title: "Bitbucket Cloud",
  provider: VCS_PROVIDERS.cloud,
  query: "bitbucketCloudIntegration",
  create: { v1: "bitbucketCloudIntegrationCreate", v2: "bitbucketCloudIntegrationCreateV2" },
  update: { v1: "bitbucketCloudIntegrationUpdate", v2: "bitbucketCloudIntegrationUpdateV2" },
  remove: "bitbucketCloudIntegrationDelete",
  regenerate: "bitbucketCloudIntegrationRegenerateWebhookSecret",
  webhookUrl: "webhookUrl",
  fields: ["labels", "description", "vcsChecks", "useGitCheckout", "username", "email", "webhookUrl", "webhookSecret"],
};
