// Reads the pushes and pull requests in deliveries of both Bitbucket products.
import type { BitbucketProvider, PullRequestEvent } from "./state";

export interface BitbucketEvent {
  /** `namespace/repository`; null if the body does not contain it. */
  readonly repository: string | null;
  /** New heads of branches. Tags and deleted branches start no run. */
  readonly pushes: readonly Push[];
  readonly pullRequest?: PullRequestEvent;
  readonly note: string;
}

interface Push {
  readonly branch: string;
  readonly commit: string;
}

type Reader = (event: string, payload: unknown) => BitbucketEvent;

const READERS: Readonly<Record<BitbucketProvider, Reader>> = { BITBUCKET_CLOUD: readCloudEvent, BITBUCKET_DATACENTER: readDatacenterEvent };

export function readEvent(provider: BitbucketProvider, event: string, body: Buffer): BitbucketEvent {
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString("utf8"));
  } catch {
    return { repository: null, pushes: [], note: "the body is not JSON" };
  }
  return READERS[provider](event, payload);
}

function readCloudEvent(event: string, payload: unknown): BitbucketEvent {
  const repository = asText(readPath(payload, "repository", "full_name"));
  if (event === "repo:push") {
    const pushes = asList(readPath(payload, "push", "changes")).flatMap((change) => {
      const isHead = readPath(change, "new", "type") === "branch";
      return isHead ? toPush(readPath(change, "new", "name"), readPath(change, "new", "target", "hash")) : [];
    });
    return createPushEvent(repository, pushes);
  }
  if (!event.startsWith("pullrequest:")) return createIgnoredEvent(repository);
  const pullRequest = readPath(payload, "pullrequest");
  return createPullRequestEvent(repository, {
    event,
    id: readPath(pullRequest, "id"),
    source: readPath(pullRequest, "source", "branch", "name"),
    target: readPath(pullRequest, "destination", "branch", "name"),
    updated: readPath(pullRequest, "updated_on"),
  });
}

/** The repository of a pull request is that of its target, because its source can be a fork. */
function readDatacenterEvent(event: string, payload: unknown): BitbucketEvent {
  if (event === "repo:refs_changed") {
    const pushes = asList(readPath(payload, "changes")).flatMap((change) => {
      const isHead = readPath(change, "ref", "type") === "BRANCH" && readPath(change, "type") !== "DELETE";
      return isHead ? toPush(readPath(change, "ref", "displayId"), readPath(change, "toHash")) : [];
    });
    return createPushEvent(readDatacenterName(readPath(payload, "repository")), pushes);
  }
  if (!event.startsWith("pr:")) return createIgnoredEvent(readDatacenterName(readPath(payload, "repository")));
  const pullRequest = readPath(payload, "pullRequest");
  return createPullRequestEvent(readDatacenterName(readPath(pullRequest, "toRef", "repository")), {
    event,
    id: readPath(pullRequest, "id"),
    source: readPath(pullRequest, "fromRef", "displayId"),
    target: readPath(pullRequest, "toRef", "displayId"),
    updated: readPath(pullRequest, "updatedDate"),
  });
}

function readDatacenterName(repository: unknown): string | null {
  const [project, slug] = [asText(readPath(repository, "project", "key")), asText(readPath(repository, "slug"))];
  return project === null || slug === null ? null : `${project}/${slug}`;
}

function toPush(branch: unknown, commit: unknown): readonly Push[] {
  return typeof branch === "string" && typeof commit === "string" ? [{ branch, commit }] : [];
}

function createPushEvent(repository: string | null, pushes: readonly Push[]): BitbucketEvent {
  return { repository, pushes, note: "no branch has a new head" };
}

function createIgnoredEvent(repository: string | null): BitbucketEvent {
  return { repository, pushes: [], note: "this event starts no run" };
}

function createPullRequestEvent(
  repository: string | null,
  { event, id, source, target, updated }: { event: string } & Record<"id" | "source" | "target" | "updated", unknown>,
): BitbucketEvent {
  const pullRequest = {
    event,
    id: JSON.stringify(id ?? null),
    source: asText(source) ?? "",
    target: asText(target) ?? "",
    updated: toIsoTime(updated),
  };
  return { repository, pushes: [], pullRequest, note: "" };
}

/** Data Center sends milliseconds since the epoch before version 10, and text from then on. */
function toIsoTime(value: unknown): string | undefined {
  const time = typeof value === "number" ? new Date(value) : typeof value === "string" ? new Date(Date.parse(value)) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function readPath(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    // Any object can be read by any key.
    (found, name) => (typeof found === "object" && found !== null ? (found as Record<string, unknown>)[name] : undefined),
    value,
  );
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function asText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
