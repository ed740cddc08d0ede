// Switches for behavior of Bitbucket Cloud that is not known for certain, or that a test needs to vary.
import { createSwitchSet } from "../../core/switch-set";

const SWITCHES = createSwitchSet("Bitbucket Cloud", {
  /** The first choice is the default. */
  choices: {
    /**
     * What a PUT of a webhook does with absent fields. reject: 400 for `url` and `events`, other fields get their defaults; replace: absent fields
     * are emptied or get their defaults; merge: absent fields keep their values.
     */
    "put-absent": ["reject", "replace", "merge"],
    /** Private and loopback webhook URLs. paired: rejected, except the origins of the paired Spacelift; strict: all rejected; any: all accepted. */
    "webhook-urls": ["paired", "strict", "any"],
    "app-passwords": ["disabled", "before-july-2026"],
    /** Whether an API token of a user works as Bearer. */
    "bearer-api-tokens": ["refuse", "accept"],
    /** Whether creating a webhook requires the scopes of its events. */
    "event-scopes": ["required", "ignored"],
    "unknown-events": ["reject", "accept"],
    /** A second webhook with the same URL in one repository. */
    "duplicate-urls": ["allow", "reject"],
    /** Requests to a repository under its former slug. */
    "old-slug": ["not-found", "redirect"],
    /** The field `subject_type` of a webhook, which is in the specification but not in recorded responses. */
    "subject-type": ["absent", "present"],
    /** The app that serves commit/{sha}/pullrequests. */
    "commit-links-app": ["installed", "indexing", "absent"],
    /** Deleted comments in lists: with their text, without it, or not at all. They always have `deleted: true`. */
    "deleted-comments": ["text", "blank", "absent"],
    /** once: the next request that creates or changes a comment gets 409; then the switch returns to none. */
    "comment-conflict": ["none", "once"],
    /** GET /user. by-credential: 403 for access tokens only; forbidden: 403 for every credential. */
    "user-endpoint": ["by-credential", "forbidden"],
    /** The `url` of a build status, which the specification does not require. */
    "status-url": ["required", "optional"],
    /** What the proxy of Pipelines may do with comments on pull requests. */
    "proxy-comments": ["refuse", "read", "write"],
    /** The scheme of links in responses that come through the proxy of Pipelines. */
    "proxy-links": ["https", "http"],
    "rate-limit": ["off", "on"],
    /** envoy: x-ratelimit-* in seconds; scaled: X-RateLimit-Limit, -Resource and -NearLimit; retry-after: Retry-After on 429. */
    "rate-headers": ["none", "envoy", "scaled", "retry-after"],
    "rate-body": ["json", "text"],
  },
  numbers: {
    /** Webhooks per repository; 0 for no limit. */
    "hook-limit": { default: 0, minimum: 0 },
    /** Characters of a comment; a longer one gets 400 in HTML. */
    "comment-ceiling": { default: 1_000_000, minimum: 1 },
    /** Items per page of lists below a pull request or a commit, even if the caller wants more; 0 for as many as the caller wants. */
    "shorter-pages": { default: 0, minimum: 0 },
    /** Characters of the key of a build status. */
    "status-key-limit": { default: 40, minimum: 1 },
    /** Annotations per report. */
    "annotation-limit": { default: 1000, minimum: 1 },
    /** Reports per commit; 0 for no limit. */
    "report-limit": { default: 0, minimum: 0 },
    /** Seconds. */
    "rate-window": { default: 3600, minimum: 1 },
    /** Requests per window and credential, separately for webhooks and for repositories. */
    "rate-budget": { default: 1000, minimum: 0 },
    /** Requests per window for all requests without a credential. */
    "rate-anonymous": { default: 60, minimum: 0 },
    /** Requests per second and credential; 0 for no limit. */
    "rate-burst": { default: 0, minimum: 0 },
    /** Milliseconds within which the receiver of a delivery must respond. */
    "delivery-timeout": { default: 10_000, minimum: 1 },
  },
  texts: {},
});

export type Switches = ReturnType<typeof SWITCHES.defaults>;

export const defaultSwitches = SWITCHES.defaults;
export const setSwitches = SWITCHES.set;
