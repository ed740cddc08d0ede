// Checks before an operation runs: content types of bodies and responses, and requests that a page of another site could have made.
import type { SandboxRequest, SandboxResponse } from "../../core/service";
import { errors } from "./errors";

const WRITES = new Set(["POST", "PUT", "DELETE"]);
const FORM_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/** Without Accept, responses are JSON. */
function acceptsJson(request: SandboxRequest): boolean {
  const accept = request.headers["accept"];
  return accept === undefined || accept.trim() === "" || /(^|[\s,])(application\/json|application\/\*|\*\/\*)/i.test(accept);
}

/** The error response, or undefined if the request can be processed. */
export function rejectContent(request: SandboxRequest): SandboxResponse | undefined {
  const type = request.headers["content-type"] ?? "";
  if (WRITES.has(request.method) && isCrossSite(request, type)) return errors.crossSiteRequest();
  if (!acceptsJson(request)) return errors.notAcceptable();
  if (request.body.length > 0 && !/^application\/json\b/i.test(type)) return errors.frameworkError(415);
  return undefined;
}

/** The error object of the REST framework, in XML for clients that do not accept JSON. */
export function frameworkErrorFor(status: 404 | 405, request: SandboxRequest): SandboxResponse {
  return errors.frameworkError(status, acceptsJson(request) ? "json" : "xml");
}

/** A request that a page could make a browser send must have X-Atlassian-Token, which the page cannot set. The details are assumed. */
function isCrossSite(request: SandboxRequest, type: string): boolean {
  const token = request.headers["x-atlassian-token"]?.toLowerCase();
  if (token === "no-check" || token === "nocheck") return false;
  return FORM_TYPES.test(type) || /\bMozilla\//.test(request.headers["user-agent"] ?? "");
}
