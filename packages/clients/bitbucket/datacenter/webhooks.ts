/** Webhooks of one repository, and those of its project where the server tells them. Reading is one list per repository and process; every change drops it. */
import { Problem } from "../../../diagnostics";
import type { BitbucketRest } from "../rest";
import { repositoryName, webhookIn, webhooksOf } from "../subject";
import type { HttpAnswer } from "../../http/http";
import type { JsonObject } from "../../http/json";
import type { RepositoryRef, RepositoryWebhooks, Webhook, WebhookInput } from "../repository-webhooks";
import type { Secrets } from "../../http/secrets";
import { RequestCache } from "../../http/request-cache";
import { errorBody, missingIn } from "./error-body";
import { bodyOf, tellsSecret, webhookOf } from "./webhook-form";

/** Servers cut it down to what they allow. */
const LONGEST_PAGE = { limit: "1000" };

export class DatacenterWebhooks implements RepositoryWebhooks {
  readonly #lists = new RequestCache<readonly Webhook[]>();
  #serverHasSearch: boolean | undefined;
  /** Projects whose webhooks are not told to this credential. */
  readonly #closedProjects = new Set<string>();

  constructor(
    private readonly rest: BitbucketRest,
    private readonly secrets: Secrets,
  ) {}

  inherits({ namespace }: RepositoryRef): "seen" | "unseen" | undefined {
    if (this.#serverHasSearch === false || this.#closedProjects.has(namespace.toLowerCase())) return "unseen";
    return this.#serverHasSearch === true ? "seen" : undefined;
  }

  list(repository: RepositoryRef, options?: { readonly fresh?: boolean }): Promise<readonly Webhook[]> {
    return this.#lists.read(keyOf(repository), () => this.#list(repository), options);
  }

  async create(repository: RepositoryRef, input: WebhookInput, secret: string): Promise<Webhook> {
    this.secrets.add(secret);
    return this.#lists.changing([keyOf(repository)], async () => {
      const request = {
        method: "POST",
        path: pathOf(repository),
        body: bodyOf(input, secret, {}),
        subject: webhooksOf(repository),
      } as const;
      const answer = await this.rest.send(request);
      const made = this.#read(answer.body) ?? (await this.#latest(repository, input));
      if (made === undefined) throw this.rest.unusable(answer, "without the webhook");
      return this.#settled(repository, made, secret);
    });
  }

  async replace(repository: RepositoryRef, id: string, input: WebhookInput, secret: string, carried: JsonObject = {}): Promise<Webhook> {
    const subject = webhookIn(repository, id);
    this.secrets.add(secret);
    return this.#lists.changing([keyOf(repository)], async () => {
      const request = { method: "PUT", path: [...pathOf(repository), id], body: bodyOf(input, secret, carried), subject } as const;
      const answer = await this.rest.send(request, { absent: true });
      if (missingIn(answer) === "unsaid") await this.#ownList(repository);
      if (answer.status >= 300) throw this.rest.explain(answer, subject);
      const told = this.#read(answer.body);
      if (told !== undefined) return this.#settled(repository, told, secret);
      // An answer to another change than ours, or none: what is there now is what counts.
      const now = await this.#get(repository, id).catch(() => undefined);
      if (now === undefined) throw this.rest.unusable(answer, "without the webhook");
      return now;
    });
  }

  async remove(repository: RepositoryRef, id: string): Promise<"removed" | "absent" | "repository-absent"> {
    return this.#lists.changing([keyOf(repository)], async () => {
      const path = pathOf(repository);
      const request = { method: "DELETE", path: [...path, id], subject: webhookIn(repository, id) } as const;
      const answer = await this.rest.send(request, { absent: true });
      const missing = missingIn(answer);
      if (missing === undefined) return "removed";
      if (missing !== "unsaid") return missing === "repository" ? "repository-absent" : "absent";
      const look = await this.rest.send({ method: "GET", path, query: { limit: "1" }, subject: webhooksOf(repository) }, { absent: true });
      return missingIn(look) === undefined ? "absent" : "repository-absent";
    });
  }

  /** With those of the project where that list can be had. That a server does not have it is asked once, that a credential may not see it once per project. */
  async #list(repository: RepositoryRef): Promise<readonly Webhook[]> {
    if (this.inherits(repository) === "unseen") return this.#ownList(repository);
    const request = { path: [...pathOf(repository), "search"], query: LONGEST_PAGE, subject: webhooksOf(repository) };
    const found = await this.rest.list(request, searchIsRefused);
    if ("items" in found) {
      this.#serverHasSearch = true;
      return this.#webhooksOf(repository, found.items, found.from);
    }
    const own = await this.#ownList(repository);
    if (found.status === 401 || this.#serverHasSearch === true) this.#closedProjects.add(repository.namespace.toLowerCase());
    else this.#serverHasSearch = false;
    return own;
  }

  async #ownList(repository: RepositoryRef): Promise<readonly Webhook[]> {
    const request = { path: pathOf(repository), query: LONGEST_PAGE, subject: webhooksOf(repository) };
    const { items, from } = await this.rest.list(request, () => false);
    return this.#webhooksOf(repository, items, from);
  }

  #webhooksOf(repository: RepositoryRef, items: readonly unknown[], from: URL): readonly Webhook[] {
    const name = nameIn(from);
    const now = name?.toLowerCase() === repositoryName(repository).toLowerCase() ? null : name;
    return items.map((item) => {
      const found = this.#read(item, now);
      if (found === undefined) throw this.rest.unusableList(pathOf(repository), "with a webhook that has no id or no URL");
      return found;
    });
  }

  async #get(repository: RepositoryRef, id: string): Promise<Webhook | undefined> {
    const request = { method: "GET", path: [...pathOf(repository), id], subject: webhookIn(repository, id) } as const;
    return this.#read((await this.rest.send(request)).body);
  }

  /** A webhook that was made, and whose answer does not say its id: the one that was made last. */
  async #latest(repository: RepositoryRef, input: WebhookInput): Promise<Webhook | undefined> {
    const all = await this.#ownList(repository).catch(() => []);
    const [latest] = all
      .filter((webhook) => webhook.url === input.url && webhook.title === input.title)
      .sort((a, b) => Number(b.id) - Number(a.id));
    return latest;
  }

  /**
   * The webhook with the secret that it has now. Servers under load answer a change with an empty configuration, or with the one before:
   * unless the answer shows our secret, the webhook is read again. It was written in any case, so a failure here is no failure of the change.
   */
  async #settled(repository: RepositoryRef, told: Webhook, secret: string): Promise<Webhook> {
    if (tellsSecret(told, secret)) return told;
    try {
      const now = await this.#get(repository, told.id);
      if (now !== undefined) return now;
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
    }
    return { ...told, secret: { is: "untold" } };
  }

  /** From here on no text carries the secret that the server has told. */
  #read(value: unknown, nameNow: string | null = null): Webhook | undefined {
    const found = webhookOf(value, nameNow);
    this.secrets.add(found?.secret);
    return found?.webhook;
  }
}

/** No such list on this server, or not for this credential. Of a missing repository the plain list says the same, so that is asked only in doubt. */
function searchIsRefused(answer: HttpAnswer): boolean {
  const { status } = answer;
  if (status === 401) return errorBody(answer).exception === "AuthorisationException";
  // To old servers "search" is the id of a webhook, and no number.
  return [400, 404, 405].includes(status) && missingIn(answer) !== "repository";
}

/** The name that a repository was redirected to. */
function nameIn(url: URL): string | null {
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

/** Data Center's paths do not tell upper from lower case, and have no place for an id. */
function keyOf(repository: RepositoryRef): string {
  return repositoryName(repository).toLowerCase();
}
