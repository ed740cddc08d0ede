/** Both Bitbucket products, as far as the benchmark has to know them apart. */
import { randomUUID } from "node:crypto";

type Values = Readonly<Record<string, unknown>>;

export interface BenchProduct {
  readonly title: string;
  /** Of the sandbox. */
  readonly service: "bitbucketCloud" | "bitbucketDatacenter";
  /** Types of the resources. */
  readonly integration: string;
  readonly webhook: string;
  /** Workspace or project of the seed: the argument, and what the sandbox's control path takes. */
  readonly namespace: Values;
  /** Arguments of an integration whose token is in this variable. */
  readonly login: (variable: string) => Values;
  /** Attribute with the webhook's own id, and Bitbucket's word for ids of webhooks and repositories. */
  readonly id: { readonly attribute: string; readonly field: string };
  readonly rest: (environment: Readonly<Record<string, string | undefined>>) => { readonly url: string; readonly token: string };
  /** Path of a repository, and of its webhooks below it. */
  readonly path: (repository: string) => string;
  readonly hooks: string;
  /** Body of a POST that makes the same webhook elsewhere. */
  readonly copyOf: (hook: Values) => Values;
}

const CLOUD: BenchProduct = {
  title: "Cloud",
  service: "bitbucketCloud",
  integration: "bitlift_bitbucket_cloud_integration",
  webhook: "bitlift_bitbucket_cloud_webhook",
  namespace: { workspace: "acme-workspace" },
  login: (variable) => ({ email: "spacelift@acme.example", api_token_env: variable }),
  id: { attribute: "uuid", field: "uuid" },
  rest: ({ BITBUCKET_API_URL: url = "", BITBUCKET_ACCESS_TOKEN: token = "" }) => ({ url, token }),
  path: (repository) => `/repositories/acme-workspace/${repository}`,
  hooks: "/hooks",
  // Reads only tell whether there is a secret.
  copyOf: ({ description, url, active, events, skip_cert_verification }) => {
    return { description, url, active, events, skip_cert_verification, secret: randomUUID() };
  },
};

const DATACENTER: BenchProduct = {
  title: "Data Center",
  service: "bitbucketDatacenter",
  integration: "bitlift_bitbucket_datacenter_integration",
  webhook: "bitlift_bitbucket_datacenter_webhook",
  namespace: { project: "PLAT" },
  login: (variable) => ({
    api_host: "https://bitbucket.acme.example",
    user_facing_host: "https://bitbucket.acme.example",
    username: "spacelift-reader",
    access_token_env: variable,
  }),
  id: { attribute: "webhook_id", field: "id" },
  rest: ({ BITBUCKET_DATACENTER_URL: url = "", BITBUCKET_DATACENTER_TOKEN: token = "" }) => ({ url: `${url}/rest/api/1.0`, token }),
  path: (repository) => `/projects/PLAT/repos/${repository}`,
  hooks: "/webhooks",
  copyOf: ({ name, url, active, events, sslVerificationRequired, configuration }) => {
    return { name, url, active, events, sslVerificationRequired, configuration };
  },
};

export const PRODUCTS = [CLOUD, DATACENTER] as const;
