/** The options of a webhook. */
import type { BitbucketProduct } from "../packages/domain";
import type { ResourceOptions } from "./resource-options";
import type { WebhookEvent } from "./webhook-event";

/** Options that webhooks of both products have. */
export interface WebhookOptions<P extends BitbucketProduct = BitbucketProduct> extends ResourceOptions {
  /**
   * Title of the webhook in the repository settings of Bitbucket.
   * @default "Spacelift (<integration ID>)"
   */
  readonly title?: string;
  /**
   * Events to subscribe to in addition to those that Spacelift requires.
   * @default - only the required events
   */
  readonly additionalEvents?: readonly WebhookEvent<P>[];
  /**
   * Whether Bitbucket sends deliveries.
   * @default true
   */
  readonly active?: boolean;
  /**
   * Whether to adopt and update an existing webhook with the same URL. If false, such a webhook is an error.
   * @default true
   */
  readonly adoptExisting?: boolean;
}

/** Options of a repository webhook in Bitbucket Cloud. */
export interface CloudWebhookOptions extends WebhookOptions<"cloud"> {
  /**
   * Whether Bitbucket delivers to a host whose certificate it cannot verify, such as a self-hosted Spacelift with a private certificate
   * authority. Bitbucket Cloud only.
   * @default false
   */
  readonly skipCertificateVerification?: boolean;
  /** An option of Bitbucket Data Center. */
  readonly verifyCertificate?: undefined;
}

/** Options of a repository webhook in Bitbucket Data Center. */
export interface DatacenterWebhookOptions extends WebhookOptions<"datacenter"> {
  /**
   * Whether Bitbucket verifies the certificate of the host to which it delivers. Bitbucket Data Center only.
   * @default true
   */
  readonly verifyCertificate?: boolean;
  /** An option of Bitbucket Cloud. */
  readonly skipCertificateVerification?: undefined;
}

/** The webhook options of each product. */
export interface WebhookOptionsOf {
  readonly cloud: CloudWebhookOptions;
  readonly datacenter: DatacenterWebhookOptions;
}

/** Options of a repository webhook. */
export type RepositoryWebhookOptions<P extends BitbucketProduct = BitbucketProduct> = WebhookOptionsOf[P];
