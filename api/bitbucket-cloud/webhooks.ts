/** Webhooks of one repository of Bitbucket Cloud. */

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
  readonly events: readonly string[];
  readonly skipCertificateVerification: boolean;
  /** Null where the server does not say. */
  readonly secretSet: boolean | null;
  readonly repositoryUuid: string | null;
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

export declare class Webhooks {
  list(repository: RepositoryRef, options?: { readonly fresh?: boolean }): Promise<readonly CloudWebhook[]>;
  create(repository: RepositoryRef, input: CloudWebhookInput, secret: string | null): Promise<CloudWebhook>;
  replace(
    repository: RepositoryRef,
    uuid: string,
    input: CloudWebhookInput,
    secret: string | undefined,
    carried?: Readonly<Record<string, unknown>>,
  ): Promise<CloudWebhook>;
  remove(repository: RepositoryRef, uuid: string): Promise<"removed" | "absent" | "repository-absent">;
}
