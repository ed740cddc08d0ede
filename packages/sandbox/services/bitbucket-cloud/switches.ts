// What is not known for certain about Bitbucket Cloud, and what a test may want otherwise, as named switches.
import { createSwitchSet } from "../../core/switch-set";

const SWITCHES = createSwitchSet("Bitbucket Cloud", {
  /** The first form of each is the default. */
  choices: {
    /**
     * PUT of a webhook without some fields. reject: 400 for url and events, the rest gets its default; replace: every absent field is emptied or gets
     * its default; merge: absent fields stay.
     */
    "put-absent": ["reject", "replace", "merge"],
    /** Private and loopback addresses of webhooks. paired: refused but for the sandbox's own Spacelift; strict: that one too; any: none refused. */
    "webhook-urls": ["paired", "strict", "any"],
    "app-passwords": ["disabled", "before-july-2026"],
    /** A user's API token sent as Bearer. */
    "bearer-api-tokens": ["refuse", "accept"],
    /** Whether creating a webhook needs the scopes of its events. */
    "event-scopes": ["required", "ignored"],
    "unknown-events": ["reject", "accept"],
    /** A second webhook with the same URL in one repository. */
    "duplicate-urls": ["allow", "reject"],
    /** The slug that a repository had before it was renamed or moved. */
    "old-slug": ["not-found", "redirect"],
    /** subject_type of a webhook: in the specification, but not in recorded answers. */
    "subject-type": ["absent", "present"],
    /** The app behind commit/{sha}/pullrequests. */
    "commit-links-app": ["installed", "indexing", "absent"],
    "rate-limit": ["off", "on"],
    /** none; envoy: x-ratelimit-*, in seconds; scaled: X-RateLimit-Limit, -Resource, -NearLimit; retry-after: Retry-After on 429. */
    "rate-headers": ["none", "envoy", "scaled", "retry-after"],
    "rate-body": ["json", "text"],
  },
  numbers: {
    /** Webhooks per repository; 0: no limit. */
    "hook-limit": { default: 0, least: 0 },
    /** Seconds. */
    "rate-window": { default: 3600, least: 1 },
    /** Requests per window for webhooks, and for repositories, of each credential. */
    "rate-budget": { default: 1000, least: 0 },
    /** Requests per window of everybody without a credential. */
    "rate-anonymous": { default: 60, least: 0 },
    /** Requests per second of each credential; 0: no limit. */
    "rate-burst": { default: 0, least: 0 },
    /** Milliseconds that a receiver of a delivery has. */
    "delivery-timeout": { default: 10_000, least: 1 },
  },
  texts: {},
});

export type Switches = ReturnType<typeof SWITCHES.defaults>;

export const defaultSwitches = SWITCHES.defaults;
export const setSwitches = SWITCHES.set;
