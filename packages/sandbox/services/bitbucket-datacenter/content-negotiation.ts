// Checks before an operation runs: the content types of the body and the response, and protection against cross-site requests.
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
export function findContentProblem(request: SandboxRequest): SandboxResponse | undefined {
  const type = request.headers["content-type"] ?? "";
  if (WRITES.has(request.method) && isCrossSite(request, type)) return errors.crossSiteRequest();
  if (!acceptsJson(request)) return errors.notAcceptable();
  if (request.body.length > 0 && !/^application\/json\b/i.test(type)) return errors.frameworkError(415);
  return undefined;
}

/** The error object of the REST framework, in XML for clients that do not accept JSON. */
export function createFrameworkError(status: 404 | 405, request: SandboxRequest): SandboxResponse {
  return errors.frameworkError(status, acceptsJson(request) ? "json" : "xml");
}

/** A page of another site can make a browser send such a request, but cannot set X-Atlassian-Token. The details are assumed. */
function isCrossSite(request: SandboxRequest, type: string): boolean {
  const token = request.headers["x-atlassian-token"]?.toLowerCase();
  if (token === "no-check" || token === "nocheck") return false;
  return FORM_TYPES.test(type) || /\bMozilla\//.test(request.headers["user-agent"] ?? "");
}
