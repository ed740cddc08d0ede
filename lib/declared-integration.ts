/** An integration that this app manages: the props and the resource that both products share. */
import type { TerraformMetaArguments, TerraformResource, TerraformResourceLifecycle } from "./host";
import type { Construct } from "constructs";
import type { Backing, BitbucketProduct, VcsChecks } from "../packages/domain";
import { backingOf, type BackingOptions } from "./backing";
import type { BitliftProvider } from "./bitlift-provider";
import { propsOf } from "./props/checked-props";
import { BitbucketIntegrationBase } from "./integration";
import type { ReplacementOrder } from "./integration-reference";
import { filledText } from "./props/plain-types";
import type { IntegrationAttributes } from "./products";
import { fingerprintOf } from "./published/fingerprint";
import { recordPublishedSource, type PublishedSource } from "./published/published-source";
import { importResource, moveResource } from "./resource-address";
import { lifecycleIn, orderIn, reportOrderConflict, reportUnusableLifecycle } from "./resource-lifecycle";
import type { ResourceOptions } from "./resource-options";
import { Space } from "./space";
import type { ISpace } from "./space-reference";
import { register } from "./validation";
import { required, type PropTable } from "./props/value-type";

/** Props that integrations of both products have. */
export interface IntegrationProps extends ResourceOptions, BackingOptions {
  /**
   * Name of the integration, unique in the account for its product. Spacelift derives the ID and the webhook URL from the name, so
   * changing the name replaces the integration.
   */
  readonly name: string;
  /**
   * Whether all stacks and modules of the account may use the integration. An account has at most one default integration per product, and
   * it belongs to `root`. Must be known at synthesis, so it cannot be a token.
   * @default false
   */
  readonly isDefault?: boolean;
  /**
   * The Space of the integration. Stacks and modules in this Space may use it, and those in child Spaces that inherit. Changing the
   * Space updates the integration in place.
   * @default Space.ROOT
   */
  readonly space?: ISpace;
  /**
   * Labels for searches and policies.
   * @default - no labels
   */
  readonly labels?: readonly string[];
  /**
   * Description of the integration, in Markdown.
   * @default - empty
   */
  readonly description?: string;
  /**
   * How Spacelift reports results on pull requests: one status per stack (`INDIVIDUAL`), three aggregated ones (`AGGREGATED`), or both (`ALL`).
   * @default "INDIVIDUAL"
   */
  readonly vcsChecks?: VcsChecks;
  /**
   * Whether Spacelift checks out code with git instead of downloading an archive.
   * @default - Spacelift decides
   */
  readonly useGitCheckout?: boolean;
  /**
   * Any text. Changing it to another text regenerates the webhook secret and updates the webhooks in the same apply.
   * @default - the secret is not regenerated
   */
  readonly webhookSecretRotation?: string;
  /**
   * Whether to protect the integration from deletion while stacks or modules use it. Otherwise, they would lose their source.
   * @default true
   */
  readonly detachProtection?: boolean;
  /**
   * Whether a replacement creates the new integration before it destroys the old one. With `create-first`, stacks can move to the new
   * integration in between, but the new integration needs a different name. A replacement that keeps the name requires `destroy-first`.
   * @default "create-first" for a Space-level integration, "destroy-first" for a default integration
   */
  readonly replacementOrder?: ReplacementOrder;
  /**
   * The provider that manages the integration. It determines the Spacelift account and the Bitbucket login for the webhooks.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

/** The arguments that the resources of both products share. */
export interface IntegrationConfig extends TerraformMetaArguments {
  readonly name: string;
  readonly spaceId: string;
  readonly isDefault?: boolean;
  readonly labels?: string[];
  readonly description?: string;
  readonly vcsChecks?: string;
  readonly useGitCheckout?: boolean;
  readonly webhookSecretRotation?: string;
  readonly detachProtection?: boolean;
}

const IMPORT_ID = required(filledText("Pass the ID of the integration in Spacelift as a text."));

interface IntegrationResource extends TerraformResource, Omit<IntegrationAttributes, "webhookSecretFingerprint"> {
  importFrom(id: string): void;
  moveFromId(id: string): void;
}

/** The resource of an integration. Its provider gives the fingerprint of the webhook secret, or with published backing the secret. */
type CreatedIntegration =
  | (IntegrationResource & Pick<IntegrationAttributes, "webhookSecretFingerprint">)
  | (PublishedSource & { readonly resource: IntegrationResource; readonly moveTriggerFrom?: (integrationAddress: string) => void });

/** Creates the resource of a product from the arguments that both products share. */
type CreateIntegration<Props> = (
  scope: Construct,
  id: string,
  config: IntegrationConfig,
  props: Props,
  backing: Backing,
) => CreatedIntegration;

/** The base class of the integrations that this app manages. */
export abstract class DeclaredIntegration<
  P extends BitbucketProduct = BitbucketProduct,
  Props extends IntegrationProps = IntegrationProps,
> extends BitbucketIntegrationBase<P> {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
  readonly replacementOrder: ReplacementOrder;
  readonly provider: BitliftProvider | undefined;
  readonly backing: Backing;
  /** The Space of the integration. */
  readonly space: ISpace;
  /** The props of this integration. */
  readonly props: Props;
  protected readonly ownSpace: ISpace;
  protected readonly servesWholeAccount: boolean;
  readonly #resource: IntegrationResource;
  readonly #moveTriggerFrom: ((integrationAddress: string) => void) | undefined;

  /**
   * @param table The types of the props.
   * @param createResource Creates the resource of the product.
   */
  constructor(scope: Construct, id: string, product: P, table: PropTable<Props>, given: Props, createResource: CreateIntegration<Props>) {
    super(scope, id, product);
    const props = propsOf(this, table, given);
    this.props = props;
    this.space = this.ownSpace = props.space ?? Space.ROOT;
    this.servesWholeAccount = props.isDefault === true;
    this.provider = props.provider;
    const defaultOrder = this.servesWholeAccount ? "destroy-first" : "create-first";
    this.replacementOrder = props.replacementOrder ?? orderIn(props.lifecycle) ?? defaultOrder;
    this.backing = backingOf(this, props.backing);
    const created = createResource(this, "Resource", this.#sharedConfig(props), props, this.backing);
    if ("secret" in created) recordPublishedSource(this, created);
    this.#resource = "secret" in created ? created.resource : created;
    this.#moveTriggerFrom = "secret" in created ? created.moveTriggerFrom : undefined;
    this.#reportLifecycle(props.lifecycle);
    // Every access to an attribute creates a token and captures a stack trace. All webhooks share these three tokens.
    this.integrationId = this.#resource.id;
    this.webhookUrl = this.#resource.webhookUrl;
    this.webhookSecretFingerprint = "secret" in created ? fingerprintOf(created.secret) : created.webhookSecretFingerprint;
    register("integrations", this);
  }

  /**
   * Imports an existing integration with the next apply. Remove the call afterward. With published backing, OpenTofu would replace the
   * integration, because its trigger is new: apply the trigger first, with `-target`.
   * @param integrationId ID of the integration in Spacelift.
   */
  importFrom(integrationId: string): void {
    importResource(this, this.#resource, "integrationId", IMPORT_ID, integrationId);
  }

  /**
   * Keeps the integration when its Terraform address changes, for example because you changed its construct ID, its scope or its class.
   *
   * It also takes over a Data Center integration that Spacelift's own provider manages (`spacelift_bitbucket_datacenter_integration`). This needs
   * Terraform 1.8 or OpenTofu 1.10. Leave that provider installed until the apply: engines load every provider of the state.
   * @param address The previous address, such as `bitlift_bitbucket_cloud_integration.payments_7C0E6D3F`.
   */
  moveFrom(address: string): void {
    if (moveResource(this, this.#resource, address)) this.#moveTriggerFrom?.(address);
  }

  /** The address of the integration in expressions of the engine. A resource that depends on it does not wait for the webhooks. */
  get fqn(): string {
    return this.#resource.fqn;
  }

  #reportLifecycle(lifecycle: TerraformResourceLifecycle | undefined): void {
    reportOrderConflict(this, this.props.replacementOrder, lifecycle);
    reportUnusableLifecycle(this, this.#resource, lifecycle);
  }

  #sharedConfig(props: IntegrationProps): IntegrationConfig {
    return {
      name: props.name,
      spaceId: this.space.spaceId,
      isDefault: props.isDefault,
      labels: props.labels && [...props.labels],
      description: props.description,
      vcsChecks: props.vcsChecks,
      useGitCheckout: props.useGitCheckout,
      webhookSecretRotation: props.webhookSecretRotation,
      detachProtection: props.detachProtection,
      provider: props.provider,
      dependsOn: props.dependsOn && [...props.dependsOn],
      lifecycle: lifecycleIn(this.replacementOrder, props.lifecycle),
    };
  }
}
