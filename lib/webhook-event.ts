/** Events that a webhook may subscribe to, beside those that Spacelift needs. */
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

type EventConstants<Key extends string> = { readonly [Each in Key as ConstantName<Each>]: WebhookEvent };

/** One event of Bitbucket's webhook event list. */
export class WebhookEvent {
  /** Bitbucket Cloud's published events, by name: `WebhookEvent.cloud.PULLREQUEST_REJECTED`. */
  static readonly cloud: EventConstants<BitbucketCloudEvent> = WebhookEvent.constants("cloud", BITBUCKET_CLOUD_EVENTS);

  /** Bitbucket Data Center's, by name: `WebhookEvent.datacenter.PR_DECLINED`. */
  static readonly datacenter: EventConstants<BitbucketDatacenterEvent> = WebhookEvent.constants("datacenter", BITBUCKET_DATACENTER_EVENTS);

  /**
   * An event by its key, for one that Bitbucket added after this version was released. Bitbucket decides whether it exists.
   * @param key as Bitbucket's REST API writes it: `repo:push`.
   */
  static custom(key: string): WebhookEvent {
    return new WebhookEvent(key, undefined);
  }

  private static constants<Key extends string>(product: BitbucketProduct, keys: readonly Key[]): EventConstants<Key> {
    const entries = keys.map((key) => [key.replaceAll(":", "_").toUpperCase(), new WebhookEvent(key, product)] as const);
    // The type says in one line what the loop does; `Object.fromEntries` forgets the names.
    return Object.fromEntries(entries) as unknown as EventConstants<Key>;
  }

  private constructor(
    /** The key in Bitbucket's REST API. */
    readonly key: string,
    /** The product that has it; undefined where nobody has looked. */
    readonly product: BitbucketProduct | undefined,
  ) {}
}
