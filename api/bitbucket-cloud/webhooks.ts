/** Webhooks of one repository. Reading is one list per repository and process; every change drops it. */
import { bracedUuid } from "../../vocabulary/identifiers";
import type { HttpAnswer } from "../http";
import { booleanOf, objectOf, textOf, textsOf } from "../json";
import type { Secrets } from "../secrets";
import { SharedReads } from "../shared-reads";
import { saysAbsent, type Subject } from "./explain";
import type { Rest } from "./rest";

/** A repository by its slugs; with `uuid` (braces) the UUID is the address and the slugs serve messages only. */
export interface RepositoryRef {
  readonly workspace: string;
  readonly repository: string;
  readonly uuid?: string;
}

export interface CloudWebhook {
  /** In braces, lower case. */
  readonly uuid: string;
  readonly url: string;
  readonly description: string;
  readonly active: boolean;
  /** In no particular order. */
  readonly events: readonly string[];
  readonly skipCertificateVerification: boolean;
  /** The only sign of a secret; null where the server does not say. */
  readonly secretSet: boolean | null;
  readonly repositoryUuid: string | null;
  /** `workspace/repository` as it is called now. */
  readonly repositoryFullName: string | null;
  /** Foreign fields to send back with `replace`. */
  readonly carried: Readonly<Record<string, unknown>>;
}

export interface CloudWebhookInput {
  readonly url: string;
  readonly description: string;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly skipCertificateVerification: boolean;
}

/** Fields that are ours, or that only Bitbucket writes; all others are carried over. */
const OWN_FIELDS = new Set(["url", "description", "active", "events", "skip_cert_verification", "secret"]);
const READ_ONLY_FIELDS = new Set(["type", "uuid", "secret_set", "created_at", "subject", "subject_type", "links", "source", "read_only"]);

export class Webhooks {
  readonly #lists = new SharedReads<readonly CloudWebhook[]>();

  constructor(
    private readonly rest: Rest,
    private readonly secrets: Secrets,
  ) {}

  /**
   * All webhooks of a repository, one request for each hundred; whoever asks for the same repository shares it.
   * @throws Problem `repository-not-found` (kind "gone": gone or invisible, which Bitbucket does not tell apart), and every other refusal.
   */
  list(repository: RepositoryRef, options?: { readonly fresh?: boolean }): Promise<readonly CloudWebhook[]> {
    return this.#lists.read(keyOf(repository), () => this.#list(repository), options);
  }

