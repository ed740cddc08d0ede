/** Bitbucket Data Center's events of repository webhooks, as its REST API names them, and the first release that has each (event payload documentation, 5.4 to 10.x). */

/**
 * `since`: the first release; null where none is documented. Without `project:modified`, which only webhooks of a project have, and `diagnostics:ping`,
 * which the connection test sends and nobody can subscribe to.
 */
const CATALOGUE = [
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

/** One event that a Bitbucket Data Center webhook can subscribe to. */
export type BitbucketDatacenterEvent = (typeof CATALOGUE)[number]["key"];

export const BITBUCKET_DATACENTER_EVENTS: readonly BitbucketDatacenterEvent[] = CATALOGUE.map((event) => event.key);

/** An event that a release does not have yet, and the first that has it. */
export interface EventFromLaterRelease {
  readonly key: string;
  readonly since: string;
}

/**
 * Those of the events that a server of this version does not have. Unknown events, and a version that cannot be read, are never held against it.
 * @param version as `/rest/api/latest/application-properties` gives it: `6.10.17`
 */
export function eventsAfter(version: string, keys: readonly string[]): readonly EventFromLaterRelease[] {
  const has = release(version);
  if (has === undefined) return [];
  return CATALOGUE.flatMap(({ key, since }) => {
    const first = since === null ? undefined : release(since);
    return since !== null && first !== undefined && keys.includes(key) && has < first ? [{ key, since }] : [];
  });
}

/** Major and minor number as one that compares: 5.10 comes after 5.4. */
function release(version: string): number | undefined {
  const [, major, minor] = /^(\d{1,4})\.(\d{1,4})(?!\d)/.exec(version.trim()) ?? [];
  return major === undefined || minor === undefined ? undefined : Number(major) * 10_000 + Number(minor);
}
