// How certain each point is of what the sandbox emulates for reviews: comments on pull requests, build statuses and reports.
import { type Coverage, row } from "../../core/coverage-row";

const COMMENTS: readonly Coverage[] = [
  row("listActivities", "documented", "paged, newest first"),
  row("listActivities", "recorded", "COMMENTED with the comment and its replies; the specification omits the comment", "comment"),
  row("listActivities", "assumed", "besides COMMENTED only OPENED, MERGED and DECLINED; a deleted comment disappears"),
  row("listComments", "documented", "only comments on the file of the parameter path, which is required"),
  row("getComment", "documented", "404 for an unknown and a deleted comment; exception and wording are assumed"),
  row("createComment", "documented", "201; fields text, parent, severity, state, anchor; 409 for an archived repository"),
  row(
    "createComment",
    "recorded",
    "400 for an empty text and for one with more than 32,768 characters; that exactly 32,768 are accepted is assumed; switch comment-limit",
    "text",
  ),
  row("createComment", "documented", "NORMAL, or BLOCKER for a task", "severity"),
  row(
    "createComment",
    "assumed",
    "the sandbox delivers no event for it, which Bitbucket does; the action comment of the control path delivers one",
  ),
  row("updateComment", "documented", "409 if version is stale; 409 if it is absent, exceptions and wording are assumed", "version"),
  row("updateComment", "assumed", "only the author can change the text; 401 for others"),
  row("updateComment", "assumed", "someone else changes the comment just before the request; switch comment-conflict"),
  row("deleteComment", "documented", "204; 409 with replies, and for a stale version"),
  row("deleteComment", "assumed", "for the author and administrators of the repository; 401 for others"),
];

const STATUSES: readonly Coverage[] = [
  row("createBuildStatus", "documented", "204; key, state and url are required; from 7.4 on, which is assumed"),
  row("createBuildStatus", "documented", "lengths of key, name, url, ref, parent and buildNumber; that of description is assumed"),
  row("createBuildStatus", "assumed", "404 for a commit that the repository never had; read access is enough"),
  row("getBuildStatus", "documented", "parameter key; keys of the response are assumed"),
  row("deleteBuildStatus", "documented", "204"),
];

const REPORTS: readonly Coverage[] = [
  row("listReports", "assumed", "paged"),
  row("putReport", "documented", "200; title is required; result PASS or FAIL; lengths of title, details and reporter"),
  row("putReport", "documented", "required by the schema, at most six; switch report-data", "data"),
  row("putReport", "recorded", "401 for a report of another user"),
  row("putReport", "assumed", "a replaced report keeps its annotations; read access is enough"),
  row("getReport", "documented", "keys as sent; author is assumed"),
  row("deleteReport", "documented", "204, also if it does not exist, which is assumed; 401 for a report of another user, which is assumed"),
  row("listAnnotations", "assumed", "all annotations at once"),
  row("createAnnotations", "documented", "204; message and severity are required; lengths; line from 0"),
  row("createAnnotations", "recorded", "more than 1,000 per report refuse the whole request; switch annotation-limit; assumed wording"),
  row("createAnnotations", "recorded", "annotations that exist already are added again"),
  row("createAnnotations", "assumed", "401 for a report of another user"),
  row("putAnnotation", "documented", "204; creates or replaces one"),
  row("deleteAnnotations", "documented", "204; parameter externalId; without it, all"),
];

export const REVIEW_COVERAGE: readonly Coverage[] = [...COMMENTS, ...STATUSES, ...REPORTS];
