/** Comments in pull requests of Bitbucket Data Center. Each has a version, and a change must name the current one. */
import { Problem } from "../../../diagnostics";
import { asObject, asText } from "../../http/json";
import { oldestFirst, type PullRequestComment, type PullRequestComments } from "../pull-requests";
import type { RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { pullRequestPath, pullRequestSubject } from "./pull-requests";
import { MAX_PAGE } from "./rest";

/** How often somebody else may be faster. */
const MOST_ATTEMPTS = 4;

export class DatacenterPullRequestComments implements PullRequestComments {
  readonly #rest: BitbucketRest;

  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  /** The list of comments needs a file, so general comments are only among the activities. */
  async list(repository: RepositoryRef, pullRequest: string): Promise<readonly PullRequestComment[]> {
    const path = [...pullRequestPath(repository, pullRequest), "activities"];
    const subject = pullRequestSubject(repository, pullRequest);
    const items = await this.#rest.listAll({ path, query: MAX_PAGE, subject });
    // A comment that was changed or answered can have several activities.
    const comments = new Map<string, PullRequestComment>();
    for (const item of items.map(asObject)) {
      if (item === undefined || asText(item["action"]) !== "COMMENTED" || asObject(item["commentAnchor"]) !== undefined) continue;
      const comment = asText(item["commentAction"]) === "DELETED" ? undefined : parse(item["comment"]);
      if (comment !== undefined && (comments.get(comment.id)?.version ?? -1) < (comment.version ?? 0)) comments.set(comment.id, comment);
    }
    return oldestFirst([...comments.values()]);
  }

  async create(repository: RepositoryRef, pullRequest: string, text: string): Promise<PullRequestComment> {
    const response = await this.#rest.send({ method: "POST", body: { text }, ...request(repository, pullRequest) });
    const comment = parse(response.body);
    if (comment === undefined) throw this.#rest.unusableResponse(response, "without the comment");
    return comment;
  }

  change(repository: RepositoryRef, pullRequest: string, comment: PullRequestComment, text: string): Promise<void> {
    return this.#withVersion(repository, pullRequest, comment, async (version) => {
      await this.#rest.send({ method: "PUT", body: { text, version }, ...request(repository, pullRequest, comment.id) });
    });
  }

  remove(repository: RepositoryRef, pullRequest: string, comment: PullRequestComment): Promise<void> {
    return this.#withVersion(repository, pullRequest, comment, async (version) => {
      const query = { version: `${version}` };
      await this.#rest.send({ method: "DELETE", query, ...request(repository, pullRequest, comment.id) }, { allowGone: true });
    });
  }

  /** Tries again with the current version, as long as it differs from the last one. */
  async #withVersion(
    repository: RepositoryRef,
    pullRequest: string,
    comment: PullRequestComment,
    write: (version: number) => Promise<void>,
  ): Promise<void> {
    let version = comment.version ?? 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await write(version);
        return;
      } catch (failure) {
        if (!(failure instanceof Problem) || failure.status !== 409 || attempt >= MOST_ATTEMPTS) throw failure;
        const response = await this.#rest.send({ method: "GET", ...request(repository, pullRequest, comment.id) });
        const current = parse(response.body)?.version ?? version;
        if (current === version) throw failure;
        version = current;
      }
    }
  }
}

function request(repository: RepositoryRef, pullRequest: string, ...comment: readonly string[]) {
  return {
    path: [...pullRequestPath(repository, pullRequest), "comments", ...comment],
    subject: pullRequestSubject(repository, pullRequest),
  };
}

function parse(value: unknown): PullRequestComment | undefined {
  const item = asObject(value);
  const id = item?.["id"];
  if (item === undefined || typeof id !== "number") return undefined;
  const { version, createdDate: created } = item;
  const author = asObject(item["author"]);
  const authorId = author?.["id"];
  return {
    id: `${id}`,
    text: asText(item["text"]) ?? "",
    version: typeof version === "number" ? version : 0,
    author: typeof authorId === "number" ? `${authorId}` : asText(author?.["slug"]),
    createdAt: typeof created === "number" ? created : 0,
  };
}
