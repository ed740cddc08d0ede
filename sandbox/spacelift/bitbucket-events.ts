// What a delivery of Bitbucket Cloud says, as far as runs and pull requests need it.
import type { PullRequestEvent } from "./state";

export interface BitbucketEvent {
  /** `workspace/repository`, by slugs; null when the body does not say. */
  readonly repository: string | null;
  /** New heads of branches. Tags and deleted branches start nothing. */
  readonly pushes: readonly { readonly branch: string; readonly commit: string }[];
  readonly pullRequest?: PullRequestEvent;
  readonly note: string;
}

export function readCloudEvent(event: string, body: Buffer): BitbucketEvent {
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString("utf8"));
  } catch {
    return { repository: null, pushes: [], note: "the body is not JSON" };
  }
  const repository = text(at(payload, "repository", "full_name"));
  if (event === "repo:push") {
    const changes = at(payload, "push", "changes");
    const pushes = (Array.isArray(changes) ? (changes as unknown[]) : []).flatMap((change) => {
      const branch = text(at(change, "new", "name"));
      const commit = text(at(change, "new", "target", "hash"));
      return at(change, "new", "type") === "branch" && branch !== null && commit !== null ? [{ branch, commit }] : [];
    });
    return { repository, pushes, note: "no branch has a new head" };
  }
  if (event.startsWith("pullrequest:")) {
    const pullRequest = {
      event,
      id: JSON.stringify(at(payload, "pullrequest", "id") ?? null),
      source: text(at(payload, "pullrequest", "source", "branch", "name")) ?? "",
      target: text(at(payload, "pullrequest", "destination", "branch", "name")) ?? "",
    };
    return { repository, pushes: [], pullRequest, note: "" };
  }
  return { repository, pushes: [], note: "events of this kind start nothing" };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) => (typeof found === "object" && found !== null ? (found as Record<string, unknown>)[name] : undefined),
    value,
  );
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
