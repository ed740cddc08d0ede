/** Bitbucket Cloud, as the scenarios see it. */
import { REQUIRED_BITBUCKET_CLOUD_EVENTS } from "../../packages/domain";
import { withoutUndefined, type Product } from "./product";

const INTEGRATION = "bitlift_bitbucket_cloud_integration";
const WEBHOOK = "bitlift_bitbucket_cloud_webhook";
const WORKSPACE = "acme-workspace";

export const CLOUD: Product = {
  name: "cloud",
  title: "Bitbucket Cloud",
  service: "bitbucket-cloud",
  provider: "BITBUCKET_CLOUD",
  integration: INTEGRATION,
  webhook: WEBHOOK,
  INTEGRATION: `${INTEGRATION}.payments`,
  WEBHOOK: `${WEBHOOK}.infrastructure`,
  NETWORKING: `${WEBHOOK}.networking`,

  namespace: WORKSPACE,
  namespaceArgument: "workspace",
  hookId: "uuid",
  tellsSecret: false,
  importIdForm: "<workspace>/<repository>/{uuid}",
  importId: (repository, hook) => `${WORKSPACE}/${repository}/${String(hook).replace(/[{}]/g, "")}`,
  certificate: { argument: "skip_certificate_verification", unverified: true },
  events: {
    required: REQUIRED_BITBUCKET_CLOUD_EVENTS.map(({ key }) => key),
    push: "repo:push",
    other: "repo:fork",
    another: "issue:created",
  },

  login: { email: "spacelift@acme.example" },
  remoteLogin: { email: "spacelift@acme.example" },
  token: { variable: "api_token_env", writeOnly: "api_token_wo", version: "api_token_wo_version", remote: "apiToken" },
  managing: { variable: "BITBUCKET_ACCESS_TOKEN" },

  query: "bitbucketCloudIntegration",
  webhookUrl: "webhookUrl",
  mutations: {
    create: "bitbucketCloudIntegrationCreateV2",
    update: "bitbucketCloudIntegrationUpdateV2",
    remove: "bitbucketCloudIntegrationDelete",
    regenerate: "bitbucketCloudIntegrationRegenerateWebhookSecret",
  },
  createDocument: "mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id}}",
  updateDocument: "mutation($input:BitbucketCloudIntegrationUpdateInput!){bitbucketCloudIntegrationUpdateV2(input:$input){id}}",
  variables: (input) => ({ input }),

  operations: {
    list: "listRepositoryHooks",
    plainList: "listRepositoryHooks",
    create: "createRepositoryHook",
    update: "updateRepositoryHook",
    remove: "deleteRepositoryHook",
  },
  rest: (environment) => ({
    url: String(environment["BITBUCKET_API_URL"]),
    authorization: `Bearer ${String(environment["BITBUCKET_ACCESS_TOKEN"])}`,
  }),
  path: (repository) => `/repositories/${WORKSPACE}/${repository}`,
  hooks: "/hooks",
  wholePage: "pagelen=100",
  hookOf: ({ uuid, url, description, active, events, skip_cert_verification: unverified, secret_set: secret }) => ({
    id: String(uuid),
    url: String(url),
    title: String(description),
    active: active === true,
    events: events as string[],
    verified: unverified !== true,
    secret: secret === true,
  }),
  // A secret that is left out is kept.
  hookBody: (raw = {}, { title, verified, ...same }) =>
    withoutUndefined({
      url: raw["url"],
      description: title ?? raw["description"],
      active: raw["active"],
      events: raw["events"],
      skip_cert_verification: verified === undefined ? raw["skip_cert_verification"] : !verified,
      ...same,
    }),
};
