/** The events that Spacelift needs from each product: the only list of its kind in the project. */
import type { BitbucketCloudEvent } from "./bitbucket-cloud-events";

/** One required event: the words of Bitbucket's settings page, and the key of its REST API. */
export interface RequiredEvent<Key extends string = string> {
  readonly group: string;
  readonly label: string;
  readonly key: Key;
}

/** What Spacelift's documentation tells people to tick for Bitbucket Cloud, in its order. */
export const REQUIRED_BITBUCKET_CLOUD_EVENTS = [
  { group: "Repository", label: "Push", key: "repo:push" },
  { group: "Pull Request", label: "Created", key: "pullrequest:created" },
  { group: "Pull Request", label: "Updated", key: "pullrequest:updated" },
  { group: "Pull Request", label: "Approved", key: "pullrequest:approved" },
  { group: "Pull Request", label: "Approval removed", key: "pullrequest:unapproved" },
  { group: "Pull Request", label: "Merged", key: "pullrequest:fulfilled" },
  { group: "Pull Request", label: "Comment created", key: "pullrequest:comment_created" },
] as const satisfies readonly RequiredEvent<BitbucketCloudEvent>[];
