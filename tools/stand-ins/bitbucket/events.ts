/** The events that the published provider accepts; it does not know all of Bitbucket's. */
import type { Value } from "../../../packages/terraform-plugin";

const EVENTS = [
  ...["comment_created", "created", "updated"].map((name) => `issue:${name}`),
  "project:updated",
  ...["approved", "changes_request_created", "changes_request_removed", "comment_created", "comment_deleted"].map(pullRequest),
  ...["comment_reopened", "comment_resolved", "comment_updated", "created", "fulfilled", "rejected", "unapproved", "updated"].map(
    pullRequest,
  ),
  ...["commit_comment_created", "commit_status_created", "commit_status_updated", "created", "deleted", "fork"].map(repository),
  ...["imported", "push", "transfer", "updated"].map(repository),
];

function pullRequest(name: string): string {
  return `pullrequest:${name}`;
}

function repository(name: string): string {
  return `repo:${name}`;
}

/** The provider's error for an event that is not in its list. */
export function unknownEvent(events: Value | undefined): string | undefined {
  if (!Array.isArray(events)) return undefined;
  const texts = (events as readonly Value[]).filter((event) => typeof event === "string");
  const index = texts.findIndex((event) => !EVENTS.includes(event));
  const known = EVENTS.map((event) => JSON.stringify(event)).join(" ");
  return index === -1 ? undefined : `expected events.${index} to be one of [${known}], got ${texts[index] ?? ""}`;
}
