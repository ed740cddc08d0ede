/** `bitbucketserver_repository_webhook` of the published provider: a webhook that does not exist is an error, and the order of events counts. */
import { decodeObject, published, reasonOf } from "../runtime/catalog";
import { FailedAfter, publishedResource } from "../runtime/published-resource";
import type { ResourceData } from "../runtime/resource-data";
import type { Values } from "../runtime/sdk-plan";
import type { BitbucketServerClient } from "./client";
import { WEBHOOK_SCHEMA } from "./schemas";

/** A webhook in a response. */
interface WebhookResponse {
  readonly id?: number;
  readonly name?: string;
  readonly url?: string;
  readonly active?: boolean;
  readonly events?: readonly string[] | null;
  readonly configuration?: { readonly secret?: string } | null;
}

/** The zero time of Go, in seconds. */
const NO_DATE = -62_135_596_800;
const WRONG_ID = "incorrect ID format, should match `project/repository/name`";

export const repositoryWebhook = publishedResource<BitbucketServerClient>({
  type: "repository_webhook",
  schema: WEBHOOK_SCHEMA,
  replacing: ["project", "repository", "name"],
  defaults: { active: true, secret: "" },

  async create({ api, data }) {
    const text = await api.call("POST", webhooksPath(data), webhookBody(data));
    const { id: webhookId = 0 } = decodeWebhook(text);
    const id = `${data.text("project")}/${data.text("repository")}/${data.text("name")}`;
    const set = await readWebhook(api, { id, webhookId }).catch((thrown: unknown) => {
      throw new FailedAfter(reasonOf(thrown), { id, webhook_id: webhookId });
    });
    return { ...set, id };
  },

  read: ({ api, data }) => readWebhook(api, { id: data.text("id"), webhookId: data.number("webhook_id") }),

  async update({ api, data }) {
    const webhookId = data.number("webhook_id");
    await api.call("PUT", `${webhooksPath(data)}/${webhookId}`, webhookBody(data));
    return readWebhook(api, { id: data.text("id"), webhookId });
  },

  async delete({ api, data }) {
    await api.call("DELETE", `${webhooksPath(data)}/${data.number("webhook_id")}`);
  },
});

function webhooksPath(data: ResourceData): string {
  return pathOf(data.text("project"), data.text("repository"));
}

function pathOf(project: string, repository: string): string {
  return `/rest/api/1.0/projects/${project}/repos/${repository}/webhooks`;
}

function webhookBody(data: ResourceData): object {
  const secret = data.text("secret");
  return {
    name: data.text("name"),
    createdDate: NO_DATE,
    updatedDate: NO_DATE,
    url: data.text("webhook_url"),
    ...(data.flag("active") && { active: true }),
    events: data.list("events"),
    configuration: secret === "" ? {} : { secret },
  };
}

/** By its number, or after an import by its name, which is looked up in the first page. */
async function readWebhook(
  api: BitbucketServerClient,
  { id, webhookId }: { readonly id: string; readonly webhookId: number },
): Promise<Values> {
  const [project = "", repository = "", name = "", ...rest] = id.split("/");
  if (name === "" || rest.length > 0) throw published(WRONG_ID);
  const path = pathOf(project, repository);
  const identity = { project, repository, name };
  if (webhookId !== 0) return { ...identity, ...webhookValues(decodeWebhook(await api.call("GET", `${path}/${webhookId}`))) };
  const { values = [] } = decodeObject(await api.call("GET", path), "bitbucket.WebhookListResponse") as {
    readonly values?: readonly WebhookResponse[];
  };
  const found = values.find((webhook) => webhook.name === name);
  if (found === undefined) throw published(WRONG_ID);
  return { ...identity, ...webhookValues(found) };
}

function webhookValues({ id = 0, url = "", active = false, events, configuration }: WebhookResponse): Values {
  return { webhook_id: id, webhook_url: url, active, events: events ?? [], secret: configuration?.secret ?? "" };
}

function decodeWebhook(text: string): WebhookResponse {
  return decodeObject(text, "bitbucket.Webhook");
}
