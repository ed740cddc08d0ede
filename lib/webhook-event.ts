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

type EventConstants<Key extends string> = { readonly [Name in Key as ConstantName<Name>]: WebhookEvent };

/** One event of Bitbucket's webhook event list. */
export class WebhookEvent {
  /** The published events of Bitbucket Cloud, such as `WebhookEvent.cloud.PULLREQUEST_REJECTED`. */
  static readonly cloud: EventConstants<BitbucketCloudEvent> = WebhookEvent.#constants("cloud", BITBUCKET_CLOUD_EVENTS);

  /** The published events of Bitbucket Data Center, such as `WebhookEvent.datacenter.PR_DECLINED`. */
  static readonly datacenter: EventConstants<BitbucketDatacenterEvent> = WebhookEvent.#constants("datacenter", BITBUCKET_DATACENTER_EVENTS);

  /**
   * An event by its key. Use it for events that Bitbucket added after the release of this version. The key is not validated;
   * Bitbucket decides whether it exists.
   * @param key The key in Bitbucket's REST API, such as `repo:push`.
   */
  static custom(key: string): WebhookEvent {
    return new WebhookEvent(key, undefined);
  }

  static #constants<Key extends string>(product: BitbucketProduct, keys: readonly Key[]): EventConstants<Key> {
    const entries = keys.map((key) => [key.replaceAll(":", "_").toUpperCase(), new WebhookEvent(key, product)] as const);
    // The type of `Object.fromEntries` loses the names of the keys.
    return Object.fromEntries(entries) as unknown as EventConstants<Key>;
  }

  /** The key in Bitbucket's REST API. */
  readonly key: string;
  /** The product that has the event. Undefined for a custom event. */
  readonly product: BitbucketProduct | undefined;

  private constructor(key: string, product: BitbucketProduct | undefined) {
    this.key = key;
    this.product = product;
  }
}
