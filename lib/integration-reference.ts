/** What other constructs need to know about an integration, whether the app declares it or not. */
import type { ITerraformDependable } from "./host";
import type { IConstruct } from "constructs";
import type { Backing, BitbucketProduct } from "../packages/domain";
import type { BitliftProvider } from "./bitlift-provider";
import type { Availability } from "./rules/availability";
import type { ISpace } from "./space-reference";

/** The order of the two steps of a replacement: create the new object first, or destroy the old one first. */
export type ReplacementOrder = "create-first" | "destroy-first";

/** A Bitbucket integration in Spacelift. A resource that depends on it waits for the integration, not for its webhooks. */
export interface IBitbucketIntegration<P extends BitbucketProduct = BitbucketProduct> extends IConstruct, ITerraformDependable {
  /** The Bitbucket product that the integration reads: `cloud` or `datacenter`. */
  readonly product: P;
  /** ID of the integration in Spacelift. */
  readonly integrationId: string;
  /** URL to which the webhooks of the integration deliver. */
  readonly webhookUrl: string;
  /** Fingerprint of the secret that signs deliveries. It does not reveal the secret. */
  readonly webhookSecretFingerprint: string;
  /** The order in which the integration and its webhooks are replaced. */
  readonly replacementOrder: ReplacementOrder;
  /** The provider that manages the integration. Undefined for the default provider of the stack. */
  readonly provider: BitliftProvider | undefined;
  /** Which providers manage the integration and its webhooks. */
  readonly backing: Backing;
  /** Whether stacks and modules in a Space may use the integration. */
  isAvailableTo(space: ISpace): Availability;
}
