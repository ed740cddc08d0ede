/** Bitbucket Data Center as a `Product`. */
import { PRODUCT_TITLES, REQUIRED_BITBUCKET_DATACENTER_EVENTS, VCS_PROVIDERS } from "../../packages/domain";
import { withoutUndefined, type Product } from "./product";

const INTEGRATION = "bitlift_bitbucket_datacenter_integration";
const WEBHOOK = "bitlift_bitbucket_datacenter_webhook";
const PROJECT = "PLAT";
/** Never contacted: Spacelift connects to this host only when it reads code, which the sandbox does not emulate. */
const HOST = "https://bitbucket.acme.example";
const DECLARED = "$apiHost:String!,$userFacingHost:String!,$username:String";
const PASSED = "apiHost:$apiHost,userFacingHost:$userFacingHost,username:$username,accessToken:$accessToken,customInput:$customInput";

export const DATACENTER: Product = {
  name: "datacenter",
  title: PRODUCT_TITLES.datacenter,
  service: "bitbucket-datacenter",
  provider: VCS_PROVIDERS.datacenter,
  integration: INTEGRATION,
  webhook: WEBHOOK,
  INTEGRATION: `${INTEGRATION}.payments`,
  WEBHOOK: `${WEBHOOK}.infrastructure`,
  NETWORKING: `${WEBHOOK}.networking`,

  namespace: PROJECT,
  namespaceArgument: "project",
  webhookIdAttribute: "webhook_id",
  idField: "id",
  returnsSecret: true,
  importIdForm: "<project>/<repository>/<id>",
  importId: (repository, webhookId) => `${PROJECT}/${repository}/${String(webhookId)}`,
  certificate: { argument: "verify_certificate", unverified: false },
  events: {
    required: REQUIRED_BITBUCKET_DATACENTER_EVENTS.map(({ key }) => key),
    push: "repo:refs_changed",
    other: "repo:forked",
    another: "repo:comment:added",
  },

  loginArguments: { api_host: HOST, user_facing_host: HOST, username: "spacelift-reader" },
  loginInput: { apiHost: HOST, userFacingHost: HOST, username: "spacelift-reader" },
  token: {
    variable: "access_token_env",
    writeOnly: "access_token_wo",
    version: "access_token_wo_version",
    input: "accessToken",
    setting: "accessTokenEnv",
    sandboxVariable: "SPACELIFT_BITBUCKET_DATACENTER_TOKEN",
  },
  providerTokenVariable: "BITBUCKET_DATACENTER_TOKEN",

  query: "bitbucketDatacenterIntegration",
  webhookUrlField: "webhookURL",
  mutations: {
    create: "bitbucketDatacenterIntegrationCreate",
    update: "bitbucketDatacenterIntegrationUpdate",
    remove: "bitbucketDatacenterIntegrationDelete",
    regenerate: "bitbucketDatacenterIntegrationRegenerateWebhookSecret",
  },
  createDocument: `mutation(${DECLARED},$accessToken:String!,$customInput:CustomVCSInput){bitbucketDatacenterIntegrationCreate(${PASSED}){id}}`,
  updateDocument: `mutation(${DECLARED},$accessToken:String,$customInput:CustomVCSUpdateInput){bitbucketDatacenterIntegrationUpdate(${PASSED}){id}}`,
  mutationVariables: (input) => input,

  operations: {
    list: "searchRepositoryHooks",
    plainList: "listRepositoryHooks",
    create: "createRepositoryHook",
    update: "updateRepositoryHook",
    remove: "deleteRepositoryHook",
  },
  restApi: ({ BITBUCKET_DATACENTER_URL: url = "", BITBUCKET_DATACENTER_TOKEN: token = "" }) => ({
    url: `${url}/rest/api/1.0`,
    authorization: `Bearer ${token}`,
  }),
  repositoryPath: (repository, project = PROJECT) => `/projects/${project}/repos/${repository}`,
  webhooksPath: "/webhooks",
  maximumPage: "limit=1000",
  readWebhook: ({ id, url, name, active, events, sslVerificationRequired: verified, configuration }) => ({
    id: String(id),
    url: String(url),
    title: String(name),
    active: active === true,
    events: events as string[],
    verified: verified !== false,
    secret: typeof (configuration as { secret?: unknown } | undefined)?.secret === "string",
  }),
  // Bitbucket Data Center drops every field that the body omits, so the body repeats what the webhook has.
  webhookBody: (response = {}, { title, verified, secret, ...others }) => {
    const { secret: currentSecret, ...configuration } = (response["configuration"] ?? {}) as Record<string, unknown>;
    const newSecret = secret === undefined ? currentSecret : secret;
    return withoutUndefined({
      url: response["url"],
      active: response["active"],
      events: response["events"],
      credentials: response["credentials"],
      name: title ?? response["name"],
      sslVerificationRequired: verified ?? response["sslVerificationRequired"],
      configuration: typeof newSecret === "string" ? { ...configuration, secret: newSecret } : configuration,
      ...others,
    });
  },
};
