/** The state that the published providers store for the objects of the default configuration. */
import { PUBLISHED_TYPES, type TypeWithPublished } from "../../packages/domain";

type Values = Readonly<Record<string, unknown>>;

interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly index_key?: string; readonly attributes: Values }[];
  }[];
}

/** The secrets that a published provider stores; null: it stores none, as after an import. */
export interface Secrets {
  readonly accessToken: string | null;
  readonly webhookSecret: string | null;
}

const ATTRIBUTES: Readonly<Record<TypeWithPublished, (ours: Values, secrets: Secrets) => Values>> = {
  bitlift_space: ({ id, name, parent_space_id, inherit_entities, description, labels }) => ({
    id,
    name,
    parent_space_id,
    inherit_entities,
    description,
    labels,
  }),
  bitlift_bitbucket_datacenter_integration: (ours, { accessToken, webhookSecret }) => ({
    id: ours["id"],
    name: ours["name"],
    is_default: ours["is_default"],
    space_id: ours["space_id"],
    labels: ours["labels"],
    description: ours["description"],
    api_host: ours["api_host"],
    user_facing_host: ours["user_facing_host"],
    username: ours["username"],
    access_token: accessToken,
    access_token_wo: null,
    access_token_wo_version: null,
    vcs_checks: ours["vcs_checks"],
    use_git_checkout: ours["use_git_checkout"],
    webhook_url: ours["webhook_url"],
    webhook_secret: webhookSecret,
  }),
  bitlift_bitbucket_cloud_webhook: (ours, { webhookSecret }) => ({
    id: ours["uuid"],
    uuid: ours["uuid"],
    owner: ours["workspace"],
    repository: ours["repository"],
    url: ours["webhook_url"],
    description: ours["title"],
    events: ours["events"],
    active: true,
    skip_cert_verification: false,
    history_enabled: false,
    secret: webhookSecret,
    secret_set: true,
  }),
  bitlift_bitbucket_datacenter_webhook: (ours, { webhookSecret }) => ({
    id: `${String(ours["project"])}/${String(ours["repository"])}/${String(ours["title"])}`,
    webhook_id: Number(ours["webhook_id"]),
    project: ours["project"],
    repository: ours["repository"],
    name: ours["title"],
    webhook_url: ours["webhook_url"],
    events: ours["events"],
    active: true,
    secret: webhookSecret,
  }),
};

/** @param host of the engine's registry @returns the state file with every object as the published provider stores it, under the same name */
export function asPublished(stateFile: string, host: string, secrets: Secrets): string {
  const state = JSON.parse(stateFile) as StateFile;
  const resources = state.resources.map((resource) => {
    if (!isTypeWithPublished(resource.type)) return resource;
    const { type, source } = PUBLISHED_TYPES[resource.type];
    const convert = ATTRIBUTES[resource.type];
    // Private data of the SDK that the published providers use.
    const instances = resource.instances.map(({ index_key, attributes }) => ({
      index_key,
      schema_version: 0,
      attributes: convert(attributes, secrets),
      sensitive_attributes: [],
      private: Buffer.from('{"schema_version":"0"}').toString("base64"),
    }));
    return { mode: "managed", type, name: resource.name, provider: `provider["${host}/${source}"]`, instances };
  });
  return JSON.stringify({ ...state, resources }, null, 2);
}

/** The `moved` blocks for these objects of the state. */
export function movedBlocks(stateFile: string): readonly { readonly from: string; readonly to: string }[] {
  const { resources } = JSON.parse(stateFile) as StateFile;
  return resources.flatMap(({ type, name }) =>
    isTypeWithPublished(type) ? [{ from: `${PUBLISHED_TYPES[type].type}.${name}`, to: `${type}.${name}` }] : [],
  );
}

function isTypeWithPublished(type: string): type is TypeWithPublished {
  return Object.hasOwn(PUBLISHED_TYPES, type);
}
