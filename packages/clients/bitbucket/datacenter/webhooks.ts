/** Webhooks of a Bitbucket Data Center repository, including those of its project if the server lists them. Read once per repository and process, and again after every change. */
import { Problem } from "../../../diagnostics";
import type { JsonObject } from "../../http/json";
import type { HttpResponse } from "../../http/request";
import { RequestCache } from "../../http/request-cache";
import type { Secrets } from "../../http/secrets";
import type { RepositoryRef, RepositoryWebhooks, Webhook, WebhookInput } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName, webhooksSubject, webhookSubject } from "../subject";
import { goneObject, parseErrorBody } from "./error-body";
import { MAX_PAGE } from "./rest";
import { parseWebhook, showsSecret, webhookBody } from "./webhook-body";

export class DatacenterWebhooks implements RepositoryWebhooks {
  readonly addressesById = false;
  readonly #rest: BitbucketRest;
  readonly #secrets: Secrets;
  /** Every change clears them all: a renamed repository may have a list under each of its names. */
  readonly #lists = new RequestCache<readonly Webhook[]>();
  #serverHasSearch: boolean | undefined;
  /** Projects whose webhooks are not visible to this credential. */
  readonly #restrictedProjects = new Set<string>();

  constructor(rest: BitbucketRest, secrets: Secrets) {
    this.#rest = rest;
    this.#secrets = secrets;
  }

