// What is not known for certain about Bitbucket Cloud, and what a test may want otherwise, as named switches.

/** The first value of each is the default. */
const FORMS = {
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
} as const;

const NUMBERS = {
  /** Webhooks per repository; 0: no limit. */
  "hook-limit": 0,
  /** Seconds. */
  "rate-window": 3600,
  /** Requests per window for webhooks, and for repositories, of each credential. */
  "rate-budget": 1000,
  /** Requests per window of everybody without a credential. */
  "rate-anonymous": 60,
  /** Requests per second of each credential; 0: no limit. */
  "rate-burst": 0,
  /** Milliseconds that a receiver of a delivery has. */
  "delivery-timeout": 10_000,
} as const;

type Forms = typeof FORMS;
type Numbers = typeof NUMBERS;

export type Switches = { -readonly [Name in keyof Forms]: Forms[Name][number] } & { -readonly [Name in keyof Numbers]: number };

export function defaultSwitches(): Switches {
  const forms = Object.fromEntries(Object.entries(FORMS).map(([name, values]) => [name, values[0]]));
  return { ...forms, ...NUMBERS } as Switches;
}

/** Sets what is given; nothing at all when one name or value is unknown. @throws Error that lists what there is */
export function setSwitches(switches: Switches, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (Object.hasOwn(NUMBERS, name)) {
      const least = name === "rate-window" || name === "delivery-timeout" ? 1 : 0;
      if (!Number.isInteger(value) || (value as number) < least)
        throw new Error(`"${name}" is a whole number of ${least} or more; ${JSON.stringify(value)} is not.`);
      continue;
    }
    const forms: readonly string[] | undefined = Object.hasOwn(FORMS, name) ? FORMS[name as keyof Forms] : undefined;
    if (forms === undefined)
      throw new Error(`Bitbucket Cloud's side has no switch "${name}". It has: ${Object.keys(switches).join(", ")}.`);
    if (!forms.includes(value as string)) throw new Error(`"${name}" is one of: ${forms.join(", ")}; ${JSON.stringify(value)} is not.`);
  }
  Object.assign(switches, values);
}
