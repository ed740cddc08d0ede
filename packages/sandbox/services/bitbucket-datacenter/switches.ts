// Switches for behavior of Bitbucket Data Center that is not known for certain, differs between versions, or that a test needs to vary.
import { createSwitchSet } from "../../core/switch-set";

const SWITCHES = createSwitchSet("Bitbucket Data Center", {
  /** The first choice is the default. */
  choices: {
    /** The search across webhooks of a repository and its project. by-version: from 8.0 on; absent: not available in any version. */
    "webhook-search": ["by-version", "absent"],
    /** Dates in REST responses. In deliveries, their format depends on the version. */
    "rest-timestamps": ["epoch", "iso"],
    /** kept: in the order of the request; random: in a different order in each response. */
    "event-order": ["kept", "random"],
    /** The response to creating a webhook. bare: with an empty `configuration`; late-400: the webhook is stored, and the response is a ConcurrentModificationException. */
    "create-answer": ["whole", "bare", "late-400"],
    /** The specification says 200; servers respond with 201. */
    "create-status": ["201", "200"],
    /** The value of `sslVerificationRequired` after a PUT without it. */
    "verification-after-put": ["on", "off"],
    "unknown-events": ["reject", "accept"],
    /**
     * Private and loopback webhook URLs, which administrators can forbid. any: all accepted; paired: rejected, except the origins of the paired
     * Spacelift; strict: all rejected.
     */
    "webhook-urls": ["any", "paired", "strict"],
    /** Changes to webhooks of an archived repository. conflict: 409, although no server is known to reject them. */
    "archived-webhooks": ["accept", "conflict"],
    /** Requests to the former address of a renamed or moved repository: 404, or 307 to the new address. */
    renamed: ["not-found", "redirect"],
    /** Where the next page starts. contiguous: at start + limit; gaps: only at nextPageStart. */
    "page-starts": ["contiguous", "gaps"],
    /** How responses show keys of personal projects. Requests can use both forms. */
    "personal-keys": ["user-slug", "upper-case"],
    /** Whether Basic authentication works, also for tokens sent as passwords. Administrators can switch it off. */
    "basic-login": ["accept", "refuse"],
    /** once: another user changes the comment just before the next change or deletion, which then gets 409; then the switch returns to none. */
    "comment-conflict": ["none", "once"],
    /** The field `data` of a report, which the schema requires. */
    "report-data": ["required", "optional"],
    "rate-limit": ["off", "on"],
    /** Headers in addition to Retry-After on 429. jira: as Jira and Confluence send them with every response: X-RateLimit-*, and Retry-After: 0 on success. */
    "rate-headers": ["none", "jira"],
    /** Whether deliveries to webhooks that fail repeatedly are paused. */
    "circuit-breaker": ["on", "off"],
  },
  numbers: {
    /** Webhooks per repository and per project; 0 for no limit. */
    "hook-limit": { default: 0, minimum: 0 },
    /** Characters of a comment. */
    "comment-limit": { default: 32_768, minimum: 1 },
    /** Annotations per report, which administrators can change. */
    "annotation-limit": { default: 1000, minimum: 1 },
    /** The maximum page length, which administrators can change. */
    "page-limit": { default: 1000, minimum: 1 },
    /** Consecutive wrong passwords after which a user must solve a captcha, and scripts get 403; 0 for never. */
    "captcha-after": { default: 0, minimum: 0 },
    /** Requests that a user can send at once. */
    "rate-capacity": { default: 60, minimum: 1 },
    /** Requests per second by which the bucket refills. */
    "rate-fill": { default: 5, minimum: 1 },
    /** Milliseconds within which the receiver of a delivery must respond. */
    "delivery-timeout": { default: 10_000, minimum: 1 },
  },
  texts: {
    version: { default: "9.4", pattern: /^\d{1,3}\.\d{1,3}(\.\d{1,3})?$/, expected: "a version such as 7.21 or 8.19.3" },
  },
});

export type Switches = ReturnType<typeof SWITCHES.defaults>;

export const defaultSwitches = SWITCHES.defaults;
export const setSwitches = SWITCHES.set;
