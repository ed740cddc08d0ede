/** Bitbucket Cloud as a `Product`. */
import { PRODUCT_TITLES, REQUIRED_BITBUCKET_CLOUD_EVENTS, VCS_PROVIDERS } from "../../packages/domain";
import { withoutUndefined, type Product } from "./product";

const INTEGRATION = "bitlift_bitbucket_cloud_integration";
const WEBHOOK = "bitlift_bitbucket_cloud_webhook";
const WORKSPACE = "acme-workspace";

export const CLOUD: Product = {
  name: "cloud",
  title: PRODUCT_TITLES.cloud,
  service: "bitbucket-cloud",
  provider: VCS_PROVIDERS.cloud,
  integration: INTEGRATION,
  webhook: WEBHOOK,
  INTEGRATION: `${INTEGRATION}.payments`,
  WEBHOOK: `${WEBHOOK}.infrastructure`,
  NETWORKING: `${WEBHOOK}.networking`,

  namespace: WORKSPACE,
  namespaceArgument: "workspace",
  webhookIdAttribute: "uuid",
  idField: "uuid",
  returnsSecret: false,
  importIdForm: "<workspace>/<repository>/{uuid}",
  importId: (repository, webhookId) => `${WORKSPACE}/${repository}/${String(webhookId).replace(/[{}]/g, "")}`,
  certificate: { argument: "skip_certificate_verification", unverified: true },
  events: {
    required: REQUIRED_BITBUCKET_CLOUD_EVENTS.map(({ key }) => key),
    push: "repo:push",
    other: "repo:fork",
    another: "issue:created",
  },

  loginArguments: { email: "spacelift@acme.example" },
  loginInput: { email: "spacelift@acme.example" },
  token: {
    variable: "api_token_env",
    writeOnly: "api_token_wo",
    version: "api_token_wo_version",
    input: "apiToken",
    setting: "apiTokenEnv",
    sandboxVariable: "SPACELIFT_BITBUCKET_TOKEN",
  },
  providerTokenVariable: "BITBUCKET_ACCESS_TOKEN",

  query: "bitbucketCloudIntegration",
  webhookUrlField: "webhookUrl",
  mutations: {
    create: "bitbucketCloudIntegrationCreateV2",
    update: "bitbucketCloudIntegrationUpdateV2",
    remove: "bitbucketCloudIntegrationDelete",
    regenerate: "bitbucketCloudIntegrationRegenerateWebhookSecret",
  },
  createDocument: "mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id}}",
  updateDocument: "mutation($input:BitbucketCloudIntegrationUpdateInput!){bitbucketCloudIntegrationUpdateV2(input:$input){id}}",
  mutationVariables: (input) => ({ input }),

  operations: {
    list: "listRepositoryHooks",
    plainList: "listRepositoryHooks",
    create: "createRepositoryHook",
    update: "updateRepositoryHook",
    remove: "deleteRepositoryHook",
  },
  restApi: ({ BITBUCKET_API_URL: url = "", BITBUCKET_ACCESS_TOKEN: token = "" }) => ({ url, authorization: `Bearer ${token}` }),
  repositoryPath: (repository, workspace = WORKSPACE) => `/repositories/${workspace}/${repository}`,
  webhooksPath: "/hooks",
  maximumPage: "pagelen=100",
  readWebhook: ({ uuid, url, description, active, events, skip_cert_verification: unverified, secret_set: secret }) => ({
    id: String(uuid),
    url: String(url),
    title: String(description),
    active: active === true,
    events: events as string[],
    verified: unverified !== true,
    secret: secret === true,
  }),
  // Bitbucket Cloud keeps a secret that the body omits.
  webhookBody: (response = {}, { title, verified, ...others }) =>
    withoutUndefined({
      url: response["url"],
      description: title ?? response["description"],
      active: response["active"],
      events: response["events"],
      skip_cert_verification: verified === undefined ? response["skip_cert_verification"] : !verified,
      ...others,
    }),
};
