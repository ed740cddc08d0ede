/** An integration that is managed elsewhere. The app can add repositories to it but does not change it. */
import type { Construct } from "constructs";
import type { Backing, BitbucketProduct } from "../packages/domain";
import { backingOf, type BackingOptions } from "./backing";
import type { BitliftProvider } from "./bitlift-provider";
import { argumentOf, propsOf } from "./props/checked-props";
import { BitbucketIntegrationBase } from "./integration";
import { filledText } from "./props/plain-types";
import { PRODUCTS, type IntegrationAttributes } from "./products";
import { EXISTING_INTEGRATION_OPTIONS } from "./props/prop-tables";
import { fingerprintOf } from "./published/fingerprint";
import { readPublishedIntegration } from "./published/published-existing-integration";
import { recordPublishedSource } from "./published/published-source";
import type { DependencyOptions } from "./resource-options";
import { register } from "./validation";
import { required } from "./props/value-type";

/** Options of `fromIntegrationId`, `fromIntegrationName` and `fromDefault`. */
export interface ExistingIntegrationOptions extends DependencyOptions, BackingOptions {
  /**
   * The provider that reads the integration. It determines the Spacelift account.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

/** How an existing integration is found. */
type IntegrationSelector = { readonly id: string } | { readonly name: string } | { readonly default: true };

/** The functions that refer to an existing integration, by how they find it. */
const CALLS = { id: "fromIntegrationId", name: "fromIntegrationName", default: "fromDefault" } as const;

const INTEGRATION_NAME = required(filledText("Pass the name of the integration in Spacelift as a text."));
const INTEGRATION_ID = required(filledText("Pass the ID of the integration in Spacelift as a text, such as bitbucket-for-payments."));

/** An integration that is read by a data source. */
export class ExistingIntegration<P extends BitbucketProduct> extends BitbucketIntegrationBase<P> {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
  readonly replacementOrder = "create-first";
  readonly provider: BitliftProvider | undefined;
  readonly backing: Backing;
  /** @internal How the integration is found. */
  readonly foundBy: "id" | "name" | "default";
  protected readonly ownSpace = undefined;
  protected readonly servesWholeAccount: boolean;
  readonly #dataSource: Pick<IntegrationAttributes, "fqn">;

  constructor(scope: Construct, id: string, product: P, selector: IntegrationSelector, options: ExistingIntegrationOptions) {
    super(scope, id, product);
    this.servesWholeAccount = "default" in selector;
    this.foundBy = "id" in selector ? "id" : "name" in selector ? "name" : "default";
    const call = CALLS[this.foundBy];
    const { provider, dependsOn, backing } = propsOf(this, EXISTING_INTEGRATION_OPTIONS, options, call);
    this.provider = provider;
    this.backing = backingOf(this, backing);
    const checked = this.#checkedSelector(call, selector);
    const shared = { provider, dependsOn: dependsOn && [...dependsOn] };
    const data =
      this.backing === "published"
        ? readPublishedIntegration(this, "Resource", product, { ...shared, id: "id" in checked ? checked.id : undefined })
        : PRODUCTS[product].createIntegrationDataSource(this, "Resource", { ...checked, ...shared });
    const isPublished = "webhookSecret" in data;
    if (isPublished) recordPublishedSource(this, { secret: data.webhookSecret, nameAddress: undefined });
    this.webhookSecretFingerprint = isPublished ? fingerprintOf(data.webhookSecret) : data.webhookSecretFingerprint;
    this.integrationId = data.id;
    this.webhookUrl = data.webhookUrl;
    this.#dataSource = data;
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
