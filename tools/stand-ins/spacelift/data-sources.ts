/** The data sources of the published provider: Spaces by id and by path, and integrations of both products. */
import { dataSourceFor, type Attributes } from "../../../packages/terraform-plugin";
import { published } from "../runtime/catalog";
import { attributesOf } from "../runtime/published-schema";
import { ResourceData } from "../runtime/resource-data";
import type { Values } from "../runtime/sdk-plan";
import { attempt } from "./attempt";
import { emptyText } from "./empty-texts";
import type { GraphqlClient } from "./graphql-client";
import { dataSourceSchema } from "./schemas";
import { READ_SPACE, SPACE_FIELDS, spaceValues, type SpaceResponse } from "./space";

const SPACES = `{spaces${SPACE_FIELDS}}`;
const CLOUD =
  "query($id:ID!){bitbucketCloudIntegration(id: $id){id,name,description,isDefault,space{id},labels,username,email,webhookSecret,webhookUrl,vcsChecks}}";
const DATACENTER =
  "query($id:ID!){bitbucketDatacenterIntegration(id: $id){id,name,description,isDefault,space{id},labels,apiHost,webhookSecret,userFacingHost,webhookURL,username,vcsChecks,useGitCheckout}}";

type Read = (api: GraphqlClient, config: ResourceData) => Promise<Values>;

function publishedDataSource(type: string, read: Read) {
  const { block } = dataSourceSchema(`spacelift_${type}`);
  const attributes = attributesOf(block);
  return dataSourceFor<GraphqlClient>()<Attributes>({
    type,
    summary: block.description ?? type,
    attributes,
    async read({ api, config }) {
      const given = config as Values;
      const refused = emptyText(given, ["space_id", "space_path"]);
      if (refused !== undefined) throw published(refused);
      const set = await read(api, new ResourceData(given));
      return Object.fromEntries(Object.keys(attributes).map((name) => [name, set[name] ?? given[name] ?? null] as const));
    },
  });
}

const space = publishedDataSource("space", async (api, config) => {
  const id = config.text("space_id");
  const response = await attempt("could not query for space", api.query<SpaceResponse>("SpaceRead", READ_SPACE, { id }));
  if (response === null) throw published(`could not find space ${id}`);
  return spaceValues(response);
});

const spaceByPath = publishedDataSource("space_by_path", async (api, config) => {
  const path = config.text("space_path");
  if (path.startsWith("/")) throw published("path must not start with a slash");
  const spaces = (await attempt("could not query for spaces", api.query<readonly SpaceResponse[]>("SpaceRead", SPACES))) ?? [];
  // A relative path needs the token of a run, which this program never has.
  if (path !== "root" && !path.startsWith("root/")) {
    throw published("couldn't identify the run: unexpected token issuer api-key, is this a Spacelift run?");
  }
  return spaceValues(spaceAt(path.split("/"), spaces));
});

/** @param path starts with the root Space */
function spaceAt(path: readonly string[], spaces: readonly SpaceResponse[]): SpaceResponse {
  const root = spaces.find(({ id }) => id === "root");
  if (root === undefined) throw published("error while traversing space path: root space not found");
  return path.slice(1).reduce<SpaceResponse>((parent, name, index) => {
    const [child, twin] = spaces.filter(({ parentSpace, name: own }) => parentSpace === parent.id && own === name);
    if (child === undefined) throw published("error while traversing space path: space does not exist");
    if (twin !== undefined) throw published(`error while traversing space path: path ${path.slice(0, index + 2).join("/")} is ambiguous`);
    return child;
  }, root);
}

interface IntegrationResponse {
  readonly [field: string]: string | boolean | null | { readonly id: string } | readonly string[];
}

/** `labels` is absent: the provider sets them in a form that the SDK refuses, so they stay null. */
const COMMON_FIELDS = {
  id: "id",
  name: "name",
  description: "description",
  is_default: "isDefault",
  username: "username",
  webhook_secret: "webhookSecret",
  vcs_checks: "vcsChecks",
};
const CLOUD_FIELDS = { ...COMMON_FIELDS, email: "email", webhook_url: "webhookUrl" };
const DATACENTER_FIELDS = {
  ...COMMON_FIELDS,
  api_host: "apiHost",
  user_facing_host: "userFacingHost",
  webhook_url: "webhookURL",
  use_git_checkout: "useGitCheckout",
};

function integrationDataSource(product: "cloud" | "datacenter", label: string, document: string, fields: Readonly<Record<string, string>>) {
  return publishedDataSource(`bitbucket_${product}_integration`, async (api, config) => {
    const call = api.query<IntegrationResponse>(label, document, { id: config.text("id") });
    const response = await attempt(`could not query for bitbucket ${product} integration`, call);
    if (response === null) throw published(`bitbucket ${product} integration not found`);
    const flags = ["is_default", "use_git_checkout"];
    const entries = Object.entries(fields).map(([name, field]) => [name, response[field] ?? (flags.includes(name) ? false : "")] as const);
    const { space } = response as { readonly space?: { readonly id: string } | null };
    return { ...Object.fromEntries(entries), space_id: space?.id ?? "" };
  });
}

export const DATA_SOURCES = [
  space,
  spaceByPath,
  integrationDataSource("cloud", "BitbucketCloudIntegrationRead", CLOUD, CLOUD_FIELDS),
  integrationDataSource("datacenter", "BitbucketDatacenterIntegrationRead", DATACENTER, DATACENTER_FIELDS),
];
