/** An integration that is managed elsewhere. The app can add repositories to it but does not change it. */
import type { Construct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import type { BitliftProvider } from "./bitlift-provider";
import { BitbucketIntegrationBase } from "./integration";
import { PRODUCTS } from "./products";
import { register } from "./validation";

/** Options of `fromIntegrationId` and `fromDefault`. */
export interface ExistingIntegrationOptions {
  /**
   * The provider that reads the integration. It determines the Spacelift account.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

/** An integration that is read by a data source. */
export class ExistingIntegration<P extends BitbucketProduct> extends BitbucketIntegrationBase<P> {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
  readonly replacementOrder = "create-first";
  readonly provider: BitliftProvider | undefined;
  protected readonly ownSpace = undefined;
  protected readonly servesWholeAccount: boolean;

  constructor(
    scope: Construct,
    id: string,
    product: P,
    selector: { readonly id: string } | { readonly default: true },
    { provider }: ExistingIntegrationOptions,
  ) {
    super(scope, id, product);
    this.provider = provider;
    this.servesWholeAccount = "default" in selector;
    const dataSource = PRODUCTS[product].createIntegrationDataSource(this, "Resource", { ...selector, provider });
    this.integrationId = dataSource.id;
    this.webhookUrl = dataSource.webhookUrl;
    this.webhookSecretFingerprint = dataSource.webhookSecretFingerprint;
    register("existingIntegrations", this);
  }
}
