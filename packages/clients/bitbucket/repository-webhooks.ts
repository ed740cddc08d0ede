/** Webhooks and repositories as both Bitbucket products have them; each product's client says them in its own words. */

/** A repository by its slugs. */
export interface RepositoryRef {
  /** Workspace slug on Bitbucket Cloud, project key on Bitbucket Data Center. */
  readonly namespace: string;
  readonly repository: string;
  /** The id that survives renames (a UUID in braces on Cloud); where a product can address a repository by it, it does, and the slugs serve messages only. */
  readonly id?: string;
}

/** What a server tells of a webhook's secret; never the secret. `untold`: nothing. A fingerprint of null: set, and its value is not told. */
export type SecretState =
  { readonly is: "untold" } | { readonly is: "unset" } | { readonly is: "set"; readonly fingerprint: string | null };

export interface Webhook {
  /** A UUID in braces on Cloud, a whole number in digits on Data Center. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly active: boolean;
  /** In no particular order. */
  readonly events: readonly string[];
  /** Null where the server does not say. */
  readonly verifiesCertificate: boolean | null;
  readonly secret: SecretState;
  /** `project`: it belongs to the project around the repository, fires for it too, and is nobody's to change here. */
  readonly scope: "repository" | "project";
  /** Id and name (`namespace/slug`) of the repository as it is called now; null where the answer does not say. */
  readonly repositoryId: string | null;
  readonly repositoryName: string | null;
  /** Foreign fields, to send back with `replace`. */
  readonly carried: Readonly<Record<string, unknown>>;
}

export interface WebhookInput {
  readonly url: string;
  readonly title: string;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly verifyCertificate: boolean;
}

export interface RepositoryWebhooks {
  /** Whether the list of a repository tells webhooks of its project too. Undefined before the first list, and where the product has none. */
  inherits?(repository: RepositoryRef): "seen" | "unseen" | undefined;
  /**
   * All webhooks that fire for a repository; whoever asks for the same repository shares the answer, `fresh` asks again.
   * @throws Problem `repository-not-found` (kind "gone"), and every other refusal.
   */
  list(repository: RepositoryRef, options?: { readonly fresh?: boolean }): Promise<readonly Webhook[]>;
  /** @throws Problem with execution "unknown" when it may have been created: look for the URL before a second try. */
  create(repository: RepositoryRef, input: WebhookInput, secret: string): Promise<Webhook>;
  /**
   * Replaces a webhook as a whole.
   * @param carried foreign fields, as they were read
   * @throws Problem `webhook-not-found` or `repository-not-found`, both of kind "gone".
   */
  replace(
    repository: RepositoryRef,
    id: string,
    input: WebhookInput,
    secret: string,
    carried?: Readonly<Record<string, unknown>>,
  ): Promise<Webhook>;
  /** Removes a webhook; what is not there any more counts as done, and the result says which of the two it was. @throws Problem when it may not. */
  remove(repository: RepositoryRef, id: string): Promise<"removed" | "absent" | "repository-absent">;
}

export interface Repository {
  /** A UUID in braces on Cloud, a whole number in digits on Data Center. */
  readonly id: string;
  readonly namespace: string;
  readonly slug: string;
  readonly name: string;
  /** Key of its project; null where the answer does not say. */
  readonly project: string | null;
  /** Null for an empty repository, and where the answer does not say. */
  readonly mainBranch: string | null;
}

export interface Repositories {
  /** Null when it is gone or invisible. @throws Problem */
  byName(repository: RepositoryRef): Promise<Repository | null>;
  /** The repository of an id, whatever it is called now; null when it is gone, invisible, or not to be found. `last`: its name as it was known. @throws Problem */
  byId(id: string, last: RepositoryRef): Promise<Repository | null>;
  /** Repositories of a workspace or project that the credential sees, by slug. `query` and `role` in the product's own words. @throws Problem */
  list(namespace: string, filter?: RepositoryFilter): Promise<readonly Repository[]>;
}

export interface RepositoryFilter {
  readonly query?: string | null;
  readonly role?: string | null;
}
