/** The two Bitbucket products, as the story meets them: names in plans, at Spacelift and in the emulators. */
import {
  REQUIRED_BITBUCKET_CLOUD_EVENTS,
  REQUIRED_BITBUCKET_DATACENTER_EVENTS,
  PRODUCT_TITLES,
  VCS_PROVIDERS,
  type BitbucketProduct,
} from "../../packages/domain";
import type { Remote, ServiceName } from "./remote";

type Attributes = Readonly<Record<string, unknown>>;

/** A webhook as Bitbucket tells it. */
export interface Hook {
  readonly url: string;
  readonly title: string;
  readonly events: readonly string[];
  readonly secretSet: boolean;
}

/** What the story needs to know of a product. */
export interface Product {
  readonly key: BitbucketProduct;
  readonly title: string;
  /** Beginnings of addresses in a plan or a state. */
  readonly integration: string;
  readonly webhook: string;
  /** Argument of a webhook with its workspace or project. */
  readonly namespace: string;
  readonly requiredEvents: readonly string[];
  /** Spacelift's word for the product, its detail query, and the field with the address. */
  readonly provider: string;
  readonly query: string;
  readonly webhookUrl: string;
  readonly service: Exclude<ServiceName, "spacelift">;
  /** Setting in cdktf.json that names the variable with the token that Spacelift reads code with, and where the sandbox has that token. */
  readonly tokenSetting: string;
  readonly sandboxToken: string;
  /** The webhook of a state, as Bitbucket has it now. */
  readonly hookOf: (remote: Remote, webhook: Attributes) => Promise<Hook>;
}

export const PRODUCTS: readonly Product[] = [
  {
    key: "cloud",
    title: PRODUCT_TITLES.cloud,
    integration: "bitlift_bitbucket_cloud_integration.",
    webhook: "bitlift_bitbucket_cloud_webhook.",
    namespace: "workspace",
    requiredEvents: REQUIRED_BITBUCKET_CLOUD_EVENTS.map(({ key }) => key),
    provider: VCS_PROVIDERS.cloud,
    query: "bitbucketCloudIntegration",
    webhookUrl: "webhookUrl",
    service: "bitbucket-cloud",
    tokenSetting: "apiTokenEnv",
    sandboxToken: "SPACELIFT_BITBUCKET_TOKEN",
    async hookOf(remote, { workspace, repository, uuid }) {
      const path = `/repositories/${String(workspace)}/${String(repository)}/hooks/${encodeURIComponent(String(uuid))}`;
      const hook = (await remote.bitbucketCloud(path)) as {
        readonly url: string;
        readonly description: string;
        readonly events: readonly string[];
        readonly secret_set: boolean;
      };
      return { url: hook.url, title: hook.description, events: hook.events, secretSet: hook.secret_set };
    },
  },
  {
    key: "datacenter",
    title: PRODUCT_TITLES.datacenter,
    integration: "bitlift_bitbucket_datacenter_integration.",
    webhook: "bitlift_bitbucket_datacenter_webhook.",
    namespace: "project",
    requiredEvents: REQUIRED_BITBUCKET_DATACENTER_EVENTS.map(({ key }) => key),
    provider: VCS_PROVIDERS.datacenter,
    query: "bitbucketDatacenterIntegration",
    webhookUrl: "webhookURL",
    service: "bitbucket-datacenter",
    tokenSetting: "accessTokenEnv",
    sandboxToken: "SPACELIFT_BITBUCKET_DATACENTER_TOKEN",
    async hookOf(remote, webhook) {
      const hook = (await remote.bitbucketDatacenter("GET", hookPath(webhook))) as {
        readonly url: string;
        readonly name: string;
        readonly events: readonly string[];
        readonly configuration?: { readonly secret?: string };
      };
      return { url: hook.url, title: hook.name, events: hook.events, secretSet: Boolean(hook.configuration?.secret) };
    },
  },
];

/** Address of a Data Center webhook of the state, below the REST API. */
export function hookPath({ project, repository, webhook_id: id }: Attributes): string {
  return `/projects/${String(project)}/repos/${String(repository)}/webhooks/${String(id)}`;
}
