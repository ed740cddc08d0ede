// What a delivery says, as far as runs and pull requests need it: the two products tell the same in other words.
import type { BitbucketProvider, PullRequestEvent } from "./state";

export interface BitbucketEvent {
  /** `namespace/repository`; null when the body does not say. */
  readonly repository: string | null;
  /** New heads of branches. Tags and deleted branches start nothing. */
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
  const repository = text(at(payload, "repository", "full_name"));
  if (event === "repo:push") {
    const pushes = list(at(payload, "push", "changes")).flatMap((change) =>
      pushOf(at(change, "new", "type") === "branch", at(change, "new", "name"), at(change, "new", "target", "hash")),
    );
    return pushed(repository, pushes);
  }
  if (!event.startsWith("pullrequest:")) return ofNoUse(repository);
  const one = at(payload, "pullrequest");
  const [source, target] = [at(one, "source", "branch", "name"), at(one, "destination", "branch", "name")];
  return aboutPullRequest(repository, { event, id: at(one, "id"), source, target, updated: at(one, "updated_on") });
}

/** The repository of a pull request is where it leads to; that of its source may be a fork. */
function readDatacenterEvent(event: string, payload: unknown): BitbucketEvent {
  if (event === "repo:refs_changed") {
    const pushes = list(at(payload, "changes")).flatMap((change) =>
      pushOf(
        at(change, "ref", "type") === "BRANCH" && at(change, "type") !== "DELETE",
        at(change, "ref", "displayId"),
        at(change, "toHash"),
      ),
    );
    return pushed(datacenterName(at(payload, "repository")), pushes);
  }
  if (!event.startsWith("pr:")) return ofNoUse(datacenterName(at(payload, "repository")));
  const one = at(payload, "pullRequest");
  const [source, target] = [at(one, "fromRef", "displayId"), at(one, "toRef", "displayId")];
  return aboutPullRequest(datacenterName(at(one, "toRef", "repository")), {
    event,
    id: at(one, "id"),
    source,
    target,
    updated: at(one, "updatedDate"),
  });
}

function datacenterName(repository: unknown): string | null {
  const [project, slug] = [text(at(repository, "project", "key")), text(at(repository, "slug"))];
  return project === null || slug === null ? null : `${project}/${slug}`;
}

function pushOf(isHead: boolean, branch: unknown, commit: unknown): readonly Push[] {
  return isHead && typeof branch === "string" && typeof commit === "string" ? [{ branch, commit }] : [];
}

function pushed(repository: string | null, pushes: readonly Push[]): BitbucketEvent {
  return { repository, pushes, note: "no branch has a new head" };
}

function ofNoUse(repository: string | null): BitbucketEvent {
  return { repository, pushes: [], note: "events of this kind start nothing" };
}

function aboutPullRequest(
  repository: string | null,
  { event, id, source, target, updated }: { event: string } & Record<"id" | "source" | "target" | "updated", unknown>,
): BitbucketEvent {
  const time = instant(updated);
  const pullRequest = {
    event,
    id: JSON.stringify(id ?? null),
    source: text(source) ?? "",
    target: text(target) ?? "",
    ...(time !== undefined && { updated: time }),
  };
  return { repository, pushes: [], pullRequest, note: "" };
}

/** Milliseconds since the epoch, or text: Data Center sends the one before version 10 and the other from then on. */
function instant(value: unknown): string | undefined {
  const time = typeof value === "number" ? new Date(value) : typeof value === "string" ? new Date(Date.parse(value)) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    // An object with any keys, as far as reading one goes.
    (found, name) => (typeof found === "object" && found !== null ? (found as Record<string, unknown>)[name] : undefined),
    value,
  );
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
