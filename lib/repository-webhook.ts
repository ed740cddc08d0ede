/** The webhook in one repository that feeds one integration. */
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { BitbucketCloudWebhook } from "./bindings/bitbucket-cloud-webhook";
import type { BitliftProvider } from "./bitlift-provider";
import type { IBitbucketIntegration } from "./integration";
import { declare } from "./declarations";
import type { IRepository } from "./repository";
import type { WebhookEvent } from "./webhook-event";

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
   * Whether Bitbucket delivers to a host whose certificate it cannot verify, such as a self-hosted Spacelift with an own authority.
   * @default false
   */
  readonly skipCertificateVerification?: boolean;
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
  private readonly resource: BitbucketCloudWebhook;
  private integrationIdToken: string | undefined;

  constructor(scope: Construct, id: string, props: RepositoryWebhookProps) {
    super(scope, id);
    const { integration, repository, title, additionalEvents, active, skipCertificateVerification, adoptExisting } = props;
    const provider = props.provider ?? integration.provider;
    this.repository = repository;
    this.integration = integration;
    this.resource = new BitbucketCloudWebhook(this, "Resource", {
      workspace: repository.namespace,
      repository: repository.slug,
      ...wiringTo(integration, this),
      ...(title !== undefined && { title }),
      ...(additionalEvents !== undefined && { additionalEvents: additionalEvents.map((event) => event.key) }),
      ...(active !== undefined && { active }),
      ...(skipCertificateVerification !== undefined && { skipCertificateVerification }),
      ...(adoptExisting !== undefined && { adoptExisting }),
      ...(provider !== undefined && { provider }),
      // Create-before-destroy spreads to what a resource depends on, so a webhook must not ask for it where its integration must not have it.
      ...(integration.replacementOrder === "create-first" && { lifecycle: { createBeforeDestroy: true } }),
    });
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

  /** Id that Bitbucket assigned, in braces. */
  get webhookUuid(): string {
    return this.resource.uuid;
  }

  /**
   * Takes over a webhook that exists: the next apply imports it. Without it, a webhook with the same URL is adopted anyway.
   * @param importId `<workspace>/<repository>/{uuid}`.
   */
  importFrom(importId: string): void {
    this.resource.importFrom(importId);
  }
}

/** What a webhook takes from its integration. */
interface Wiring {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly secretFingerprint: string;
}

const localWirings = new WeakMap<IBitbucketIntegration, Wiring>();

/**
 * Synthesis resolves every token of every element three times, which is a third of its time for thousands of webhooks. Inside one stack a
 * reference is a fixed text, so it is resolved once for each integration; between stacks the tokens must stay.
 */
function wiringTo(integration: IBitbucketIntegration, webhook: Construct): Wiring {
  const { integrationId, webhookUrl, webhookSecretFingerprint } = integration;
  const tokens = { integrationId, webhookUrl, secretFingerprint: webhookSecretFingerprint };
  const stack = TerraformStack.of(webhook);
  if (TerraformStack.of(integration) !== stack) return tokens;
  const known = localWirings.get(integration);
  if (known !== undefined) return known;
  const options = { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false };
  const wiring = Tokenization.resolve(tokens, options) as Wiring;
  localWirings.set(integration, wiring);
  return wiring;
}
