/** A webhook in one repository that delivers to one integration. */
import { Construct } from "constructs";
import type { BitliftProvider } from "./bitlift-provider";
import type { IBitbucketIntegration } from "./integration-reference";
import { PRODUCTS, type WebhookResource } from "./products";
import type { IRepository } from "./repository";
import { recordWebhook } from "./stack-source-id";
import { register } from "./validation";
import type { RepositoryWebhookOptions } from "./webhook-options";
import { createWebhookResource } from "./webhook-resource";

/** Props of `RepositoryWebhook`. */
export interface RepositoryWebhookProps extends RepositoryWebhookOptions {
  /** The repository that sends the deliveries. */
  readonly repository: IRepository;
  /** The integration that receives the deliveries. */
  readonly integration: IBitbucketIntegration;
  /**
   * The provider that manages the webhook. It determines the Bitbucket login and the Spacelift account.
   * @default - the provider of the integration
   */
  readonly provider?: BitliftProvider;
}

/**
 * A webhook in a repository, subscribed to the events that Spacelift requires. The provider copies the webhook secret from Spacelift to
 * Bitbucket during apply, so the secret is in no file.
 */
export class RepositoryWebhook extends Construct {
  /** The repository that sends the deliveries. */
  readonly repository: IRepository;
  /** The integration that receives the deliveries. */
  readonly integration: IBitbucketIntegration;
  /** The props of this webhook. */
  readonly props: RepositoryWebhookProps;
  readonly #resource: WebhookResource;
  #integrationId: string | undefined;

  constructor(scope: Construct, id: string, props: RepositoryWebhookProps) {
    super(scope, id);
    const { integration, repository, provider } = props;
    this.props = props;
    this.repository = repository;
    this.integration = integration;
    const { namespace, slug } = repository;
    this.#resource = createWebhookResource(this, { namespace, repository: slug, integration, provider }, props);
    recordWebhook(integration, this);
    register("webhooks", this);
  }

  /**
   * ID of the integration, read from the webhook. A resource that uses it depends on the webhook: on a replacement, it moves to the new
   * integration after the new webhook exists and before the old one is deleted.
   */
  get integrationId(): string {
    // Every access to an attribute of a resource creates a token and captures a stack trace.
    this.#integrationId ??= this.#resource.integrationId;
    return this.#integrationId;
  }

  /** All events that the webhook is subscribed to. */
  get events(): string[] {
    return this.#resource.events;
  }

  /** ID that Bitbucket assigned: a UUID in braces on Bitbucket Cloud, a number on Bitbucket Data Center. */
  get webhookId(): string {
    return this.#resource.getStringAttribute(PRODUCTS[this.integration.product].webhookIdAttribute);
  }

  /**
   * Imports an existing webhook with the next apply. Not needed for a webhook with the same URL, which is adopted by default.
   * @param importId `<workspace>/<repository>/{uuid}` on Bitbucket Cloud, `<project>/<repository>/<ID>` on Bitbucket Data Center.
   */
  importFrom(importId: string): void {
    this.#resource.importFrom(importId);
  }
}
