/** Webhooks of a Bitbucket Cloud repository. The list is read once per repository and process, and again after every change. */
import { bracedUuid } from "../../../domain";
import { asBoolean, asObject, asText, asTexts } from "../../http/json";
import type { HttpResponse } from "../../http/request";
import { RequestCache } from "../../http/request-cache";
import type { Secrets } from "../../http/secrets";
import type { RepositoryRef, RepositoryWebhooks, Webhook, WebhookInput } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName, webhooksSubject, webhookSubject } from "../subject";
import { isGone } from "./error-body";

/** Fields that Bitlift sets. Like the fields that only Bitbucket writes, they are not passed through. */
const MANAGED_FIELDS = new Set(["url", "description", "active", "events", "skip_cert_verification", "secret"]);
const READ_ONLY_FIELDS = new Set(["type", "uuid", "secret_set", "created_at", "subject", "subject_type", "links", "source", "read_only"]);

export class CloudWebhooks implements RepositoryWebhooks {
  readonly #rest: BitbucketRest;
  readonly #secrets: Secrets;
  readonly #lists = new RequestCache<readonly Webhook[]>();

  constructor(rest: BitbucketRest, secrets: Secrets) {
    this.#rest = rest;
    this.#secrets = secrets;
  }

  /**
   * All webhooks of a repository, one request per hundred. Callers with the same repository share the requests.
   * @throws Problem `repository-not-found` (kind "gone"; Bitbucket does not distinguish it from a repository that is not visible), and for every other error response
   */
  list(repository: RepositoryRef, options?: { readonly fresh?: boolean }): Promise<readonly Webhook[]> {
    return this.#lists.read(keyOf(repository), () => this.#requestList(repository), options);
  }

  /** @throws Problem with execution "unknown" if the response was lost: look up the URL before a second attempt */
  async create(repository: RepositoryRef, input: WebhookInput, secret: string): Promise<Webhook> {
    this.#secrets.add(secret);
    const subject = webhooksSubject(repository);
    return this.#lists.invalidateAfter(keysOf(repository), async () => {
      const body = { ...webhookBody(input), secret };
      return this.#requireWebhook(await this.#rest.send({ method: "POST", path: pathOf(repository), body, subject }));
    });
  }

  /**
   * Replaces a webhook. Bitbucket expects the whole object.
   * @param passthrough fields that Bitlift does not manage, as they were read
   * @throws Problem `webhook-not-found` or `repository-not-found`, both of kind "gone"
   */
  async replace(
    repository: RepositoryRef,
    id: string,
    input: WebhookInput,
    secret: string,
    passthrough: Readonly<Record<string, unknown>> = {},
  ): Promise<Webhook> {
    const subject = webhookSubject(repository, id);
    this.#secrets.add(secret);
    return this.#lists.invalidateAfter(keysOf(repository), async () => {
      const body = { ...passthrough, ...webhookBody(input), secret };
      const response = await this.#rest.send({ method: "PUT", path: [...pathOf(repository), id], body, subject }, { allowGone: true });
      if (!isGone(response)) return this.#requireWebhook(response);
      // Throws if the repository is gone.
      await this.#requestList(repository);
      throw this.#rest.problemOf(response, subject);
    });
  }

  /** Removes a webhook. The result says whether it, or its repository, was already gone. @throws Problem, also for 401 and 403 */
  async remove(repository: RepositoryRef, id: string): Promise<"removed" | "absent" | "repository-absent"> {
    const subject = webhookSubject(repository, id);
    return this.#lists.invalidateAfter(keysOf(repository), async () => {
      const response = await this.#rest.send({ method: "DELETE", path: [...pathOf(repository), id], subject }, { allowGone: true });
      if (!isGone(response)) return "removed";
      const list = await this.#rest.send(
        { method: "GET", path: pathOf(repository), query: { pagelen: "10" }, subject: webhooksSubject(repository) },
        { allowGone: true },
      );
      return isGone(list) ? "repository-absent" : "absent";
    });
  }

  async #requestList(repository: RepositoryRef): Promise<readonly Webhook[]> {
    const request = { path: pathOf(repository), query: { pagelen: "100" }, subject: webhooksSubject(repository) };
    return (await this.#rest.listAll(request)).map((item) => {
      const webhook = parseWebhook(item);
      if (webhook === undefined) throw this.#rest.unusableListProblem(request.path, "with a webhook that has no UUID or no URL");
      return webhook;
    });
  }

  #requireWebhook(response: HttpResponse): Webhook {
    const webhook = parseWebhook(response.body);
    if (webhook === undefined) throw this.#rest.unusableResponse(response, "without the webhook");
    return webhook;
  }
}

function parseWebhook(value: unknown): Webhook | undefined {
  const item = asObject(value);
  const uuid = bracedUuid(asText(item?.["uuid"]) ?? "");
  const url = asText(item?.["url"]);
  if (item === undefined || uuid === undefined || url === null) return undefined;
  const subject = asObject(item["subject"]);
  const passthrough = Object.entries(item).filter(([name]) => !MANAGED_FIELDS.has(name) && !READ_ONLY_FIELDS.has(name));
  const secretSet = asBoolean(item["secret_set"]);
  return {
    id: uuid,
    url,
    title: asText(item["description"]) ?? "",
    active: asBoolean(item["active"]) ?? true,
    events: asTexts(item["events"]),
    verifiesCertificate: asBoolean(item["skip_cert_verification"]) !== true,
    secret: secretSet === null ? { is: "unknown" } : secretSet ? { is: "set", fingerprint: null } : { is: "unset" },
    scope: "repository",
    repositoryId: bracedUuid(asText(subject?.["uuid"]) ?? "") ?? null,
    repositoryName: asText(subject?.["full_name"]),
    passthrough: Object.fromEntries(passthrough),
  };
}

function webhookBody(input: WebhookInput): Record<string, unknown> {
  return {
    url: input.url,
    description: input.title,
    active: input.active,
    events: input.events,
    skip_cert_verification: !input.verifyCertificate,
  };
}

function pathOf(repository: RepositoryRef): readonly string[] {
  // Empty braces stand for any workspace: the UUID alone identifies the repository, even after it has moved.
  const address = repository.id === undefined ? [repository.namespace, repository.repository] : ["{}", repository.id];
  return ["repositories", ...address, "hooks"];
}

/** Bitbucket's paths are not case-sensitive. */
function keyOf(repository: RepositoryRef): string {
  return (repository.id ?? repositoryName(repository)).toLowerCase();
}

/** The lists that a change makes outdated: those under the repository's id, and those under its name. */
function keysOf(repository: RepositoryRef): readonly string[] {
  return [keyOf(repository), repositoryName(repository).toLowerCase()];
}
