/** The names in Spacelift's GraphQL schema that differ between the two Bitbucket products. */
import { PRODUCT_TITLES, VCS_PROVIDERS, type BitbucketVcsProvider } from "../../domain";

/** The generations of Spacelift's mutations: V1 takes username and password, V2 email and API token. Bitbucket Data Center has only V1. */
export type Generation = "v1" | "v2";

/** The mutations of one generation, and their argument for the token. */
export interface IntegrationMutations {
  readonly create: string;
  readonly update: string;
  readonly token: string;
}

export interface IntegrationProduct {
  /** For messages. */
  readonly title: string;
  readonly provider: BitbucketVcsProvider;
  /** The detail query. */
  readonly query: string;
  readonly mutations: Readonly<Partial<Record<Generation, IntegrationMutations>>>;
  readonly remove: string;
  readonly regenerate: string;
  /** Field with the webhook URL, which is spelled differently for each product. */
  readonly webhookUrl: string;
  /** Text fields of this product alone: logins and hosts. */
  readonly productFields: readonly string[];
}

export const INTEGRATION_PRODUCTS = {
  cloud: {
    title: PRODUCT_TITLES.cloud,
    provider: VCS_PROVIDERS.cloud,
    query: "bitbucketCloudIntegration",
    mutations: {
      v1: { create: "bitbucketCloudIntegrationCreate", update: "bitbucketCloudIntegrationUpdate", token: "appPassword" },
      v2: { create: "bitbucketCloudIntegrationCreateV2", update: "bitbucketCloudIntegrationUpdateV2", token: "apiToken" },
    },
    remove: "bitbucketCloudIntegrationDelete",
    regenerate: "bitbucketCloudIntegrationRegenerateWebhookSecret",
    webhookUrl: "webhookUrl",
    productFields: ["username", "email"],
  },
  datacenter: {
    title: PRODUCT_TITLES.datacenter,
    provider: VCS_PROVIDERS.datacenter,
    query: "bitbucketDatacenterIntegration",
    mutations: {
      v1: { create: "bitbucketDatacenterIntegrationCreate", update: "bitbucketDatacenterIntegrationUpdate", token: "accessToken" },
    },
    remove: "bitbucketDatacenterIntegrationDelete",
    regenerate: "bitbucketDatacenterIntegrationRegenerateWebhookSecret",
    webhookUrl: "webhookURL",
    productFields: ["apiHost", "userFacingHost", "username"],
  },
} as const satisfies Readonly<Record<keyof typeof VCS_PROVIDERS, IntegrationProduct>>;
