/** Events that a webhook may subscribe to, beside those that Spacelift needs. */
import { BITBUCKET_CLOUD_EVENTS, type BitbucketCloudEvent } from "../vocabulary/bitbucket-cloud-events";

/** `pullrequest:comment_created` as a constant: `PULLREQUEST_COMMENT_CREATED`. */
type ConstantName<Key extends string> = Key extends `${infer Group}:${infer Action}` ? `${Uppercase<Group>}_${Uppercase<Action>}` : never;

type CloudEvents = { readonly [Key in BitbucketCloudEvent as ConstantName<Key>]: WebhookEvent };

/** One event of Bitbucket's webhook event list. */
export class WebhookEvent {
  /** Bitbucket Cloud's published events, by name: `WebhookEvent.cloud.PULLREQUEST_REJECTED`. */
  static readonly cloud: CloudEvents = Object.fromEntries(
    BITBUCKET_CLOUD_EVENTS.map((key) => [key.replace(":", "_").toUpperCase(), new WebhookEvent(key)]),
  ) as unknown as CloudEvents;

  /**
   * An event by its key, for one that Bitbucket added after this version was released. Bitbucket decides whether it exists.
   * @param key as Bitbucket's REST API writes it: `repo:push`.
   */
  static custom(key: string): WebhookEvent {
    return new WebhookEvent(key);
  }

  private constructor(
    /** The key in Bitbucket's REST API. */
    readonly key: string,
  ) {}
}
