/** The options of a webhook. */
import type { WebhookEvent } from "./webhook-event";

/** Options of a repository webhook. */
export interface RepositoryWebhookOptions {
  /**
   * Title of the webhook in the repository settings of Bitbucket.
   * @default "Spacelift (<integration ID>)"
   */
  readonly title?: string;
  /**
   * Events to subscribe to in addition to those that Spacelift requires.
   * @default - only the required events
   */
  readonly additionalEvents?: readonly WebhookEvent[];
  /**
   * Whether Bitbucket sends deliveries.
   * @default true
   */
  readonly active?: boolean;
  /**
   * Whether Bitbucket delivers to a host whose certificate it cannot verify, such as a self-hosted Spacelift with a private certificate
   * authority. Bitbucket Cloud only.
   * @default false
   */
  readonly skipCertificateVerification?: boolean;
  /**
   * Whether Bitbucket verifies the certificate of the host to which it delivers. Bitbucket Data Center only.
   * @default true
   */
  readonly verifyCertificate?: boolean;
  /**
   * Whether to adopt and update an existing webhook with the same URL. If false, such a webhook is an error.
   * @default true
   */
  readonly adoptExisting?: boolean;
}
