// Reads the body of a request that creates or changes a comment.
import { type Comment, findComment, type NewComment } from "../../core/comment";
import { EarlyResponse } from "../../core/early-response";
import { isJsonObject, type JsonObject } from "../../core/json-body";
import type { PullRequest } from "../../core/pull-request";
import { errors } from "./errors";
import type { RequestContext } from "./request-context";

const SEVERITIES = ["NORMAL", "BLOCKER"] as const;
const STATES = ["OPEN", "RESOLVED", "PENDING"] as const;

/** @throws EarlyResponse 400 */
export function parseNewComment(context: RequestContext, pullRequest: PullRequest): Omit<NewComment, "author"> {
  const body = context.jsonObject();
  return {
    text: parseText(context, body["text"]),
    severity: parseChoice(body, "severity", SEVERITIES) ?? "NORMAL",
    state: parseChoice(body, "state", STATES) ?? "OPEN",
    parent: parseParent(body["parent"], pullRequest),
    place: parseAnchor(body["anchor"]),
  };
}

/** Absent fields keep their values. @throws EarlyResponse 400 */
export function parseCommentChanges(context: RequestContext): Partial<Pick<Comment, "text" | "severity" | "state">> {
  const body = context.jsonObject();
  const severity = parseChoice(body, "severity", SEVERITIES);
  const state = parseChoice(body, "state", STATES);
  return {
    ...(body["text"] === undefined ? {} : { text: parseText(context, body["text"]) }),
    ...(severity === undefined ? {} : { severity }),
    ...(state === undefined ? {} : { state }),
  };
}

/** An empty text and one that is too long get the same response. */
function parseText({ state }: RequestContext, text: unknown): string {
  const limit = state.switches["comment-limit"];
  if (typeof text === "string" && text.trim() !== "" && text.length <= limit) return text;
  throw new EarlyResponse(errors.invalidText(limit));
}

function parseChoice<Word extends string>(body: JsonObject, name: string, words: readonly Word[]): Word | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw new EarlyResponse(errors.invalid({ context: name, message: `${name} must be one of: ${words.join(", ")}` }));
}

function parseParent(parent: unknown, pullRequest: PullRequest): number | null {
  if (parent === undefined || parent === null) return null;
  const id = isJsonObject(parent) ? parent["id"] : undefined;
  const found = typeof id === "number" ? findComment(pullRequest, `${id}`) : undefined;
  if (found === undefined || found.deleted)
    throw new EarlyResponse(errors.commentNotFound(typeof id === "number" ? `${id}` : "without an id"));
  return found.id;
}

function parseAnchor(anchor: unknown): JsonObject | undefined {
  if (anchor === undefined || anchor === null) return undefined;
  if (isJsonObject(anchor) && typeof anchor["path"] === "string" && anchor["path"] !== "") return anchor;
  throw new EarlyResponse(errors.invalid({ context: "anchor", message: "The path of the anchor is required." }));
}
