/** `spacelift_bitbucket_datacenter_integration` of the published provider: a new name or default flag is planned in place, and sent to nobody. */
import { gone } from "../../../packages/terraform-plugin";
import { FailedAfter, FailedUnchanged, publishedResource, type Operation } from "../runtime/published-resource";
import type { ResourceData } from "../runtime/resource-data";
import type { Values } from "../runtime/sdk-plan";
import { attempt, attemptChange, changeError } from "./attempt";
import { emptyText } from "./empty-texts";
import { ErrorResponse, type GraphqlClient } from "./graphql-client";
import { resourceSchema } from "./schemas";

/** A Data Center integration in a response. */
export interface IntegrationResponse {
  readonly id: string;
  readonly name: string | null;
  readonly isDefault: boolean | null;
  readonly space: { readonly id: string | null } | null;
  readonly labels: readonly string[] | null;
  readonly description: string | null;
  readonly apiHost: string | null;
  readonly username: string | null;
  readonly userFacingHost: string | null;
  readonly webhookSecret: string | null;
  readonly webhookURL: string | null;
  readonly vcsChecks: string | null;
  readonly useGitCheckout: boolean | null;
}

const FIELDS =
  "{id,name,isDefault,space{id},labels,description,apiHost,username,userFacingHost,webhookSecret,webhookURL,vcsChecks,useGitCheckout}";
const PASSED =
  "apiHost: $apiHost, userFacingHost: $userFacingHost, username: $username, accessToken: $accessToken, customInput: $customInput";
const CREATE = `mutation($accessToken:String!$apiHost:String!$customInput:CustomVCSInput$userFacingHost:String!$username:String){bitbucketDatacenterIntegrationCreate(${PASSED})${FIELDS}}`;
const READ = `query($id:ID!){bitbucketDatacenterIntegration(id: $id)${FIELDS}}`;
const UPDATE = `mutation($accessToken:String$apiHost:String!$customInput:CustomVCSUpdateInput$userFacingHost:String!$username:String){bitbucketDatacenterIntegrationUpdate(${PASSED})${FIELDS}}`;
const DELETE = `mutation($id:ID!){bitbucketDatacenterIntegrationDelete(id: $id)${FIELDS}}`;

export const datacenterIntegration = publishedResource<GraphqlClient>({
  type: "bitbucket_datacenter_integration",
  schema: resourceSchema("spacelift_bitbucket_datacenter_integration"),
  defaults: { vcs_checks: "INDIVIDUAL" },
  validate: (config) => emptyText(config, ["labels"]) ?? validateToken(config),

  async create({ api, data, config }) {
    const customInput = {
      name: data.text("name"),
      spaceID: data.text("space_id"),
      labels: data.setOrNull("labels"),
      description: data.text("description"),
      isDefault: data.flag("is_default"),
      vcsChecks: data.text("vcs_checks"),
      useGitCheckout: writtenFlag(config, "use_git_checkout"),
    };
    const call = api.mutate<IntegrationResponse>("BitbucketDatacenterIntegrationCreate", CREATE, variables({ data, config }, customInput));
    const created = await attemptChange("could not create the bitbucket datacenter integration", call);
    if (created === null) throw new FailedUnchanged("Root object was present, but now absent.");
    return integrationValues(created);
  },

  async read({ api, data }) {
    const call = api.query<IntegrationResponse>("BitbucketDatacenterIntegrationRead", READ, { id: data.text("id") });
    const response = await attempt("could not query for the bitbucket datacenter integration", call);
    return response === null ? gone : integrationValues(response);
  },

  async update({ api, data, config }) {
    const customInput = {
      id: data.text("id"),
      space: data.text("space_id"),
      labels: data.setOrNull("labels"),
      description: data.text("description"),
      vcsChecks: data.text("vcs_checks"),
      useGitCheckout: writtenFlag(config, "use_git_checkout"),
    };
    const call = api.mutate<IntegrationResponse>("BitbucketDatacenterIntegrationUpdate", UPDATE, variables({ data, config }, customInput));
    const updated = await call.catch((thrown: unknown) => {
      throw updateFailure(thrown);
    });
    if (updated === null) throw new FailedUnchanged("Root object was present, but now absent.");
    return integrationValues(updated);
  },

  async delete({ api, data }) {
    const call = api.mutate("BitbucketDatacenterIntegrationDelete", DELETE, { id: data.text("id") });
    await attemptChange("could not delete bitbucket datacenter integration", call);
  },
});

/** The provider stores what came with the errors. Without data the object would vanish, so the engine keeps what it had. */
function updateFailure(thrown: unknown): Error {
  const text = `could not update the bitbucket datacenter integration: ${changeError(thrown)}`;
  const [data] = thrown instanceof ErrorResponse ? Object.values(thrown.data) : [];
  return data === null || data === undefined
    ? new FailedUnchanged(text)
    : new FailedAfter(text, integrationValues(data as IntegrationResponse));
}

function variables({ data, config }: Pick<Operation<unknown>, "data" | "config">, customInput: object): Readonly<Record<string, unknown>> {
  return {
    accessToken: config.text("access_token") === "" ? config.text("access_token_wo") : config.text("access_token"),
    apiHost: data.text("api_host"),
    customInput,
    userFacingHost: data.text("user_facing_host"),
    username: data.text("username"),
  };
}

/** Null if the configuration does not contain the attribute, whatever the state contains. */
function writtenFlag(config: ResourceData, name: string): boolean | null {
  return config.value(name) === null ? null : config.flag(name);
}

function integrationValues(response: IntegrationResponse): Values {
  return {
    id: response.id,
    api_host: response.apiHost ?? "",
    username: response.username ?? "",
    user_facing_host: response.userFacingHost ?? "",
    webhook_url: response.webhookURL ?? "",
    webhook_secret: response.webhookSecret ?? "",
    is_default: response.isDefault ?? false,
    space_id: response.space?.id ?? "",
    name: response.name ?? "",
    description: response.description ?? "",
    labels: response.labels ?? [],
    vcs_checks: response.vcsChecks ?? "",
    use_git_checkout: response.useGitCheckout ?? false,
  };
}

/** The rules between the three arguments of the token. */
function validateToken(config: Values): string | undefined {
  const isSet = (name: string) => (config[name] ?? null) !== null;
  const [token, writeOnly, version] = ["access_token", "access_token_wo", "access_token_wo_version"].map(isSet);
  if (token !== true && writeOnly !== true) return '"access_token": one of `access_token,access_token_wo` must be specified';
  if (token === true && writeOnly === true) return '"access_token": conflicts with access_token_wo';
  if (token === true && version === true) return '"access_token": conflicts with access_token_wo_version';
  if (writeOnly !== version) return '"access_token_wo": all of `access_token_wo,access_token_wo_version` must be specified';
  return undefined;
}
