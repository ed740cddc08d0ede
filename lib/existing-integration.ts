/** An integration that is managed elsewhere. The app can add repositories to it but does not change it. */
import type { Construct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import type { BitliftProvider } from "./bitlift-provider";
import { argumentOf, propsOf } from "./props/checked-props";
import { BitbucketIntegrationBase } from "./integration";
import { filledText } from "./props/plain-types";
import { PRODUCTS, type IntegrationAttributes } from "./products";
import { EXISTING_INTEGRATION_OPTIONS } from "./props/prop-tables";
import type { DependencyOptions } from "./resource-options";
import { register } from "./validation";
import { required } from "./props/value-type";

/** Options of `fromIntegrationId`, `fromIntegrationName` and `fromDefault`. */
export interface ExistingIntegrationOptions extends DependencyOptions {
  /**
   * The provider that reads the integration. It determines the Spacelift account.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

/** How an existing integration is found. */
type IntegrationSelector = { readonly id: string } | { readonly name: string } | { readonly default: true };

const INTEGRATION_NAME = required(filledText("Pass the name of the integration in Spacelift as a text."));
const INTEGRATION_ID = required(filledText("Pass the ID of the integration in Spacelift as a text, such as bitbucket-for-payments."));

/** An integration that is read by a data source. */
export class ExistingIntegration<P extends BitbucketProduct> extends BitbucketIntegrationBase<P> {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
  readonly replacementOrder = "create-first";
  readonly provider: BitliftProvider | undefined;
  protected readonly ownSpace = undefined;
  protected readonly servesWholeAccount: boolean;
  readonly #dataSource: IntegrationAttributes;

  constructor(scope: Construct, id: string, product: P, selector: IntegrationSelector, options: ExistingIntegrationOptions) {
    super(scope, id, product);
    this.servesWholeAccount = "default" in selector;
    const call = "id" in selector ? "fromIntegrationId" : "name" in selector ? "fromIntegrationName" : "fromDefault";
    const { provider, dependsOn } = propsOf(this, EXISTING_INTEGRATION_OPTIONS, options, call);
    this.provider = provider;
    const config = { ...this.#checkedSelector(call, selector), provider, dependsOn: dependsOn && [...dependsOn] };
    const dataSource = PRODUCTS[product].createIntegrationDataSource(this, "Resource", config);
    this.#dataSource = dataSource;
    this.integrationId = dataSource.id;
    this.webhookUrl = dataSource.webhookUrl;
    this.webhookSecretFingerprint = dataSource.webhookSecretFingerprint;
    register("existingIntegrations", this);
  }

  get fqn(): string {
    return this.#dataSource.fqn;
  }

  #checkedSelector(call: string, selector: IntegrationSelector): IntegrationSelector {
    if ("id" in selector) return { id: argumentOf(this, call, "integrationId", INTEGRATION_ID, selector.id) };
    return "name" in selector ? { name: argumentOf(this, call, "name", INTEGRATION_NAME, selector.name) } : selector;
  }
}
