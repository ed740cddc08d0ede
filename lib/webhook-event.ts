/** Webhook events, for subscriptions in addition to the events that Spacelift requires. */
import {
  BITBUCKET_CLOUD_EVENTS,
  type BitbucketCloudEvent,
  BITBUCKET_DATACENTER_EVENTS,
  type BitbucketDatacenterEvent,
  type BitbucketProduct,
} from "../packages/domain";

/** `pr:comment:added` as a constant: `PR_COMMENT_ADDED`. */
type ConstantName<Key extends string> = Key extends `${infer Group}:${infer Rest}`
  ? `${Uppercase<Group>}_${ConstantName<Rest>}`
  : Uppercase<Key>;

type EventConstants<Key extends string, P extends BitbucketProduct> = { readonly [Name in Key as ConstantName<Name>]: WebhookEvent<P> };

/** One event of Bitbucket's webhook event list. */
export class WebhookEvent<P extends BitbucketProduct = BitbucketProduct> {
  /** The published events of Bitbucket Cloud, such as `WebhookEvent.cloud.PULLREQUEST_REJECTED`. */
  static readonly cloud: EventConstants<BitbucketCloudEvent, "cloud"> = WebhookEvent.#constants("cloud", BITBUCKET_CLOUD_EVENTS);

  /** The published events of Bitbucket Data Center, such as `WebhookEvent.datacenter.PR_DECLINED`. */
  static readonly datacenter: EventConstants<BitbucketDatacenterEvent, "datacenter"> = WebhookEvent.#constants(
    "datacenter",
    BITBUCKET_DATACENTER_EVENTS,
  );

  /**
   * An event by its key. Use it for events that Bitbucket added after the release of this version. The key is not validated;
   * Bitbucket decides whether it exists.
   * @param key The key in Bitbucket's REST API, such as `repo:push`.
   */
  static custom(key: string): WebhookEvent<never> {
    return new WebhookEvent<never>(key, undefined);
  }

  static #constants<Key extends string, P extends BitbucketProduct>(product: P, keys: readonly Key[]): EventConstants<Key, P> {
    const entries = keys.map((key) => [key.replaceAll(":", "_").toUpperCase(), new WebhookEvent(key, product)] as const);
    // The type of `Object.fromEntries` loses the names of the keys.
    return Object.fromEntries(entries) as unknown as EventConstants<Key, P>;
  }

  /** The key in Bitbucket's REST API. */
  readonly key: string;
  /** The product that has the event. Undefined for a custom event. */
  readonly product: P | undefined;

  private constructor(key: string, product: P | undefined) {
    this.key = key;
    this.product = product;
  }
}
