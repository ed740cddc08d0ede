// The control paths for what programs and people say about a change: comments, build statuses and reports, on both Bitbucket products.
import { readNamespace, repositoryFields, type RepositoryLookup, requireRepository } from "./activity-control";
import type { ByCommit } from "./by-commit";
import { addComment, changeComment, type Comment, type CommentAuthor, deleteComment, findComment } from "./comment";
import {
  type Fields,
  parseFields,
  readOptionalText,
  readOptionalWholeNumber,
  requireOneOf,
  requireText,
  requireWholeNumber,
} from "./control-fields";
import { createControlRoute } from "./control-route";
import type { Clock } from "./clock";
import type { PullRequest, WithBranches } from "./pull-request";
import type { Route, SandboxRequest } from "./service";

export interface ReviewedRepository extends WithBranches {
  readonly statuses: ByCommit<object>;
  readonly reports: ByCommit<object>;
}

export interface ReviewControl<Repository extends ReviewedRepository> {
  readonly lookup: RepositoryLookup<Repository>;
  readonly clock: Clock;
  nameOf(repository: Repository): string;
  repositories(): readonly Repository[];
  /** The author of comments that the control path adds, under the product's own name or under the given one. */
  createAuthor(displayName: string | undefined): CommentAuthor;
}

const ACTIONS = ["add", "edit", "delete"] as const;
const MAX_COMMENTS_AT_ONCE = 10_000;

export function createReviewRoutes<Repository extends ReviewedRepository>(control: ReviewControl<Repository>): readonly Route[] {
  return [
    createControlRoute("GET", "comments", (request) =>
      listRepositories(control, request).flatMap((repository) =>
        [...repository.pullRequests.values()].flatMap(({ id, comments }) =>
          comments.map((comment) => ({ repository: control.nameOf(repository), pullRequest: id, ...comment })),
        ),
      ),
    ),
    createControlRoute("GET", "statuses", (request) => listByCommit(control, request, "statuses")),
    createControlRoute("GET", "reports", (request) => listByCommit(control, request, "reports")),
    createControlRoute("POST", "comment", (request) => applyAction(control, request)),
  ];
}

/** All repositories, or the one that the parameter `repository` names, such as `acme/infra`. */
function listRepositories<Repository extends ReviewedRepository>(
  control: ReviewControl<Repository>,
  { query }: SandboxRequest,
): readonly Repository[] {
  const name = query.get("repository");
  const repositories = control.repositories();
  if (name === null) return repositories;
  const found = repositories.filter((repository) => control.nameOf(repository).toLowerCase() === name.toLowerCase());
  if (found.length > 0) return found;
  throw new Error(`There is no repository "${name}". Known: ${repositories.map((repository) => control.nameOf(repository)).join(", ")}.`);
}

function listByCommit<Repository extends ReviewedRepository>(
  control: ReviewControl<Repository>,
  request: SandboxRequest,
  kind: "statuses" | "reports",
) {
  return listRepositories(control, request).flatMap((repository) =>
    repository[kind].all().map(([commit, item]) => ({ repository: control.nameOf(repository), commit, ...item })),
  );
}

/** Returns the last comment that it added or changed. */
function applyAction<Repository extends ReviewedRepository>(control: ReviewControl<Repository>, request: SandboxRequest): Comment {
  const body = parseFields(request, repositoryFields(control.lookup, ["action", "id", "comment", "text", "author", "count"]));
  const action = requireOneOf(body, "action", ACTIONS);
  const repository = requireRepository(control.lookup, body);
  const pullRequest = requirePullRequest(control, repository, body);
  const now = control.clock.now();
  if (action === "add") return addComments(control, repository, pullRequest, body);
  const comment = requireComment(pullRequest, body);
  if (action === "edit") changeComment(comment, { text: requireText(body, "text") }, now);
  else deleteComment(comment, now);
  return comment;
}

function addComments<Repository extends ReviewedRepository>(
  control: ReviewControl<Repository>,
  repository: Repository,
  pullRequest: PullRequest,
  body: Fields,
): Comment {
  const author = control.createAuthor(readOptionalText(body, "author"));
  const text = requireText(body, "text");
  const count = readOptionalWholeNumber(body, "count") ?? 1;
  if (count < 1 || count > MAX_COMMENTS_AT_ONCE) throw new Error(`"count" must be a whole number from 1 to ${MAX_COMMENTS_AT_ONCE}.`);
  const add = (): Comment => addComment(repository, pullRequest, { author, text }, control.clock.now());
  for (let number = 1; number < count; number += 1) add();
  return add();
}

function requirePullRequest<Repository extends ReviewedRepository>(
  control: ReviewControl<Repository>,
  repository: Repository,
  body: Fields,
): PullRequest {
  const found = repository.pullRequests.get(requireWholeNumber(body, "id"));
  if (found !== undefined) return found;
  const ids = [...repository.pullRequests.keys()].join(", ");
  const name = `${readNamespace(control.lookup, body)}/${requireText(body, "repository")}`;
  throw new Error(`"id" is the number of a pull request of ${name}. Known ids: ${ids === "" ? "none yet" : ids}.`);
}

function requireComment(pullRequest: PullRequest, body: Fields): Comment {
  const comment = findComment(pullRequest, `${requireWholeNumber(body, "comment")}`);
  if (comment !== undefined) return comment;
  const ids = pullRequest.comments.map(({ id }) => id).join(", ");
  throw new Error(`"comment" is the id of a comment on pull request ${pullRequest.id}. Known ids: ${ids === "" ? "none yet" : ids}.`);
}