  /** @throws Problem with execution "unknown" when the answer was lost: look for the URL before a second try. */
  async create(repository: RepositoryRef, input: CloudWebhookInput, secret: string | null): Promise<CloudWebhook> {
    this.secrets.add(secret);
    const subject = subjectOf(repository);
    return this.#changing(repository, async () => {
      const body = secret === null ? wire(input, {}) : { ...wire(input, {}), secret };
      const answer = await this.rest.send({ method: "POST", path: pathOf(repository), body, subject });
      return this.#told(answer);
    });
  }

  /**
   * Replaces a webhook; Bitbucket takes the whole object.
   * @param secret undefined leaves the stored one
   * @param carried foreign fields, as they were read
   * @throws Problem `webhook-not-found` or `repository-not-found`, both of kind "gone".
   */
  async replace(
    repository: RepositoryRef,
    uuid: string,
    input: CloudWebhookInput,
    secret: string | undefined,
    carried: Readonly<Record<string, unknown>> = {},
  ): Promise<CloudWebhook> {
    const subject: Subject = { kind: "webhook", repository: nameOf(repository), uuid };
    this.secrets.add(secret);
    return this.#changing(repository, async () => {
      const body = secret === undefined ? wire(input, carried) : { ...wire(input, carried), secret };
      const answer = await this.rest.send({ method: "PUT", path: [...pathOf(repository), uuid], body, subject }, { absent: true });
      if (!saysAbsent(answer)) return this.#told(answer);
      // Throws when it is the repository that is missing.
      await this.#list(repository);
      throw this.rest.explain(answer, subject);
    });
  }

  /** Removes a webhook; what is not there any more counts as done, and the result says which of the two it was. @throws Problem, on 401 and 403 too. */
  async remove(repository: RepositoryRef, uuid: string): Promise<"removed" | "absent" | "repository-absent"> {
    const subject: Subject = { kind: "webhook", repository: nameOf(repository), uuid };
    return this.#changing(repository, async () => {
      const answer = await this.rest.send({ method: "DELETE", path: [...pathOf(repository), uuid], subject }, { absent: true });
      if (!saysAbsent(answer)) return "removed";
      const look = await this.rest.send(
        { method: "GET", path: pathOf(repository), query: { pagelen: "10" }, subject: subjectOf(repository) },
        { absent: true },
      );
      return saysAbsent(look) ? "repository-absent" : "absent";
    });
  }

  async #list(repository: RepositoryRef): Promise<readonly CloudWebhook[]> {
    const request = { path: pathOf(repository), query: { pagelen: "100" }, subject: subjectOf(repository) };
    return (await this.rest.all(request)).map((item) => {
      const webhook = webhookOf(item);
      if (webhook === undefined) throw this.rest.unusableList(request.path, "with a webhook that has no UUID or no URL");
      return webhook;
    });
  }

  #told(answer: HttpAnswer): CloudWebhook {
    const webhook = webhookOf(answer.body);
    if (webhook === undefined) throw this.rest.unusable(answer, "without the webhook");
    return webhook;
  }

  /** A change, whether it succeeds or not, ends what is remembered: also under the repository's other address. */
  async #changing<T>(repository: RepositoryRef, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      this.#drop(repository);
    }
  }

  #drop(repository: RepositoryRef): void {
    this.#lists.drop(keyOf(repository));
    this.#lists.drop(keyOf({ workspace: repository.workspace, repository: repository.repository }));
  }
}

function webhookOf(value: unknown): CloudWebhook | undefined {
  const item = objectOf(value);
  const uuid = bracedUuid(textOf(item?.["uuid"]) ?? "");
  const url = textOf(item?.["url"]);
  if (item === undefined || uuid === undefined || url === null) return undefined;
  const subject = objectOf(item["subject"]);
  const foreign = Object.entries(item).filter(([name]) => !OWN_FIELDS.has(name) && !READ_ONLY_FIELDS.has(name));
  return {
    uuid,
    url,
    description: textOf(item["description"]) ?? "",
    active: booleanOf(item["active"]) ?? true,
    events: textsOf(item["events"]),
    skipCertificateVerification: booleanOf(item["skip_cert_verification"]) ?? false,
    secretSet: booleanOf(item["secret_set"]),
    repositoryUuid: bracedUuid(textOf(subject?.["uuid"]) ?? "") ?? null,
    repositoryFullName: textOf(subject?.["full_name"]),
    carried: Object.fromEntries(foreign),
  };
}

function wire(input: CloudWebhookInput, carried: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    ...carried,
    url: input.url,
    description: input.description,
    active: input.active,
    events: input.events,
    skip_cert_verification: input.skipCertificateVerification,
  };
}

function pathOf(repository: RepositoryRef): readonly string[] {
  // An empty pair of braces stands for the workspace: the UUID alone names the repository, also after it moved.
  const address = repository.uuid === undefined ? [repository.workspace, repository.repository] : ["{}", repository.uuid];
  return ["repositories", ...address, "hooks"];
}

function nameOf(repository: RepositoryRef): string {
  return `${repository.workspace}/${repository.repository}`;
}

/** Bitbucket's paths do not tell upper from lower case. */
function keyOf(repository: RepositoryRef): string {
  return (repository.uuid ?? nameOf(repository)).toLowerCase();
}

function subjectOf(repository: RepositoryRef): Subject {
  return { kind: "webhooks of a repository", repository: nameOf(repository) };
}
