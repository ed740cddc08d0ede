// Comments as JSON, for responses and deliveries, and the fields by which lists of them can be filtered and sorted.
import type { Comment } from "../../core/comment";
import { createRepositoryLinks } from "./links";
import { buildPullRequestPageUrl, serializeAuthor, serializeText } from "./pull-request-serializer";
import type { FilterFields } from "./query-filter";
import type { PullRequestOfRequest } from "./reviewed-objects";
import { formatTimestamp } from "./serializers";
import type { Switches } from "./switches";

export const COMMENT_FIELDS: FilterFields<Comment> = {
  id: ({ id }) => `${id}`,
  deleted: ({ deleted }) => deleted,
  pending: ({ state }) => state === "PENDING",
  "content.raw": ({ text }) => text,
  "user.uuid": ({ author }) => author.id,
  "user.display_name": ({ author }) => author.displayName,
  "parent.id": ({ parent }) => (parent === null ? null : `${parent}`),
  created_on: ({ createdDate }) => formatTimestamp(createdDate),
  updated_on: ({ updatedDate }) => formatTimestamp(updatedDate),
};

export function serializeComment(
  apiUrl: string,
  { repository, pullRequest }: PullRequestOfRequest,
  comment: Comment,
  switches: Pick<Switches, "deleted-comments">,
) {
  const { id, text, author, parent, place, deleted, state, resolvedBy, createdDate, updatedDate } = comment;
  const pullRequestUrl = `${createRepositoryLinks(apiUrl, repository).self.href}/pullrequests/${pullRequest.id}`;
  const pageUrl = buildPullRequestPageUrl(repository, pullRequest);
  const commentUrl = (number: number): string => `${pullRequestUrl}/comments/${number}`;
  return {
    type: "pullrequest_comment",
    id,
    content: serializeText(deleted && switches["deleted-comments"] === "blank" ? "" : text),
    user: serializeAuthor(apiUrl, author),
    created_on: formatTimestamp(createdDate),
    updated_on: formatTimestamp(updatedDate),
    deleted,
    pending: state === "PENDING",
    parent: parent === null ? undefined : { id: parent, links: { self: { href: commentUrl(parent) } } },
    inline: place,
    resolution:
      resolvedBy === null
        ? null
        : { type: "comment_resolution", user: serializeAuthor(apiUrl, resolvedBy.author), created_on: formatTimestamp(resolvedBy.time) },
    pullrequest: {
      type: "pullrequest",
      id: pullRequest.id,
      title: pullRequest.title,
      links: { self: { href: pullRequestUrl }, html: { href: pageUrl } },
    },
    links: { self: { href: commentUrl(id) }, html: { href: `${pageUrl}/_/diff#comment-${id}` } },
  };
}
