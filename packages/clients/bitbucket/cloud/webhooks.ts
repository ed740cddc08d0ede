/** Webhooks of a Bitbucket Cloud repository, and those of its workspace. Each list is read once per process, and again after a change. */
import type { HttpResponse } from "../../http/request";
import { RequestCache } from "../../http/request-cache";
import type { Secrets } from "../../http/secrets";
import type { RepositoryRef, RepositoryWebhooks, Webhook, WebhookInput } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { repositoryName, webhooksSubject, webhookSubject } from "../subject";
import { isGone } from "./error-body";
import { parseWebhook, webhookBody } from "./webhook-body";

export class CloudWebhooks implements RepositoryWebhooks {
  readonly addressesById = true;
  readonly #rest: BitbucketRest;
  readonly #secrets: Secrets;
  readonly #lists = new RequestCache<readonly Webhook[]>();
  /** Lists that were requested by the id of the repository, by the name that the caller used. */
  readonly #namedLists = new Map<string, Promise<readonly Webhook[]>>();
  readonly #workspaceLists = new RequestCache<readonly Webhook[] | null>();

  constructor(rest: BitbucketRest, secrets: Secrets) {
    this.#rest = rest;
    this.#secrets = secrets;
  }

  /**
   * All webhooks of a repository, one request per hundred. Callers with the same repository share the requests.
   * @throws Problem `repository-not-found` (kind "gone"; Bitbucket does not distinguish it from a repository that is not visible), and for every other error response
   */
  list(repository: RepositoryRef, options: { readonly fresh?: boolean } = {}): Promise<readonly Webhook[]> {
    const candidate = options.fresh === true ? undefined : this.#listUnderOtherKey(repository);
    return candidate === undefined ? this.#read(repository, options) : this.#listIfSame(repository, candidate);
  }

  isListed(repository: RepositoryRef): boolean {
    return this.#lists.has(keyOf(repository)) || this.#namedLists.has(nameKeyOf(repository));
  }

  ofWorkspace(workspace: string): Promise<readonly Webhook[] | null> {
    return this.#workspaceLists.read(workspace.toLowerCase(), async () => {
      const path = ["workspaces", workspace, "hooks"];
      const request = { path, query: { pagelen: "100" }, subject: { kind: "workspace", name: workspace } } as const;
      // Only administrators of the workspace may list them.
      const result = await this.#rest.list(request, ({ status }) => [401, 403, 404].includes(status));
      if (!("items" in result)) return null;
      return this.#parseList(path, result.items).map((webhook) => ({ ...webhook, scope: "workspace" }));
    });
  }

  /** @throws Problem with execution "unknown" if the response was lost: look up the URL before a second attempt */
  async create(repository: RepositoryRef, input: WebhookInput, secret: string): Promise<Webhook> {
    this.#secrets.add(secret);
    const subject = webhooksSubject(repository);
    return this.#change(async () => {
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
    return this.#change(async () => {
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
    return this.#change(async () => {
      const response = await this.#rest.send({ method: "DELETE", path: [...pathOf(repository), id], subject }, { allowGone: true });
      if (!isGone(response)) return "removed";
      const list = await this.#rest.send(
        { method: "GET", path: pathOf(repository), query: { pagelen: "10" }, subject: webhooksSubject(repository) },
        { allowGone: true },
      );
      return isGone(list) ? "repository-absent" : "absent";
    });
  }

  /** After a change, no cached list is used: a repository may have one list under its id, and one under each of its names. */
  #change<R>(change: () => Promise<R>): Promise<R> {
    return this.#lists.clearAfter(change).finally(() => {
      this.#namedLists.clear();
    });
  }

  #read(repository: RepositoryRef, options: { readonly fresh?: boolean } = {}): Promise<readonly Webhook[]> {
    const list = this.#lists.read(keyOf(repository), () => this.#requestList(repository), options);
    if (repository.id !== undefined) this.#namedLists.set(nameKeyOf(repository), list);
    return list;
  }

  /** A list that was requested by the name instead of the id, or the reverse. */
  #listUnderOtherKey(repository: RepositoryRef): Promise<readonly Webhook[]> | undefined {
    if (this.#lists.has(keyOf(repository))) return undefined;
    const name = nameKeyOf(repository);
    return repository.id === undefined ? this.#namedLists.get(name) : this.#lists.get(name);
  }

  /** The list itself must confirm that it belongs to the repository: the name may be an old one. */
  async #listIfSame(repository: RepositoryRef, candidate: Promise<readonly Webhook[]>): Promise<readonly Webhook[]> {
    const { id } = repository;
    const list = await candidate.catch(() => undefined);
    const [first] = list ?? [];
    const isSame = id === undefined ? first?.repositoryName?.toLowerCase() === nameKeyOf(repository) : first?.repositoryId === id;
    return list !== undefined && isSame ? list : this.#read(repository);
  }

  async #requestList(repository: RepositoryRef): Promise<readonly Webhook[]> {
    const request = { path: pathOf(repository), query: { pagelen: "100" }, subject: webhooksSubject(repository) };
    return this.#parseList(request.path, await this.#rest.listAll(request));
  }

  #parseList(path: readonly string[], items: readonly unknown[]): readonly Webhook[] {
    return items.map((item) => {
      const webhook = parseWebhook(item);
      if (webhook === undefined) throw this.#rest.unusableListProblem(path, "with a webhook that has no UUID or no URL");
      return webhook;
    });
  }

  #requireWebhook(response: HttpResponse): Webhook {
    const webhook = parseWebhook(response.body);
    if (webhook === undefined) throw this.#rest.unusableResponse(response, "without the webhook");
    return webhook;
  }
}

function pathOf(repository: RepositoryRef): readonly string[] {
  // Empty braces stand for any workspace: the UUID alone identifies the repository, even after it has moved.
  const address = repository.id === undefined ? [repository.namespace, repository.repository] : ["{}", repository.id];
  return ["repositories", ...address, "hooks"];
}

/** Bitbucket's paths are not case-sensitive. */
function keyOf(repository: RepositoryRef): string {
  return repository.id?.toLowerCase() ?? nameKeyOf(repository);
}

function nameKeyOf(repository: RepositoryRef): string {
  return repositoryName(repository).toLowerCase();
}
