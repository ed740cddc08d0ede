/** Bitbucket Data Center, as the scenarios see it. */
import { REQUIRED_BITBUCKET_DATACENTER_EVENTS } from "../../packages/domain";
import { withoutUndefined, type Product } from "./product";

const INTEGRATION = "bitlift_bitbucket_datacenter_integration";
const WEBHOOK = "bitlift_bitbucket_datacenter_webhook";
const PROJECT = "PLAT";
/** Spacelift contacts it when it reads code, which no scenario of the table asks for. */
const HOST = "https://bitbucket.acme.example";
const DECLARED = "$apiHost:String!,$userFacingHost:String!,$username:String";
const PASSED = "apiHost:$apiHost,userFacingHost:$userFacingHost,username:$username,accessToken:$accessToken,customInput:$customInput";

export const DATACENTER: Product = {
  name: "datacenter",
  title: "Bitbucket Data Center",
  service: "bitbucket-datacenter",
  provider: "BITBUCKET_DATACENTER",
  integration: INTEGRATION,
  webhook: WEBHOOK,
  INTEGRATION: `${INTEGRATION}.payments`,
  WEBHOOK: `${WEBHOOK}.infrastructure`,
  NETWORKING: `${WEBHOOK}.networking`,

  namespace: PROJECT,
  namespaceArgument: "project",
  hookId: "webhook_id",
  tellsSecret: true,
  importIdForm: "<project>/<repository>/<id>",
  importId: (repository, hook) => `${PROJECT}/${repository}/${String(hook)}`,
  certificate: { argument: "verify_certificate", unverified: false },
  events: {
    required: REQUIRED_BITBUCKET_DATACENTER_EVENTS.map(({ key }) => key),
    push: "repo:refs_changed",
    other: "repo:forked",
    another: "repo:comment:added",
  },

  login: { api_host: HOST, user_facing_host: HOST, username: "spacelift-reader" },
  remoteLogin: { apiHost: HOST, userFacingHost: HOST, username: "spacelift-reader" },
  token: { variable: "access_token_env", writeOnly: "access_token_wo", version: "access_token_wo_version", remote: "accessToken" },
  managing: { variable: "BITBUCKET_DATACENTER_TOKEN" },

  query: "bitbucketDatacenterIntegration",
  webhookUrl: "webhookURL",
  mutations: {
    create: "bitbucketDatacenterIntegrationCreate",
    update: "bitbucketDatacenterIntegrationUpdate",
    remove: "bitbucketDatacenterIntegrationDelete",
    regenerate: "bitbucketDatacenterIntegrationRegenerateWebhookSecret",
  },
  createDocument: `mutation(${DECLARED},$accessToken:String!,$customInput:CustomVCSInput){bitbucketDatacenterIntegrationCreate(${PASSED}){id}}`,
  updateDocument: `mutation(${DECLARED},$accessToken:String,$customInput:CustomVCSUpdateInput){bitbucketDatacenterIntegrationUpdate(${PASSED}){id}}`,
  variables: (values) => values,

  operations: {
    list: "searchRepositoryHooks",
    plainList: "listRepositoryHooks",
    create: "createRepositoryHook",
    update: "updateRepositoryHook",
    remove: "deleteRepositoryHook",
  },
  rest: (environment) => ({
    url: `${String(environment["BITBUCKET_DATACENTER_URL"])}/rest/api/1.0`,
    authorization: `Bearer ${String(environment["BITBUCKET_DATACENTER_TOKEN"])}`,
  }),
  path: (repository) => `/projects/${PROJECT}/repos/${repository}`,
  hooks: "/webhooks",
  wholePage: "limit=1000",
  hookOf: ({ id, url, name, active, events, sslVerificationRequired: verified, configuration }) => ({
    id: Number(id),
    url: String(url),
    title: String(name),
    active: active === true,
    events: events as string[],
    verified: verified !== false,
    secret: secretOf(configuration) !== undefined,
  }),
  // What is left out is lost, so all that the webhook has is sent again.
  hookBody: (raw = {}, { title, verified, secret, ...same }) => {
    const { secret: kept, ...configuration } = (raw["configuration"] ?? {}) as Record<string, unknown>;
    const now = secret === undefined ? kept : secret;
    return withoutUndefined({
      url: raw["url"],
      active: raw["active"],
      events: raw["events"],
      credentials: raw["credentials"],
      name: title ?? raw["name"],
      sslVerificationRequired: verified ?? raw["sslVerificationRequired"],
      configuration: typeof now === "string" ? { ...configuration, secret: now } : configuration,
      ...same,
    });
  },
};

function secretOf(configuration: unknown): unknown {
  return (configuration as { secret?: unknown } | undefined)?.secret;
}
