/** The events of Bitbucket Data Center's repository webhooks, as its REST API names them, each with its first release (event payload documentation, 5.4 to 10.x). */

/**
 * `since`: the first release; null if none is documented. The list omits `project:modified`, which only webhooks of a project have,
 * and `diagnostics:ping`, which only the connection test sends.
 */
const EVENTS = [
  { key: "repo:refs_changed", since: "5.4" },
  { key: "repo:modified", since: "5.4" },
  { key: "repo:forked", since: "5.4" },
  { key: "repo:comment:added", since: "5.4" },
  { key: "repo:comment:edited", since: "5.4" },
  { key: "repo:comment:deleted", since: "5.4" },
  { key: "repo:secret_detected", since: "8.0" },
  { key: "mirror:repo_synchronized", since: "6.5" },
  { key: "pr:opened", since: "5.4" },
  { key: "pr:from_ref_updated", since: "7.0" },
  { key: "pr:modified", since: "5.10" },
  { key: "pr:reviewer:updated", since: "5.10" },
  { key: "pr:reviewer:approved", since: "5.4" },
  { key: "pr:reviewer:unapproved", since: "5.4" },
  { key: "pr:reviewer:needs_work", since: "5.4" },
  { key: "pr:reviewer:changes_requested", since: null },
  { key: "pr:merged", since: "5.4" },
  { key: "pr:declined", since: "5.4" },
  { key: "pr:deleted", since: "5.4" },
  { key: "pr:comment:added", since: "5.4" },
  { key: "pr:comment:edited", since: "5.4" },
  { key: "pr:comment:deleted", since: "5.4" },
] as const;

/** An event to which a Bitbucket Data Center webhook can subscribe. */
export type BitbucketDatacenterEvent = (typeof EVENTS)[number]["key"];

export const BITBUCKET_DATACENTER_EVENTS: readonly BitbucketDatacenterEvent[] = EVENTS.map(({ key }) => key);

/** An event that a release does not support, and the first release that does. */
export interface EventFromLaterRelease {
  readonly key: string;
  readonly since: string;
}

/**
 * The events that a server of this version does not support. Unknown events are skipped, and so is a version that cannot be parsed.
 * @param version as `/rest/api/latest/application-properties` returns it: `6.10.17`
 */
export function unsupportedEvents(version: string, keys: readonly string[]): readonly EventFromLaterRelease[] {
  const release = comparableRelease(version);
  if (release === undefined) return [];
  return EVENTS.flatMap(({ key, since }) => {
    const firstRelease = since === null ? undefined : comparableRelease(since);
    return since !== null && firstRelease !== undefined && keys.includes(key) && release < firstRelease ? [{ key, since }] : [];
  });
}

/** The major and minor version as one number, so that 5.10 comes after 5.4. */
function comparableRelease(version: string): number | undefined {
  const [, major, minor] = /^(\d{1,4})\.(\d{1,4})(?!\d)/.exec(version.trim()) ?? [];
  return major === undefined || minor === undefined ? undefined : Number(major) * 10_000 + Number(minor);
}
