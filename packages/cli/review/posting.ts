/** Posts a review into its pull request, and says what could not be posted. It never changes the exit code. */
import { Problem, renderText } from "../../diagnostics";
import { codePage } from "../../engine";
import { post, postedReview, type PortComment, type PullRequestPort, type Review } from "../../review";
import type { CodeInsights, PullRequest, PullRequestComment } from "../../clients";
import { bitbucketAccess, type BitbucketAccess } from "./bitbucket-access";
import { reviewTarget, unknown, type ReviewTarget } from "./pull-request-target";
import type { Environment } from "./remote";

export interface PostingOptions {
  /** `--pr` */
  readonly pullRequest: string | undefined;
  readonly environment: Environment;
  /** Of the project. */
  readonly folder: string;
  /** From the root of the repository to the folder of the file, such as `infrastructure/`. */
  readonly prefix: string;
  /** Applied to every message. */
  readonly redact: (text: string) => string;
  readonly note: (text: string) => void;
}

export async function postReview(review: Review, options: PostingOptions): Promise<void> {
  const { environment, folder, note, redact } = options;
  try {
    const target = await reviewTarget(options.pullRequest, environment, folder);
    const access = bitbucketAccess(target, environment);
    if (access.client === undefined && access.pipelines === undefined) throw noCredential();
    const pullRequest = await findPullRequest(target, access);
    const commit = target.commit ?? pullRequest?.sourceCommit;
    if (commit === undefined) throw noCredential();
    const url = target.run ?? pullRequest?.url ?? addressOf(target);
    const branch = pullRequest?.sourceBranch ?? target.branch;
    const posted = postedReview(review, {
      url,
      branch,
      prefix: options.prefix,
      project: options.prefix.replace(/\/$/, "") || undefined,
    });
    const port = portFor(target, pullRequest?.id ?? target.pullRequest, commit, access);
    for (const { part, failure } of await post(port, posted)) {
      if (failure !== undefined) note(`Warning: the ${part} of the review was not posted.\n${redact(failureText(failure))}`);
    }
  } catch (thrown) {
    note(`Warning: the review was not posted.\n${redact(failureText(thrown))}`);
  }
}

/** An unexpected failure of posting is a warning too. */
function failureText(thrown: unknown): string {
  if (thrown instanceof Problem) return renderText(thrown.diagnostic, codePage);
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Undefined without a credential. @throws Problem */
async function findPullRequest(target: ReviewTarget, { client }: BitbucketAccess): Promise<PullRequest | undefined> {
  if (client === undefined) return undefined;
  if (target.pullRequest !== undefined) return client.pullRequests.read(target, target.pullRequest);
  const { branch, namespace, repository } = target;
  if (branch === undefined) throw unknown("There is no branch, so no pull request can be looked up.", "Give the pull request with --pr.");
  const found = await client.pullRequests.findOpen(target, branch);
  const newest = [...found].sort((a, b) => Number(b.id) - Number(a.id))[0];
  if (newest !== undefined) return newest;
  throw unknown(
    `${namespace}/${repository} has no open pull request with the source branch ${branch}.`,
    "Open one, or give another with --pr.",
  );
}

function addressOf({ product, server = "", namespace, repository, pullRequest = "" }: ReviewTarget): string {
  if (product === "cloud") return `https://bitbucket.org/${namespace}/${repository}/pull-requests/${pullRequest}`;
  return `${server}/projects/${namespace}/repos/${repository}/pull-requests/${pullRequest}`;
}

type Comment = PullRequestComment & PortComment;

function portFor(
  target: ReviewTarget,
  pullRequest: string | undefined,
  commit: string,
  { client, pipelines }: BitbucketAccess,
): PullRequestPort<Comment> {
  const comments = () => {
    if (client === undefined || pullRequest === undefined) throw noCredential();
    const { pullRequestComments } = client;
    return { pullRequestComments, pullRequest };
  };
  return {
    maxAnnotations: (client?.codeInsights ?? pipelines)?.maxAnnotations ?? 0,
    listComments: () => {
      const { pullRequestComments: list, pullRequest: id } = comments();
      return list.list(target, id);
    },
    createComment: (text) => {
      const { pullRequestComments: list, pullRequest: id } = comments();
      return list.create(target, id, text);
    },
    changeComment: (comment, text) => {
      const { pullRequestComments: list, pullRequest: id } = comments();
      return list.change(target, id, comment, text);
    },
    removeComment: (comment) => {
      const { pullRequestComments: list, pullRequest: id } = comments();
      return list.remove(target, id, comment);
    },
    setStatus: async (status) => {
      if (client === undefined) throw noCredential();
      await client.buildStatuses.set(target, commit, status);
    },
    replaceReport: async (report, annotations) => {
      const write = (insights: CodeInsights) => insights.replace(target, commit, report, annotations);
      if (pipelines === undefined) {
        if (client === undefined) throw noCredential();
        return write(client.codeInsights);
      }
      try {
        await write(pipelines);
      } catch (failure) {
        // A pipe runs in a container without the proxy on localhost.
        if (client === undefined) throw failure;
        await write(client.codeInsights);
      }
    },
  };
}

function noCredential(): Error {
  return unknown(
    "No credential for the pull request is set.",
    "Set BITLIFT_REVIEW_TOKEN to an access token with the scopes pullrequest and repository, or BITLIFT_REVIEW_EMAIL and BITLIFT_REVIEW_TOKEN to the email and an API token of an Atlassian account.",
  );
}
