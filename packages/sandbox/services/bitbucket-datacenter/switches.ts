// What is not known for certain about Bitbucket Data Center, what differs between its versions, and what a test may want otherwise, as named switches.
import { createSwitchSet } from "../../core/switch-set";

const SWITCHES = createSwitchSet("Bitbucket Data Center", {
  /** The first form of each is the default. */
  choices: {
    /** Webhooks of a repository and of its project in one list. by-version: from 8.0; absent: as on an old server, whatever the version. */
    "webhook-search": ["by-version", "absent"],
    /** Dates in REST responses; deliveries follow the version. */
    "rest-timestamps": ["epoch", "iso"],
    /** kept: as they were sent; random: another order in each response. */
    "event-order": ["kept", "random"],
    /** Answer to creating a webhook. bare: `configuration` is empty in it; late-400: stored, and answered with a ConcurrentModificationException. */
    "create-answer": ["whole", "bare", "late-400"],
    /** 200 is what the specification says, 201 what servers do. */
    "create-status": ["201", "200"],
    /** What sslVerificationRequired is after a PUT without it. */
    "verification-after-put": ["on", "off"],
    "unknown-events": ["reject", "accept"],
    /**
     * Private and loopback addresses of webhooks, which administrators can forbid. any: none refused; paired: refused but for the sandbox's own
     * Spacelift; strict: that one too.
     */
    "webhook-urls": ["any", "paired", "strict"],
    /** Changing webhooks of an archived repository. conflict: 409; not known to be refused. */
    "archived-webhooks": ["accept", "conflict"],
    /** The address that a repository had before it was renamed or moved: 404, or 307 to the new one. */
    renamed: ["not-found", "redirect"],
    /** Where the next page starts. contiguous: at start + limit; gaps: only nextPageStart tells. */
    "page-starts": ["contiguous", "gaps"],
    /** How keys of personal projects are shown; both are understood. */
    "personal-keys": ["user-slug", "upper-case"],
    /** User name and password; administrators can switch that off. Tokens as passwords go with it. */
    "basic-login": ["accept", "refuse"],
    "rate-limit": ["off", "on"],
    /** Beside Retry-After on 429. jira: what Jira and Confluence send on every response: X-RateLimit-*, and on success Retry-After: 0. */
    "rate-headers": ["none", "jira"],
    /** Whether webhooks that fail again and again are left alone for a while. */
    "circuit-breaker": ["on", "off"],
  },
  numbers: {
    /** Webhooks per repository, and per project; 0: no limit. */
    "hook-limit": { default: 0, least: 0 },
    /** The longest page, which administrators can change. */
    "page-limit": { default: 1000, least: 1 },
    /** Wrong passwords in a row after which a user must solve a captcha, and scripts get 403; 0: never. */
    "captcha-after": { default: 0, least: 0 },
    /** Requests that a user can make at once. */
    "rate-capacity": { default: 60, least: 1 },
    /** Requests per second that are added to what is left. */
    "rate-fill": { default: 5, least: 1 },
    /** Milliseconds that a receiver of a delivery has. */
    "delivery-timeout": { default: 10_000, least: 1 },
  },
  texts: {
    version: { default: "9.4", pattern: /^\d{1,3}\.\d{1,3}(\.\d{1,3})?$/, what: "a version such as 7.21 or 8.19.3" },
  },
});

export type Switches = ReturnType<typeof SWITCHES.defaults>;

export const defaultSwitches = SWITCHES.defaults;
export const setSwitches = SWITCHES.set;
