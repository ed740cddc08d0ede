/** Webhooks and repositories, as the clients of both Bitbucket products offer them. */

/** A repository by its slugs. */
export interface RepositoryRef {
  /** Workspace slug on Bitbucket Cloud, project key on Bitbucket Data Center. */
  readonly namespace: string;
  readonly repository: string;
  /** The id that survives renames (a UUID in braces on Cloud). Used instead of the slugs if the product can address a repository by it. */
  readonly id?: string;
}

/** What a server discloses about the secret of a webhook, never the secret itself. A null fingerprint: a secret is set, but the server does not disclose its value. */
export type SecretState =
  { readonly is: "unknown" } | { readonly is: "unset" } | { readonly is: "set"; readonly fingerprint: string | null };

export interface Webhook {
  /** A UUID in braces on Cloud, a whole number in digits on Data Center. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly active: boolean;
  /** In no particular order. */
  readonly events: readonly string[];
  /** Null if the server does not say. */
  readonly verifiesCertificate: boolean | null;
  readonly secret: SecretState;
  /** `project`, `workspace`: the webhook belongs to the repository's project or workspace and fires for the repository too, but Bitlift does not manage it. */
  readonly scope: "repository" | "project" | "workspace";
  /** Current id and name (`namespace/slug`) of the repository; null if the response does not say. */
  readonly repositoryId: string | null;
  readonly repositoryName: string | null;
  /** Fields that Bitlift does not manage. `replace` sends them back. */
  readonly passthrough: Readonly<Record<string, unknown>>;
}

export interface WebhookInput {
  readonly url: string;
  readonly title: string;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly verifyCertificate: boolean;
}

export interface RepositoryWebhooks {
  /** Whether requests address a repository by its id, if the id is known. */
  readonly addressesById: boolean;
  /** Whether the list of a repository includes the webhooks of its project. Undefined before the first list. A product without project webhooks omits the method. */
  projectWebhooks?(repository: RepositoryRef): "seen" | "unseen" | undefined;
  /**
   * All webhooks that fire for a repository. Callers with the same repository share the result; `fresh` sends a new request.
   * @throws Problem `repository-not-found` (kind "gone"), and for every other error response
   */
  list(repository: RepositoryRef, options?: { readonly fresh?: boolean }): Promise<readonly Webhook[]>;
  /** Whether the next `list` without `fresh` sends no request. */
  isListed(repository: RepositoryRef): boolean;
  /**
   * The webhooks of a whole workspace, requested once; null if the credential may not list them. A product without workspaces omits the method.
   * @throws Problem for other error responses
   */
  ofWorkspace?(workspace: string): Promise<readonly Webhook[] | null>;
  /** @throws Problem with execution "unknown" if it may have been created: look up the URL before a second attempt */
  create(repository: RepositoryRef, input: WebhookInput, secret: string): Promise<Webhook>;
  /**
   * Replaces a webhook as a whole.
   * @param passthrough fields that Bitlift does not manage, as they were read
   * @throws Problem `webhook-not-found` or `repository-not-found`, both of kind "gone"
   */
  replace(
    repository: RepositoryRef,
    id: string,
    input: WebhookInput,
    secret: string,
    passthrough?: Readonly<Record<string, unknown>>,
  ): Promise<Webhook>;
  /** Removes a webhook. The result says whether it, or its repository, was already gone. @throws Problem for every other error response */
  remove(repository: RepositoryRef, id: string): Promise<"removed" | "absent" | "repository-absent">;
}

export interface Repository {
  /** A UUID in braces on Cloud, a whole number in digits on Data Center. */
  readonly id: string;
  readonly namespace: string;
  readonly slug: string;
  readonly name: string;
  /** Key of its project; null if the response does not say. */
  readonly project: string | null;
  /** Null for an empty repository, and if the response does not say. */
  readonly mainBranch: string | null;
}

export interface Repositories {
  /** Null if it does not exist or is not visible. @throws Problem */
  byName(repository: RepositoryRef): Promise<Repository | null>;
  /** The repository with this id, under its current name; null if it does not exist, is not visible, or cannot be found. @throws Problem */
  byId(id: string, lastKnown: RepositoryRef): Promise<Repository | null>;
  /** Repositories of a workspace or project that are visible to the credential, by slug. `query` and `role` as the product defines them. @throws Problem */
  list(namespace: string, filter?: RepositoryFilter): Promise<readonly Repository[]>;
}

export interface RepositoryFilter {
  readonly query?: string | null;
  readonly role?: string | null;
}
