/** Comments in pull requests of Bitbucket Cloud. */
import { Problem } from "../../../diagnostics";
import { asBoolean, asObject, asText } from "../../http/json";
import { oldestFirst, type PullRequestComment, type PullRequestComments } from "../pull-requests";
import type { RepositoryRef } from "../repository-webhooks";
import type { BitbucketRest } from "../rest";
import { PAGE, pullRequestPath, pullRequestSubject } from "./pull-requests";

export class CloudPullRequestComments implements PullRequestComments {
  readonly #rest: BitbucketRest;

  constructor(rest: BitbucketRest) {
    this.#rest = rest;
  }

  async list(repository: RepositoryRef, pullRequest: string): Promise<readonly PullRequestComment[]> {
    const items = await this.#rest.listAll({ ...request(repository, pullRequest), query: PAGE });
    return oldestFirst(items.map(parse).filter((comment) => comment !== undefined));
  }

  async create(repository: RepositoryRef, pullRequest: string, text: string): Promise<PullRequestComment> {
    const body = { content: { raw: text } };
    const response = await againAfterConflict(() => this.#rest.send({ method: "POST", body, ...request(repository, pullRequest) }));
    const comment = parse(response.body);
    if (comment === undefined) throw this.#rest.unusableResponse(response, "without the comment");
    return comment;
  }

  async change(repository: RepositoryRef, pullRequest: string, { id }: PullRequestComment, text: string): Promise<void> {
    const body = { content: { raw: text } };
    await againAfterConflict(() => this.#rest.send({ method: "PUT", body, ...request(repository, pullRequest, id) }));
  }

  async remove(repository: RepositoryRef, pullRequest: string, { id }: PullRequestComment): Promise<void> {
    await this.#rest.send({ method: "DELETE", ...request(repository, pullRequest, id) }, { allowGone: true });
  }
}

/** Comments have no version here, so the same request is right once the other one has finished. */
async function againAfterConflict<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.status !== 409) throw failure;
    return await send();
  }
}

function request(repository: RepositoryRef, pullRequest: string, ...comment: readonly string[]) {
  return {
    path: [...pullRequestPath(repository, pullRequest), "comments", ...comment],
    subject: pullRequestSubject(repository, pullRequest),
  };
}

/** Undefined for what is deleted, belongs to a line, or answers another comment. */
function parse(value: unknown): PullRequestComment | undefined {
  const item = asObject(value);
  const id = item?.["id"];
  if (item === undefined || typeof id !== "number" || asBoolean(item["deleted"]) === true) return undefined;
  if (asObject(item["inline"]) !== undefined || asObject(item["parent"]) !== undefined) return undefined;
  const user = asObject(item["user"]);
  return {
    id: `${id}`,
    text: asText(asObject(item["content"])?.["raw"]) ?? "",
    version: null,
    author: asText(user?.["uuid"]) ?? asText(user?.["account_id"]),
    createdAt: Date.parse(asText(item["created_on"]) ?? "") || 0,
  };
}