  projectWebhooks({ namespace }: RepositoryRef): "seen" | "unseen" | undefined {
    if (this.#serverHasSearch === false || this.#restrictedProjects.has(namespace.toLowerCase())) return "unseen";
    return this.#serverHasSearch === true ? "seen" : undefined;
  }

  list(repository: RepositoryRef, options?: { readonly fresh?: boolean }): Promise<readonly Webhook[]> {
    return this.#lists.read(keyOf(repository), () => this.#requestList(repository), options);
  }

  isListed(repository: RepositoryRef): boolean {
    return this.#lists.has(keyOf(repository));
  }

  async create(repository: RepositoryRef, input: WebhookInput, secret: string): Promise<Webhook> {
    this.#secrets.add(secret);
    return this.#lists.clearAfter(async () => {
      const body = webhookBody(input, secret, {});
      const response = await this.#rest.send({ method: "POST", path: pathOf(repository), body, subject: webhooksSubject(repository) });
      const created = this.#parse(response.body) ?? (await this.#findLatest(repository, input));
      if (created === undefined) throw this.#rest.unusableResponse(response, "without the webhook");
      return this.#withCurrentSecret(repository, created, secret);
    });
  }

  async replace(
    repository: RepositoryRef,
    id: string,
    input: WebhookInput,
    secret: string,
    passthrough: JsonObject = {},
  ): Promise<Webhook> {
    const subject = webhookSubject(repository, id);
    this.#secrets.add(secret);
    return this.#lists.clearAfter(async () => {
      const body = webhookBody(input, secret, passthrough);
      const response = await this.#rest.send({ method: "PUT", path: [...pathOf(repository), id], body, subject }, { allowGone: true });
      // Throws if the repository is gone.
      if (goneObject(response) === "unspecified") await this.#requestPlainList(repository);
      if (response.status >= 300) throw this.#rest.problemOf(response, subject);
      const replaced = this.#parse(response.body);
      if (replaced !== undefined) return this.#withCurrentSecret(repository, replaced, secret);
      // The response belongs to another change, or is empty: only the current state counts.
      const current = await this.#get(repository, id).catch(() => undefined);
      if (current === undefined) throw this.#rest.unusableResponse(response, "without the webhook");
      return current;
    });
  }

  async remove(repository: RepositoryRef, id: string): Promise<"removed" | "absent" | "repository-absent"> {
    return this.#lists.clearAfter(async () => {
      const path = pathOf(repository);
      const request = { method: "DELETE", path: [...path, id], subject: webhookSubject(repository, id) } as const;
      const gone = goneObject(await this.#rest.send(request, { allowGone: true }));
      if (gone === undefined) return "removed";
      if (gone !== "unspecified") return gone === "repository" ? "repository-absent" : "absent";
      const listRequest = { method: "GET", path, query: { limit: "1" }, subject: webhooksSubject(repository) } as const;
      const list = await this.#rest.send(listRequest, { allowGone: true });
      return goneObject(list) === undefined ? "absent" : "repository-absent";
    });
  }

  /**
   * Includes the webhooks of the project if the search is available. Whether the server has the search is checked once,
   * and whether the credential may use it once per project.
   */
  async #requestList(repository: RepositoryRef): Promise<readonly Webhook[]> {
    if (this.projectWebhooks(repository) === "unseen") return this.#requestPlainList(repository);
    const request = { path: [...pathOf(repository), "search"], query: MAX_PAGE, subject: webhooksSubject(repository) };
    const result = await this.#rest.list(request, isSearchUnavailable);
    if ("items" in result) {
      this.#serverHasSearch = true;
      return this.#parseList(repository, result.items, result.url);
    }
    const webhooks = await this.#requestPlainList(repository);
    if (result.status === 401 || this.#serverHasSearch === true) this.#restrictedProjects.add(repository.namespace.toLowerCase());
    else this.#serverHasSearch = false;
    return webhooks;
  }

  /** Without the webhooks of the project. */
  async #requestPlainList(repository: RepositoryRef): Promise<readonly Webhook[]> {
    const request = { path: pathOf(repository), query: MAX_PAGE, subject: webhooksSubject(repository) };
    const { items, url } = await this.#rest.list(request, () => false);
    return this.#parseList(repository, items, url);
  }

  #parseList(repository: RepositoryRef, items: readonly unknown[], url: URL): readonly Webhook[] {
    const name = repositoryNameIn(url);
    const newName = name?.toLowerCase() === repositoryName(repository).toLowerCase() ? null : name;
    return items.map((item) => {
      const webhook = this.#parse(item, newName);
      if (webhook === undefined) throw this.#rest.unusableListProblem(pathOf(repository), "with a webhook that has no ID or no URL");
      return webhook;
    });
  }

  async #get(repository: RepositoryRef, id: string): Promise<Webhook | undefined> {
    const request = { method: "GET", path: [...pathOf(repository), id], subject: webhookSubject(repository, id) } as const;
    return this.#parse((await this.#rest.send(request)).body);
  }

  /** Finds a new webhook whose id the response did not include: it has the highest id. */
  async #findLatest(repository: RepositoryRef, input: WebhookInput): Promise<Webhook | undefined> {
    const webhooks = await this.#requestPlainList(repository).catch(() => []);
    const [latest] = webhooks
      .filter((webhook) => webhook.url === input.url && webhook.title === input.title)
      .sort((a, b) => Number(b.id) - Number(a.id));
    return latest;
  }

  /**
   * The webhook with its current secret. Servers under load respond to a change with an empty or the previous configuration,
   * so the webhook is read again unless the response contains our secret. The change was made in any case, so a failure here is ignored.
   */
  async #withCurrentSecret(repository: RepositoryRef, webhook: Webhook, secret: string): Promise<Webhook> {
    if (showsSecret(webhook, secret)) return webhook;
    try {
      const current = await this.#get(repository, webhook.id);
      if (current !== undefined) return current;
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
    }
    return { ...webhook, secret: { is: "unknown" } };
  }

  /** Parses a webhook. From here on, the secret that the server returned is redacted in every text. */
  #parse(value: unknown, newName: string | null = null): Webhook | undefined {
    const parsed = parseWebhook(value, newName);
    this.#secrets.add(parsed?.secret);
    return parsed?.webhook;
  }
}

/** Whether this server has no search, or does not permit it to this credential. For a repository that is gone, the plain list would fail in the same way. */
function isSearchUnavailable(response: HttpResponse): boolean {
  const { status } = response;
  if (status === 401) return parseErrorBody(response).exception === "AuthorisationException";
  // Old servers interpret "search" as the id of a webhook, which must be a number.
  return [400, 404, 405].includes(status) && goneObject(response) !== "repository";
}

/** The name of the repository in the address of a response, which may be the target of a redirect. */
function repositoryNameIn(url: URL): string | null {
  const [, project, repository] = /\/projects\/([^/]+)\/repos\/([^/]+)\/webhooks/.exec(url.pathname) ?? [];
  if (project === undefined || repository === undefined) return null;
  try {
    return decodeURIComponent(`${project}/${repository}`);
  } catch {
    return null;
  }
}

function pathOf({ namespace, repository }: RepositoryRef): readonly string[] {
  return ["projects", namespace, "repos", repository, "webhooks"];
}

/** Data Center's paths are not case-sensitive, and cannot contain an id. */
function keyOf(repository: RepositoryRef): string {
  return repositoryName(repository).toLowerCase();
}
