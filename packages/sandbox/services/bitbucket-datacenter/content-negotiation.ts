// What the server looks at before an operation: types of bodies, types of responses, and requests that a page of another site could have made.
import type { SandboxRequest, SandboxResponse } from "../../core/service";
import { errors } from "./errors";

const WRITES = new Set(["POST", "PUT", "DELETE"]);
const FORMS = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/** Without Accept everything is JSON. */
function acceptsJson(request: SandboxRequest): boolean {
  const accept = request.headers["accept"];
  return accept === undefined || accept.trim() === "" || /(^|[\s,])(application\/json|application\/\*|\*\/\*)/i.test(accept);
}

/** Undefined when the request can be understood, and its response too. */
export function rejectContent(request: SandboxRequest): SandboxResponse | undefined {
  const type = request.headers["content-type"] ?? "";
  if (WRITES.has(request.method) && isCrossSite(request, type)) return errors.crossSiteRequest();
  if (!acceptsJson(request)) return errors.notAcceptable();
  if (request.body.length > 0 && !/^application\/json\b/i.test(type)) return errors.frameworkError(415);
  return undefined;
}

/** The bare object of the REST framework, in XML for those who do not take JSON. */
export function frameworkErrorFor(status: 404 | 405, request: SandboxRequest): SandboxResponse {
  return errors.frameworkError(status, acceptsJson(request) ? "json" : "xml");
}

/** What a browser could be made to send needs the header that it could not: assumed in detail. */
function isCrossSite(request: SandboxRequest, type: string): boolean {
  const mark = request.headers["x-atlassian-token"]?.toLowerCase();
  if (mark === "no-check" || mark === "nocheck") return false;
  return FORMS.test(type) || /\bMozilla\//.test(request.headers["user-agent"] ?? "");
}
