/** Webhooks of one repository. Reading is one list per repository and process; every change drops it. */
import { bracedUuid } from "../../../domain";
import type { BitbucketRest } from "../rest";
import { repositoryName, webhookIn, webhooksOf } from "../subject";
import type { HttpAnswer } from "../../http/http";
import { booleanOf, objectOf, textOf, textsOf } from "../../http/json";
import type { Secrets } from "../../http/secrets";
import type { RepositoryRef, RepositoryWebhooks, Webhook, WebhookInput } from "../repository-webhooks";
import { RequestCache } from "../../http/request-cache";
import { saysAbsent } from "./explain";

/** Fields that are ours, or that only Bitbucket writes; all others are carried over. */
const OWN_FIELDS = new Set(["url", "description", "active", "events", "skip_cert_verification", "secret"]);
const READ_ONLY_FIELDS = new Set(["type", "uuid", "secret_set", "created_at", "subject", "subject_type", "links", "source", "read_only"]);

export class Webhooks implements RepositoryWebhooks {
  readonly #lists = new RequestCache<readonly Webhook[]>();

  constructor(
    private readonly rest: BitbucketRest,
    private readonly secrets: Secrets,
  ) {}

  /**
   * All webhooks of a repository, one request for each hundred; whoever asks for the same repository shares it.
   * @throws Problem `repository-not-found` (kind "gone": gone or invisible, which Bitbucket does not tell apart), and every other refusal.
   */
  list(repository: RepositoryRef, options?: { readonly fresh?: boolean }): Promise<readonly Webhook[]> {
    return this.#lists.read(keyOf(repository), () => this.#list(repository), options);
  }

  /** @throws Problem with execution "unknown" when the answer was lost: look for the URL before a second try. */
  async create(repository: RepositoryRef, input: WebhookInput, secret: string): Promise<Webhook> {
    this.secrets.add(secret);
    const subject = webhooksOf(repository);
    return this.#lists.changing(keysOf(repository), async () => {
      const answer = await this.rest.send({ method: "POST", path: pathOf(repository), body: { ...wire(input), secret }, subject });
      return this.#told(answer);
    });
  }

  /**
   * Replaces a webhook; Bitbucket takes the whole object.
   * @param carried foreign fields, as they were read
   * @throws Problem `webhook-not-found` or `repository-not-found`, both of kind "gone".
   */
  async replace(
    repository: RepositoryRef,
    id: string,
    input: WebhookInput,
    secret: string,
    carried: Readonly<Record<string, unknown>> = {},
  ): Promise<Webhook> {
    const subject = webhookIn(repository, id);
    this.secrets.add(secret);
    return this.#lists.changing(keysOf(repository), async () => {
      const body = { ...carried, ...wire(input), secret };
      const answer = await this.rest.send({ method: "PUT", path: [...pathOf(repository), id], body, subject }, { absent: true });
      if (!saysAbsent(answer)) return this.#told(answer);
      // Throws when it is the repository that is missing.
      await this.#list(repository);
      throw this.rest.explain(answer, subject);
    });
  }

  /** Removes a webhook; what is not there any more counts as done, and the result says which of the two it was. @throws Problem, on 401 and 403 too. */
  async remove(repository: RepositoryRef, id: string): Promise<"removed" | "absent" | "repository-absent"> {
    const subject = webhookIn(repository, id);
    return this.#lists.changing(keysOf(repository), async () => {
      const answer = await this.rest.send({ method: "DELETE", path: [...pathOf(repository), id], subject }, { absent: true });
      if (!saysAbsent(answer)) return "removed";
      const look = await this.rest.send(
        { method: "GET", path: pathOf(repository), query: { pagelen: "10" }, subject: webhooksOf(repository) },
        { absent: true },
      );
      return saysAbsent(look) ? "repository-absent" : "absent";
    });
  }

  async #list(repository: RepositoryRef): Promise<readonly Webhook[]> {
    const request = { path: pathOf(repository), query: { pagelen: "100" }, subject: webhooksOf(repository) };
    return (await this.rest.all(request)).map((item) => {
      const webhook = webhookOf(item);
      if (webhook === undefined) throw this.rest.unusableList(request.path, "with a webhook that has no UUID or no URL");
      return webhook;
    });
  }

  #told(answer: HttpAnswer): Webhook {
    const webhook = webhookOf(answer.body);
    if (webhook === undefined) throw this.rest.unusable(answer, "without the webhook");
    return webhook;
  }
}

function webhookOf(value: unknown): Webhook | undefined {
  const item = objectOf(value);
  const uuid = bracedUuid(textOf(item?.["uuid"]) ?? "");
  const url = textOf(item?.["url"]);
  if (item === undefined || uuid === undefined || url === null) return undefined;
  const subject = objectOf(item["subject"]);
  const foreign = Object.entries(item).filter(([name]) => !OWN_FIELDS.has(name) && !READ_ONLY_FIELDS.has(name));
  const secretSet = booleanOf(item["secret_set"]);
  return {
    id: uuid,
    url,
    title: textOf(item["description"]) ?? "",
    active: booleanOf(item["active"]) ?? true,
    events: textsOf(item["events"]),
    verifiesCertificate: booleanOf(item["skip_cert_verification"]) !== true,
    secret: secretSet === null ? { is: "untold" } : secretSet ? { is: "set", fingerprint: null } : { is: "unset" },
    scope: "repository",
    repositoryId: bracedUuid(textOf(subject?.["uuid"]) ?? "") ?? null,
    repositoryName: textOf(subject?.["full_name"]),
    carried: Object.fromEntries(foreign),
  };
}

function wire(input: WebhookInput): Record<string, unknown> {
  return {
    url: input.url,
    description: input.title,
    active: input.active,
    events: input.events,
    skip_cert_verification: !input.verifyCertificate,
  };
}

function pathOf(repository: RepositoryRef): readonly string[] {
  // An empty pair of braces stands for the workspace: the UUID alone names the repository, also after it moved.
  const address = repository.id === undefined ? [repository.namespace, repository.repository] : ["{}", repository.id];
  return ["repositories", ...address, "hooks"];
}

/** Bitbucket's paths do not tell upper from lower case. */
function keyOf(repository: RepositoryRef): string {
  return (repository.id ?? repositoryName(repository)).toLowerCase();
}

/** What a change ends: what is remembered under the repository's id, and under its name. */
function keysOf(repository: RepositoryRef): readonly string[] {
  return [keyOf(repository), repositoryName(repository).toLowerCase()];
}
