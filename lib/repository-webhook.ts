/** A webhook in one repository that delivers to one integration. */
import type { ITerraformDependable } from "./host";
import { Construct } from "constructs";
import { parseCloudWebhookImportId, parseDatacenterWebhookImportId, type BitbucketProduct } from "../packages/domain";
import type { BitliftProvider } from "./bitlift-provider";
import { propsOf, scopeAndId } from "./props/checked-props";
import type { IBitbucketIntegration } from "./integration-reference";
import { textThat } from "./props/plain-types";
import { PRODUCTS, type WebhookResource } from "./products";
import { WEBHOOK_PROPS } from "./props/prop-tables";
import type { IRepository } from "./repository";
import { importResource, moveResource } from "./resource-address";
import { isStandIn, orStandIn, unknownIntegration, unknownRepository } from "./props/stand-ins";
import { recordWebhook } from "./stack-source-id";
import { register } from "./validation";
import { required, type ValueType } from "./props/value-type";
import type { RepositoryWebhookOptions } from "./webhook-options";
import { createWebhookResource } from "./webhook-resource";

/** What a webhook connects. */
export interface WebhookConnection<P extends BitbucketProduct = BitbucketProduct> {
  /** The repository that sends the deliveries. */
  readonly repository: IRepository<P>;
  /** The integration that receives the deliveries. */
  readonly integration: IBitbucketIntegration<P>;
  /**
   * The provider that manages the webhook. It determines the Bitbucket login and the Spacelift account.
   * @default - the provider of the integration
   */
  readonly provider?: BitliftProvider;
}

/** Props of `RepositoryWebhook`. */
export type RepositoryWebhookProps<P extends BitbucketProduct = BitbucketProduct> = RepositoryWebhookOptions<P> & WebhookConnection<P>;

interface ImportIdForm {
  readonly part: string;
  readonly example: string;
  readonly isValid: (given: string) => boolean;
}

const CLOUD_FORM: ImportIdForm = {
  part: "ID",
  example: "acme/billing/{0e0f2a1c-7c0b-4b0e-9b6a-1f2e3d4c5b6a}",
  isValid: (given) => parseCloudWebhookImportId(given) !== undefined,
};
const DATACENTER_FORM: ImportIdForm = {
  part: "ID",
  example: "PAY/billing/42",
  isValid: (given) => parseDatacenterWebhookImportId(given) !== undefined,
};
/** The published provider finds a webhook by its title. */
const TITLE_FORM: ImportIdForm = {
  part: "title",
  example: "PAY/billing/Spacelift",
  isValid: (given) => /^[^/\s]+\/[^/\s]+\/[^/]+$/.test(given),
};

/**
 * The import ID of a webhook. Without the ID of the webhook, the provider of this package imports the only one that delivers to this Spacelift
 * account.
 */
function importIdOf({ product, backing }: IBitbucketIntegration): ValueType {
  const isPublished = backing === "published";
  const { part, example, isValid } = product === "cloud" ? CLOUD_FORM : isPublished ? TITLE_FORM : DATACENTER_FORM;
  const fix = `Pass the repository, a slash, and the ${part} of the webhook, such as "${example}".`;
  const isRepository = (given: string) => !isPublished && /^[^/\s]+\/[^/\s]+$/.test(given);
  return required({
    ...textThat(
      (given) => isRepository(given) || isValid(given),
      () => fix,
    ),
    fix,
  });
}

/**
 * A webhook in a repository, subscribed to the events that Spacelift requires. The provider copies the webhook secret from Spacelift to
 * Bitbucket during apply, so the secret is in no file.
 */
export class RepositoryWebhook<P extends BitbucketProduct = BitbucketProduct> extends Construct implements ITerraformDependable {
  /** The repository that sends the deliveries. */
  readonly repository: IRepository<P>;
  /** The integration that receives the deliveries. */
  readonly integration: IBitbucketIntegration<P>;
  /** The props of this webhook. */
  readonly props: RepositoryWebhookProps<P>;
  readonly #resource: WebhookResource;
  #integrationId: string | undefined;

  constructor(scope: Construct, id: string, props: RepositoryWebhookProps<P>) {
    super(...scopeAndId("RepositoryWebhook", scope, id));
    this.props = propsOf<RepositoryWebhookProps<P>>(this, WEBHOOK_PROPS, props);
    this.integration = orStandIn(this.props.integration, () => unknownIntegration(this, productOf<P>(this.props.repository)));
    this.repository = orStandIn(this.props.repository, () => unknownRepository(this.integration.product));
    const { integration, repository } = this;
    const { namespace, slug } = repository;
    this.#resource = createWebhookResource(this, { namespace, repository: slug, integration, provider: this.props.provider }, this.props);
    if (isStandIn(integration) || isStandIn(repository)) return;
    recordWebhook(integration, this);
    register("webhooks", this as RepositoryWebhook);
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
   * @param importId `<workspace>/<repository>/{uuid}` on Bitbucket Cloud, `<project>/<repository>/<ID>` on Bitbucket Data Center. With
   * published backing, the last part on Bitbucket Data Center is the title of the webhook.
   */
  importFrom(importId: string): void {
    importResource(this, this.#resource, "importId", importIdOf(this.integration), importId);
  }

  /**
   * Keeps the webhook when its Terraform address changes, for example because you changed its construct ID or its scope.
   *
   * It also takes over a webhook that a published provider manages (`bitbucket_hook`, `bitbucketserver_repository_webhook`). This needs Terraform 1.8 or
   * OpenTofu 1.10. Leave that provider installed until the apply: engines load every provider of the state.
   * @param address The previous address, such as `bitlift_bitbucket_cloud_webhook.payments_acme--billing_7C0E6D3F` or `bitbucket_hook.billing`.
   */
  moveFrom(address: string): void {
    moveResource(this, this.#resource, address);
  }

  /** The address of the webhook in expressions of the engine. */
  get fqn(): string {
    return this.#resource.fqn;
  }
}

/** The product of a webhook whose integration was rejected. */
function productOf<P extends BitbucketProduct>(repository: IRepository<P> | undefined): P {
  return repository?.product ?? ("cloud" as P);
}
