/** The events that Spacelift requires from each product. This is the only such list in the project. */
import type { BitbucketCloudEvent } from "./bitbucket-cloud-events";
import type { BitbucketDatacenterEvent } from "./bitbucket-datacenter-events";

/** A required event: its label on Bitbucket's settings page, and its key in the REST API. */
export interface RequiredEvent<Key extends string = string> {
  readonly group: string;
  readonly label: string;
  readonly key: Key;
}

/** The events that Spacelift's documentation lists for Bitbucket Cloud, in the same order. */
export const REQUIRED_BITBUCKET_CLOUD_EVENTS = [
  { group: "Repository", label: "Push", key: "repo:push" },
  { group: "Pull Request", label: "Created", key: "pullrequest:created" },
  { group: "Pull Request", label: "Updated", key: "pullrequest:updated" },
  { group: "Pull Request", label: "Approved", key: "pullrequest:approved" },
  { group: "Pull Request", label: "Approval removed", key: "pullrequest:unapproved" },
  { group: "Pull Request", label: "Merged", key: "pullrequest:fulfilled" },
  { group: "Pull Request", label: "Comment created", key: "pullrequest:comment_created" },
] as const satisfies readonly RequiredEvent<BitbucketCloudEvent>[];

/** The same for Bitbucket Data Center. */
export const REQUIRED_BITBUCKET_DATACENTER_EVENTS = [
  { group: "Repository", label: "Push", key: "repo:refs_changed" },
  { group: "Pull Request", label: "Opened", key: "pr:opened" },
  { group: "Pull Request", label: "Source branch updated", key: "pr:from_ref_updated" },
  { group: "Pull Request", label: "Modified", key: "pr:modified" },
  { group: "Pull Request", label: "Approved", key: "pr:reviewer:approved" },
  { group: "Pull Request", label: "Unapproved", key: "pr:reviewer:unapproved" },
  { group: "Pull Request", label: "Merged", key: "pr:merged" },
  { group: "Pull Request", label: "Comment added", key: "pr:comment:added" },
] as const satisfies readonly RequiredEvent<BitbucketDatacenterEvent>[];
