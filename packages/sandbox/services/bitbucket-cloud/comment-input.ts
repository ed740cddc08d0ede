// Reads the body of a request that creates or changes a comment.
import { findComment, type NewComment } from "../../core/comment";
import { EarlyResponse } from "../../core/early-response";
import { isJsonObject, type JsonObject } from "../../core/json-body";
import type { PullRequest } from "../../core/pull-request";
import { errors } from "./errors";
import { FieldChecks } from "./field-checks";
import type { RequestContext } from "./request-context";

const LINE_FIELDS = ["to", "from", "start_to", "start_from"] as const;

/** `content.raw`. @throws EarlyResponse 400; in HTML if the text is too long */
export function parseText(context: RequestContext): string {
  const { content } = context.jsonObject();
  const raw = isJsonObject(content) ? content["raw"] : undefined;
  if (typeof raw !== "string" || raw.trim() === "") {
    throw new EarlyResponse(errors.invalidFields({ "content.raw": ["This field is required."] }));
  }
  if (raw.length > context.state.switches["comment-ceiling"]) throw new EarlyResponse(errors.htmlBadRequest());
  return raw;
}

/** @throws EarlyResponse 400 */
export function parseNewComment(context: RequestContext, pullRequest: PullRequest): Omit<NewComment, "author"> {
  const text = parseText(context);
  const body = context.jsonObject();
  return {
    text,
    parent: parseParent(body["parent"], pullRequest),
    place: parseInline(body["inline"]),
    state: body["pending"] === true ? "PENDING" : "OPEN",
  };
}

function parseParent(parent: unknown, pullRequest: PullRequest): number | null {
  if (parent === undefined || parent === null) return null;
  const id = isJsonObject(parent) ? parent["id"] : undefined;
  const found = typeof id === "number" ? findComment(pullRequest, `${id}`) : undefined;
  if (found === undefined) throw new EarlyResponse(errors.invalidFields({ parent: ["There is no such comment."] }));
  return found.id;
}

function parseInline(inline: unknown): JsonObject | undefined {
  if (inline === undefined || inline === null) return undefined;
  const body = isJsonObject(inline) ? inline : {};
  const checks = new FieldChecks(body);
  const path = checks.text("path", { required: true });
  const lines = LINE_FIELDS.map((name) => [name, checks.wholeNumber(name, 1) ?? null] as const);
  if (checks.failed) throw new EarlyResponse(errors.invalidFields(checks.messages));
  return { path, ...Object.fromEntries(lines) };
}
