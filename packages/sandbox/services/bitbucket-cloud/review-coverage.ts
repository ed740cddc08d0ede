// How certain each point is of what the sandbox emulates for reviews: pull requests, comments, build statuses, reports and the proxy of Pipelines.
import { type Coverage, row } from "../../core/coverage-row";

const COMMENTS: readonly Coverage[] = [
  row(
    "listComments",
    "documented",
    "paged, oldest first; parameters q and sort; the fields that can be filtered and sorted by are assumed",
  ),
  row("listComments", "documented", "deleted comments stay in the list", "deleted"),
  row(
    "listComments",
    "recorded",
    "clients skip deleted comments; that they keep their text is assumed; switch deleted-comments",
    "content.raw",
  ),
  row("listComments", "assumed", "pages can be shorter than the caller wants; switch shorter-pages"),
  row("getComment", "documented", "the scope for reading pull requests is enough, also for writing"),
  row("getComment", "assumed", "HTML is escaped, as clients report; Markdown is not rendered", "content.html"),
  row("getComment", "assumed", "the user of an access token looks like a person", "user"),
  row("getComment", "assumed", "a deleted comment can still be read"),
  row("createComment", "documented", "201 with Location; fields inline, parent, pending"),
  row(
    "createComment",
    "recorded",
    "at least 200,000 characters are accepted; far more get 400 in HTML; where the limit is, is assumed; switch comment-ceiling",
    "content.raw",
  ),
  row("createComment", "assumed", "400 for an empty text, an unknown parent, and a place without a path"),
  row("createComment", "assumed", "409 for one request; switch comment-conflict"),
  row(
    "createComment",
    "assumed",
    "the sandbox delivers no event for it, which Bitbucket does; the action comment of the control path delivers one",
  ),
  row("updateComment", "documented", "200; only the author can change it, which is assumed; 409 as in createComment"),
  row("updateComment", "assumed", "404 for a deleted comment"),
  row("deleteComment", "documented", "204; for the author and administrators, which is assumed"),
  row("resolveComment", "documented", "409 if it is already resolved"),
  row("reopenComment", "documented", "204; 409 if it is not resolved"),
];

const STATUSES: readonly Coverage[] = [
  row("listBuildStatuses", "documented", "paged; parameters refname, q and sort"),
  row("listPullRequestStatuses", "documented", "paged; assumed: of all its commits, without those that name another branch"),
  row("getBuildStatus", "documented", "by key; 404 for an unknown key, which is assumed"),
  row("createBuildStatus", "documented", "201; the same key overwrites; states SUCCESSFUL, FAILED, INPROGRESS, STOPPED"),
  row("createBuildStatus", "recorded", "400 without it, although the specification does not require it; switch status-url", "url"),
  row("createBuildStatus", "recorded", "400 for localhost; at most 2,000 characters, which is assumed", "url"),
  row("createBuildStatus", "assumed", "at most 40 characters, where clients cut it; switch status-key-limit", "key"),
  row("createBuildStatus", "recorded", "400 for a value that is too long; 255 characters are assumed", "name"),
  row("createBuildStatus", "assumed", "same as name", "description"),
  row("createBuildStatus", "documented", "the source branch of the pull request that it belongs to", "refname"),
  row("createBuildStatus", "recorded", "the scope for reading repositories is enough"),
  row("createBuildStatus", "assumed", "404 for a commit that the repository never had; a hash can be cut to seven digits"),
  row("updateBuildStatus", "documented", "200; 404 for an unknown key, which is assumed"),
];

const REPORTS: readonly Coverage[] = [
  row("listReports", "documented", "paged"),
  row("putReport", "documented", "200; the scope for reading repositories is enough"),
  row("putReport", "recorded", "title, details and report_type are required; at most ten data fields"),
  row("putReport", "recorded", "a replaced report keeps its annotations"),
  row("putReport", "assumed", "at most 450 characters in title, 2,000 in details"),
  row("putReport", "assumed", "the number of reports of a commit is not limited; switch report-limit"),
  row("putReport", "assumed", "every 400 and 404 has a code and a message without envelope"),
  row("getReport", "documented", "by the id of the path, or by UUID"),
  row("deleteReport", "documented", "204; with its annotations"),
  row("listAnnotations", "documented", "paged"),
  row("createAnnotations", "documented", "a list of 1 to 100; at most 1,000 per report; switch annotation-limit"),
  row("createAnnotations", "recorded", "for more than 100, 400 with a code and a message without envelope"),
  row("createAnnotations", "recorded", "400 if it is empty or has more than 450 characters", "summary"),
  row("createAnnotations", "documented", "unique in the report; the same id overwrites, which is assumed", "external_id"),
  row("createAnnotations", "documented", "from 1", "line"),
  row("createAnnotations", "assumed", "one invalid annotation, or one too many, refuses the whole request"),
  row("getAnnotation", "documented", "by the id of the caller, or by UUID"),
  row("putAnnotation", "documented", "creates or overwrites one"),
  row("deleteAnnotation", "documented", "204"),
];

const PIPELINES: readonly Coverage[] = [
  row("Pipelines proxy", "recorded", "http://api.bitbucket.org/2.0/… in absolute form needs no credential for Code Insights"),
  row("Pipelines proxy", "recorded", "cannot create or change build statuses; the 403 is assumed"),
  row("Pipelines proxy", "assumed", "no comments on pull requests; switch proxy-comments"),
  row("Pipelines proxy", "assumed", "scopes repository:write and pullrequest on repositories of which a step has started; 403 for /user"),
  row("Pipelines proxy", "assumed", "links in responses have https, so a caller cannot follow them through the proxy; switch proxy-links"),
  row("Pipelines proxy", "assumed", "replaces a credential that the caller sends; 405 to CONNECT; 502 for other hosts"),
  row("Pipelines variables", "documented", "names and when they are set; BITBUCKET_PR_ID only for builds of pull requests"),
  row("Pipelines variables", "assumed", "the values of BITBUCKET_CLONE_DIR and the two origins of Git"),
];

export const REVIEW_COVERAGE: readonly Coverage[] = [
  row("listPullRequests", "documented", "paged, at most 50; parameters state, q and sort; open ones by default"),
  row("listPullRequests", "assumed", "the fields that can be filtered and sorted by; newest first; a state in q replaces the default", "q"),
  row("getPullRequest", "documented", "with branch and commit of source and destination; commits have 12 digits"),
  ...COMMENTS,
  ...STATUSES,
  ...REPORTS,
  ...PIPELINES,
];
