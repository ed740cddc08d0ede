/** An integration that somebody else manages, of either product: repositories can be added to it, and it is not changed. */
import type { Construct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import type { BitliftProvider } from "./bitlift-provider";
import { BitbucketIntegrationBase } from "./integration";
import { PRODUCTS } from "./products";

/** Options of the `from…` methods. */
export interface ExistingIntegrationOptions {
  /**
   * The account in which it lives.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

export class ExistingIntegration<P extends BitbucketProduct> extends BitbucketIntegrationBase<P> {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
  readonly replacementOrder = "create-first";
  readonly provider: BitliftProvider | undefined;
  protected readonly home = undefined;
  protected readonly servesAll: boolean;

  constructor(
    scope: Construct,
    id: string,
    product: P,
    which: { readonly id: string } | { readonly default: true },
    { provider }: ExistingIntegrationOptions,
  ) {
    super(scope, id, product);
    this.provider = provider;
    this.servesAll = "default" in which;
    const data = PRODUCTS[product].existingIntegration(this, "Resource", { ...which, provider });
    this.integrationId = data.id;
    this.webhookUrl = data.webhookUrl;
    this.webhookSecretFingerprint = data.webhookSecretFingerprint;
  }
}
