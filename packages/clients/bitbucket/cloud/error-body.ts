/** The error bodies of Bitbucket Cloud, in all their shapes. */
import { asList, asObject, asText, asTexts, type JsonObject } from "../../http/json";
import type { HttpResponse } from "../../http/request";
import type { ErrorMessages } from "../error-rules";

const MAX_PLAIN_TEXT = 300;

export interface ErrorBody extends ErrorMessages {
  readonly requiredScopes: readonly string[];
  readonly grantedScopes: readonly string[];
  /** The address at which the removal of an operation was announced. */
  readonly announcement: string | null;
}

/** `error` is an object or a text, `detail` a text or an object, the value of a field a text or a list. Plain text and empty bodies occur too. */
export function parseErrorBody(response: HttpResponse): ErrorBody {
  const body = asObject(response.body);
  const error = asObject(body?.["error"]);
  const detail = asObject(error?.["detail"]);
  return {
    message: messageIn(body, error) || plainText(response) || null,
    fields: Object.entries(asObject(error?.["fields"]) ?? {}).map(([name, reasons]) => `${name}: ${joinReasons(reasons)}`),
    requiredScopes: asTexts(detail?.["required"]),
    grantedScopes: asTexts(detail?.["granted"]),
    announcement: asText(asObject(error?.["data"] ?? body?.["data"])?.["announcement_url"]),
  };
}

/** 404 or 410 with Bitbucket's own error body. Neither a proxy's page nor the response of an operation that was removed from the API counts. */
export function isGone(response: HttpResponse): boolean {
  if (response.status !== 404 && response.status !== 410) return false;
  const body = asObject(response.body);
  const isBitbucketError = asObject(body?.["error"]) !== undefined || asList(body?.["errors"]) !== undefined;
  return isBitbucketError && parseErrorBody(response).announcement === null;
}

function messageIn(body: JsonObject | undefined, error: JsonObject | undefined): string {
  const message = asText(error?.["message"]) ?? asText(body?.["error"]) ?? asText(body?.["message"]);
  return [message, asText(error?.["detail"])].filter((part) => part !== null && part !== "").join(" ");
}

function joinReasons(reasons: unknown): string {
  return asText(reasons) ?? asTexts(reasons).join(" ");
}

function plainText({ body, text }: HttpResponse): string {
  if (body !== undefined || /^\s*</.test(text)) return "";
  return text.replaceAll(/\s+/g, " ").trim().slice(0, MAX_PLAIN_TEXT);
}
