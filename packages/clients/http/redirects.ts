/** Redirects: followed only within one origin, so that a credential never reaches another address. */
import { parsedUrl } from "../../domain";
import type { Execution } from "../../diagnostics";
import type { RawResponse } from "./connection";
import { redirectProblem } from "./problems";
import { operationOf, summarize, type HttpRequest, type RequestContext } from "./request";

const MAX_REDIRECTS = 5;

const REDIRECTS = [301, 302, 303, 307, 308];
/** A write is sent again only after these. */
const REDIRECTS_THAT_KEEP_THE_METHOD = [307, 308];
/** Some servers send these after they have executed a write. */
const REDIRECTS_AFTER_EXECUTION = [302, 303];

/**
 * Sends a request until the response is not a redirect. Returns it with the request that led to it.
 * @throws Problem `remote-redirect`
 */
export async function followRedirects(
  first: HttpRequest,
  context: RequestContext,
  send: (request: HttpRequest) => Promise<RawResponse>,
): Promise<{ readonly request: HttpRequest; readonly response: RawResponse }> {
  let request = first;
  for (let redirects = 0; ; redirects += 1) {
    const response = await send(request);
    if (!REDIRECTS.includes(response.status)) return { request, response };
    const target = targetOf(response, request.url);
    if (target === undefined || redirects >= MAX_REDIRECTS || !mayFollow(request, response.status, target)) {
      throw redirectProblem(response, summarize(request, context, executionAfter(request, response.status)), target);
    }
    // Messages and the log keep the name of what was requested first.
    request = { ...request, operation: operationOf(request), url: target };
  }
}

function targetOf({ headers: { location } }: RawResponse, from: URL): URL | undefined {
  return location === undefined ? undefined : parsedUrl(location, from.href);
}

function mayFollow({ access, url }: HttpRequest, status: number, target: URL): boolean {
  return target.origin === url.origin && (access === "read" || REDIRECTS_THAT_KEEP_THE_METHOD.includes(status));
}

function executionAfter({ access }: HttpRequest, status: number): Execution {
  return access === "write" && REDIRECTS_AFTER_EXECUTION.includes(status) ? "unknown" : "no";
}
