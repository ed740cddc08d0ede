// The event catalog of Bitbucket Data Center with the version that introduced each event, deliberately independent of the one in packages/domain.
import { isAtLeast } from "./version";

interface EventType {
  readonly key: string;
  readonly since: string;
  /** Only webhooks of a project can subscribe to it. */
  readonly projectOnly?: true;
}

const EVENT_TYPES: readonly EventType[] = [
  { key: "project:modified", since: "7.0", projectOnly: true },
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
  { key: "pr:reviewer:changes_requested", since: "8.0" },
  { key: "pr:merged", since: "5.4" },
  { key: "pr:declined", since: "5.4" },
  { key: "pr:deleted", since: "5.4" },
  { key: "pr:comment:added", since: "5.4" },
  { key: "pr:comment:edited", since: "5.4" },
  { key: "pr:comment:deleted", since: "5.4" },
];

/** The events that a webhook of this subject can subscribe to in this version. `diagnostics:ping` is never among them. */
export function eventKeysOf(subject: "repository" | "project", version: string): readonly string[] {
  return EVENT_TYPES.filter(({ since, projectOnly }) => isAtLeast(version, since) && (projectOnly !== true || subject === "project")).map(
    ({ key }) => key,
  );
}
