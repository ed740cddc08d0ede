/** The webhook in one repository that feeds one integration. */
import { Construct } from "constructs";
import type { BitliftProvider } from "./bitlift-provider";
import { declare } from "./declarations";
import type { IBitbucketIntegration } from "./integration";
import { PRODUCTS, type WebhookResource } from "./products";
import type { IRepository } from "./repository";
import type { WebhookEvent } from "./webhook-event";
import { webhookResource } from "./webhook-resource";

/** What may be chosen for a webhook. */
export interface RepositoryWebhookOptions {
  /**
   * What Bitbucket's settings page shows.
   * @default "Spacelift (<id of the integration>)"
   */
  readonly title?: string;
  /**
   * Events on top of those that Spacelift needs; those are always subscribed to.
   * @default - none
   */
  readonly additionalEvents?: readonly WebhookEvent[];
  /**
   * Whether Bitbucket sends deliveries.
   * @default true
   */
  readonly active?: boolean;
  /**
   * Bitbucket Cloud's option: whether it delivers to a host whose certificate it cannot verify, such as a self-hosted Spacelift with an own authority.
   * @default false
   */
  readonly skipCertificateVerification?: boolean;
  /**
   * Bitbucket Data Center's option: whether it verifies the certificate of the host that it delivers to.
   * @default true
   */
  readonly verifyCertificate?: boolean;
  /**
   * Whether a webhook with the same URL that is already in the repository is taken over and corrected. False makes it an error.
   * @default true
   */
  readonly adoptExisting?: boolean;
}

/** Props of a webhook. */
export interface RepositoryWebhookProps extends RepositoryWebhookOptions {
  /** The repository that sends. */
  readonly repository: IRepository;
  /** The integration that receives. */
  readonly integration: IBitbucketIntegration;
  /**
   * The Bitbucket login and the Spacelift account to use.
   * @default - that of the integration
   */
  readonly provider?: BitliftProvider;
}

/**
 * A webhook with the events that Spacelift needs. Its secret goes from Spacelift to Bitbucket when it is applied; it is in no file.
 */
export class RepositoryWebhook extends Construct {
  readonly repository: IRepository;
  readonly integration: IBitbucketIntegration;
  private readonly resource: WebhookResource;
  private integrationIdToken: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    /** The props as given. */
    readonly props: RepositoryWebhookProps,
  ) {
    super(scope, id);
    const { integration, repository, provider } = props;
    this.repository = repository;
    this.integration = integration;
    const { namespace, slug } = repository;
    this.resource = webhookResource(this, { namespace, repository: slug, integration, provider }, props);
    declare("webhooks", this);
  }

  /**
   * Id of the integration, read from the webhook: what uses it waits for the webhook. A stack that takes its source from here moves
   * to another integration after the new webhook is there, and before the old one goes.
   */
  get integrationId(): string {
    this.integrationIdToken ??= this.resource.integrationId;
    return this.integrationIdToken;
  }

  /** All events that the webhook subscribes to. */
  get events(): string[] {
    return this.resource.events;
  }

  /** Id that Bitbucket assigned: a UUID in braces on Bitbucket Cloud, a number on Bitbucket Data Center. */
  get webhookId(): string {
    return this.resource.getStringAttribute(PRODUCTS[this.integration.product].webhookId);
  }

  /**
   * Takes over a webhook that exists: the next apply imports it. Without it, a webhook with the same URL is adopted anyway.
   * @param importId `<workspace>/<repository>/{uuid}` on Bitbucket Cloud, `<project>/<repository>/<id>` on Bitbucket Data Center.
   */
  importFrom(importId: string): void {
    this.resource.importFrom(importId);
  }
}
