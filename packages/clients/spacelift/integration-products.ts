/** How Spacelift names things for one Bitbucket product: all that differs between the two on its side. */
import { PRODUCT_TITLES, VCS_PROVIDERS, type BitbucketVcsProvider } from "../../domain";

/** Of Spacelift's mutations: V1 takes names and passwords, V2 email and API token. Bitbucket Data Center has one, which is like V1. */
export type Generation = "v1" | "v2";

/** The mutations of one generation, and the argument that brings the token. */
export interface IntegrationMutations {
  readonly create: string;
  readonly update: string;
  readonly token: string;
}

/** The names of one product in Spacelift's GraphQL schema. */
export interface IntegrationProduct {
  /** For messages. */
  readonly title: string;
  readonly provider: BitbucketVcsProvider;
  /** Detail query. */
  readonly query: string;
  readonly mutations: Readonly<Partial<Record<Generation, IntegrationMutations>>>;
  readonly remove: string;
  readonly regenerate: string;
  /** Field with the webhook's address: its spelling differs between the products. */
  readonly webhookUrl: string;
  /** Text fields that only this product has: logins and hosts. */
  readonly own: readonly string[];
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
    own: ["username", "email"],
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
    own: ["apiHost", "userFacingHost", "username"],
  },
} as const satisfies Readonly<Record<keyof typeof VCS_PROVIDERS, IntegrationProduct>>;
