/** The ID by which the provider of the other backing imports an object. */
import type { StoredObject } from "./stored-objects";

type Attributes = StoredObject["attributes"];

/** By the type into which the object is imported. */
const PARTS: Readonly<Record<string, (attributes: Attributes) => readonly (string | undefined)[]>> = {
  spacelift_space: ({ id }) => [id],
  spacelift_bitbucket_datacenter_integration: ({ id }) => [id],
  bitbucket_hook: ({ workspace, repository, uuid }) => [workspace, repository, uuid],
  // This provider finds a webhook by its name.
  bitbucketserver_repository_webhook: ({ project, repository, title }) => [project, repository, title],
  bitlift_space: ({ id }) => [id],
  bitlift_bitbucket_datacenter_integration: ({ id }) => [id],
  bitlift_bitbucket_cloud_webhook: ({ owner, repository, uuid }) => [owner, repository, uuid],
  bitlift_bitbucket_datacenter_webhook: ({ project, repository, webhook_id: id }) => [project, repository, id],
};

/** Undefined if the state lacks a part of it, or if a part contains the slash that separates them. */
export function importId(type: string, attributes: Attributes): string | undefined {
  const parts = PARTS[type]?.(attributes) ?? [undefined];
  return parts.every((part) => part !== undefined && part !== "" && (parts.length === 1 || !part.includes("/")))
    ? parts.join("/")
    : undefined;
}
