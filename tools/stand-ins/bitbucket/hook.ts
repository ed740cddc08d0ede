/** `bitbucket_hook` of the published provider: it always sends the secret, and an empty one if none is configured. */
import { gone, type IdentityTexts } from "../../../packages/terraform-plugin";
import { decodeObject, published, reasonOf } from "../runtime/catalog";
import { FailedAfter, publishedResource } from "../runtime/published-resource";
import type { ResourceData } from "../runtime/resource-data";
import type { Values } from "../runtime/sdk-plan";
import { requireSuccess, type BitbucketClient } from "./client";
import { unknownEvent } from "./events";
import { HOOK_SCHEMA } from "./schemas";

/** A webhook in a response. */
interface HookResponse {
  readonly uuid?: string;
  readonly url?: string | null;
  readonly description?: string | null;
  readonly active?: boolean | null;
  readonly events?: readonly string[] | null;
  readonly skip_cert_verification?: boolean | null;
  readonly secret_set?: boolean | null;
  readonly history_enabled?: boolean | null;
}

export const hook = publishedResource<BitbucketClient>({
  type: "hook",
  schema: HOOK_SCHEMA,
  replacing: ["owner", "repository"],
  defaults: { active: true, skip_cert_verification: true },
  parseImportId,
  validate: ({ events }) => unknownEvent(events),

  async create({ api, data }) {
    const path = hooksPath(data);
    const { text } = requireSuccess(path, await api.call("POST", path, hookBody(data)));
    const { uuid: id = "" } = decode(text);
    const set = await readHook(api, data, id).catch((thrown: unknown) => {
      throw new FailedAfter(reasonOf(thrown), { id });
    });
    if (set === undefined) throw published("Root object was present, but now absent.");
    return { ...set, id };
  },

  read: async ({ api, data }) => (await readHook(api, data, data.text("id"))) ?? gone,

  async update({ api, data }) {
    const path = hooksPath(data, data.text("id"));
    requireSuccess(path, await api.call("PUT", path, hookBody(data)));
    return (await readHook(api, data, data.text("id"))) ?? {};
  },

  async delete({ api, data }) {
    const path = hooksPath(data, data.text("id"));
    requireSuccess(path, await api.call("DELETE", path));
  },
});

function hooksPath(data: ResourceData, id?: string): string {
  const hooks = `2.0/repositories/${data.text("owner")}/${data.text("repository")}/hooks`;
  return id === undefined ? hooks : `${hooks}/${encodeURIComponent(id)}`;
}

function hookBody(data: ResourceData): object {
  return {
    url: data.text("url"),
    description: data.text("description"),
    active: data.flag("active"),
    skip_cert_verification: data.flag("skip_cert_verification"),
    events: data.set("events"),
    secret: data.text("secret"),
    ...(data.flag("history_enabled") && { history_enabled: true }),
  };
}

/** Undefined if the webhook does not exist. */
async function readHook(api: BitbucketClient, data: ResourceData, id: string): Promise<Values | undefined> {
  const path = hooksPath(data, id);
  const response = await api.call("GET", path);
  if (response.status === 404) return undefined;
  requireSuccess(path, response);
  if (response.status !== 200) return {};
  const webhook = decode(response.text);
  return {
    uuid: webhook.uuid ?? "",
    description: webhook.description ?? "",
    active: webhook.active ?? false,
    history_enabled: webhook.history_enabled ?? false,
    secret_set: webhook.secret_set ?? false,
    url: webhook.url ?? "",
    // Bitbucket does not return the secret, so the state keeps its own.
    secret: data.text("secret"),
    skip_cert_verification: webhook.skip_cert_verification ?? false,
    events: webhook.events ?? [],
  };
}

function decode(text: string): HookResponse {
  return decodeObject(text, "bitbucket.Hook");
}

function parseImportId(id: string): IdentityTexts {
  const [owner = "", repository = "", uuid = "", ...rest] = id.split("/");
  if (owner === "" || repository === "" || uuid === "" || rest.length > 0) {
    throw published(`unexpected format of ID (${JSON.stringify(id)}), expected OWNER/REPO/HOOK-ID`);
  }
  return { owner, repository, id: uuid };
}
