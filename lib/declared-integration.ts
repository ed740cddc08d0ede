/** An integration that the app manages, of either product: the props that both have, and the resource that is made of them. */
import type { TerraformResource, TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import type { BitbucketProduct, VcsChecks } from "../packages/domain";
import type { BitliftProvider } from "./bitlift-provider";
import { declare } from "./declarations";
import { BitbucketIntegrationBase, type ReplacementOrder } from "./integration";
import type { IntegrationElement } from "./products";
import { Space, type ISpace } from "./space";

/** Props that integrations of both products have. */
export interface IntegrationProps {
  /** Name, unique among the account's integrations with this product. Spacelift makes id and webhook URL from it, so another name is another integration: a replacement. */
  readonly name: string;
  /**
   * Whether every stack and module of the account may use it. One default per account and product, in `root`. Known at synthesis: no token.
   * @default false
   */
  readonly isDefault?: boolean;
  /**
   * Space whose stacks and modules may use it, and those in Spaces below that inherit. Changed in place.
   * @default Space.ROOT
   */
  readonly space?: ISpace;
  /**
   * Labels, for finding integrations and for policies.
   * @default - none
   */
  readonly labels?: readonly string[];
  /**
   * What the integration is for, in Markdown.
   * @default - empty
   */
  readonly description?: string;
  /**
   * How pull requests are told: a status per stack (`INDIVIDUAL`), three for all (`AGGREGATED`), or both (`ALL`).
   * @default "INDIVIDUAL"
   */
  readonly vcsChecks?: VcsChecks;
  /**
   * Whether Spacelift checks out with git in place of downloading an archive.
   * @default - Spacelift decides
   */
  readonly useGitCheckout?: boolean;
  /**
   * Any text. A change from one text to another regenerates the webhook secret; the webhooks follow in the same apply.
   * @default - never regenerated
   */
  readonly webhookSecretRotation?: string;
  /**
   * Whether a delete is refused while stacks or modules use the integration. They would lose their source.
   * @default true
   */
  readonly detachProtection?: boolean;
  /**
   * Whether a replacement makes the new integration before it deletes the old one. Create first lets stacks be re-pointed in between, and
   * needs another name; destroy first suits a replacement under the same name.
   * @default "create-first" for a Space-level integration, "destroy-first" for a default one
   */
  readonly replacementOrder?: ReplacementOrder;
  /**
   * The account in which it lives, and the Bitbucket login for its webhooks.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

/** What a resource takes of these props. */
interface IntegrationConfig extends TerraformMetaArguments {
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

interface IntegrationResource extends TerraformResource, IntegrationElement {
  importFrom(id: string): void;
}

export abstract class DeclaredIntegration<
  P extends BitbucketProduct = BitbucketProduct,
  Props extends IntegrationProps = IntegrationProps,
> extends BitbucketIntegrationBase<P> {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
  readonly replacementOrder: ReplacementOrder;
  readonly provider: BitliftProvider | undefined;
  /** Its Space. */
  readonly space: ISpace;
  protected readonly home: ISpace;
  protected readonly servesAll: boolean;
  private readonly resource: IntegrationResource;

  constructor(
    scope: Construct,
    id: string,
    product: P,
    /** The props as given. */
    readonly props: Props,
    /** Makes the product's resource: what both have, and what is its own. */
    make: (scope: Construct, id: string, config: IntegrationConfig) => IntegrationResource,
  ) {
    super(scope, id, product);
    this.space = this.home = props.space ?? Space.ROOT;
    this.servesAll = props.isDefault === true;
    this.provider = props.provider;
    this.replacementOrder = props.replacementOrder ?? (this.servesAll ? "destroy-first" : "create-first");
    this.resource = make(this, "Resource", this.config(props));
    // Each access of an attribute makes a token with a stack trace of its own: one of each is enough for all webhooks.
    this.integrationId = this.resource.id;
    this.webhookUrl = this.resource.webhookUrl;
    this.webhookSecretFingerprint = this.resource.webhookSecretFingerprint;
    declare("integrations", this);
  }

  /** Takes over an integration that exists: the next apply imports it. Remove the call afterwards. @param integrationId Its id. */
  importFrom(integrationId: string): void {
    this.resource.importFrom(integrationId);
  }

  private config(props: IntegrationProps): IntegrationConfig {
    const { name, isDefault, description, vcsChecks, useGitCheckout, webhookSecretRotation, detachProtection, provider } = props;
    return {
      name,
      spaceId: this.space.spaceId,
      isDefault,
      labels: props.labels === undefined ? undefined : [...props.labels],
      description,
      vcsChecks,
      useGitCheckout,
      webhookSecretRotation,
      detachProtection,
      provider,
      ...(this.replacementOrder === "create-first" && { lifecycle: { createBeforeDestroy: true } }),
    };
  }
}
