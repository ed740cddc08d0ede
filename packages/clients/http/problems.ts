/** Failures of a request as Problems: no connection, no response, no JSON, a redirect, a rate limit, a cancellation. */
import { problem } from "../../domain";
import type { FailureDetails, Problem } from "../../diagnostics";
import type { ExchangeFailure, RawResponse } from "./connection";
import type { RequestSummary } from "./request";
import type { FailureClass } from "./retry";
import { tlsCause } from "./trust-problem";

const PROXY_HINT = "If requests go through a proxy, check HTTP_PROXY, HTTPS_PROXY, and NO_PROXY.";
const MAX_EXCERPT = 200;

/** No connection, or no complete response. */
export function connectionProblem(
  failure: ExchangeFailure,
  request: RequestSummary,
  failureClass: FailureClass,
  attempts: number,
): Problem {
  const details: FailureDetails = { kind: "transport", execution: request.execution, cause: failure };
  if (failureClass === "unsendable") return unsendableProblem(failure, request);
  if (failureClass === "certificate") return problem("remote-unreachable", tlsCause(failure, request, PROXY_HINT), details);
  const fix = failure.sent
    ? `Check whether ${request.url.host} is slow or overloaded, then run the command again. Increase request_timeout to allow more time. ${PROXY_HINT}`
    : `Check the address ${request.url.origin} and the network where the provider runs. ${PROXY_HINT}`;
  const reason = `${describeAttempts(attempts)}: ${failure.message} (${failure.code})`;
  return problem(
    "remote-unreachable",
    { why: `${describeTarget(request)} did not respond to "${request.operation}"${reason}.${executionNote(request)}`, fix },
    details,
  );
}

function unsendableProblem(failure: ExchangeFailure, request: RequestSummary): Problem {
  return problem(
    "provider-setting-invalid",
    {
      why: `The request "${request.operation}" to ${describeTarget(request)} cannot be sent: ${failure.message}.`,
      fix: `Check the credential for ${request.system}. It contains a line break or another character that HTTP cannot carry, often at its end.`,
    },
    { kind: "bad-input", execution: "no" },
  );
}

/** The engine asked to stop. */
export function cancellationProblem(request: RequestSummary): Problem {
  return problem(
    "operation-canceled",
    {
      why: `The engine asked to stop during "${request.operation}" to ${describeTarget(request)}.${executionNote(request)}`,
      fix: "Run the command again when you are ready.",
    },
    { kind: "canceled", execution: request.execution },
  );
}

/** 408, 501, and all other 5xx. */
export function serverErrorProblem(response: RawResponse, request: RequestSummary, attempts: number): Problem {
  const why = `${describeTarget(request)} responded to "${request.operation}" with status ${response.status}${describeAttempts(attempts)}${quoteBody(response)}.${executionNote(request)}`;
  const details = { execution: request.execution, status: response.status };
  if (response.status === 501) {
    const fix = `Check that ${addressOf(request)} is the address of ${request.system}'s API. This server does not offer the operation.`;
    return problem("remote-request-rejected", { why, fix }, { kind: "bad-input", ...details });
  }
  const fix = `Check the status page of ${request.system}, then run the command again. ${PROXY_HINT}`;
  return problem("remote-response-invalid", { why, fix }, { kind: "transport", ...details });
}

/** The rate limit requires a longer wait than the setting allows. */
export function rateLimitProblem(request: RequestSummary, waitedMs: number, neededMs: number, allowedMs: number): Problem {
  return problem(
    "remote-rate-limited",
    {
      why: `${describeTarget(request)} limits requests: "${request.operation}" has waited ${formatSeconds(waitedMs)} and would have to wait another ${formatSeconds(neededMs)}; rate_limit_max_wait allows ${formatSeconds(allowedMs)}.`,
      fix: "Run the command later, increase rate_limit_max_wait (or BITLIFT_RATE_LIMIT_MAX_WAIT), or let fewer programs use this credential.",
    },
    { kind: "rate-limited", execution: "no", status: 429 },
  );
}

/** A redirect that must not, or cannot, be followed. */
export function redirectProblem(response: RawResponse, request: RequestSummary, target: URL | undefined): Problem {
  const destination = target === undefined ? "without a target" : `to ${target.origin}${target.pathname}`;
  return problem(
    "remote-redirect",
    {
      why: `${describeTarget(request)} redirected "${request.operation}" with status ${response.status} ${destination}. ${redirectRule(request, target)}`,
      fix: redirectHint(request, target),
    },
    { kind: "transport", execution: request.execution, status: response.status },
  );
}

function redirectRule(request: RequestSummary, target: URL | undefined): string {
  if (target !== undefined && target.origin !== request.url.origin) return "A credential is never sent to another address.";
  if (request.method === "GET") return "Redirects are followed only a few times, and only within one server.";
  return "A change is not sent again to another address.";
}

function redirectHint({ system, url }: RequestSummary, target: URL | undefined): string {
  if (target === undefined) return `Check the address ${url.origin}.`;
  const otherwise = `Otherwise check any proxy between this machine and ${url.host}.`;
  if (target.origin !== url.origin) return `If ${target.origin} is correct, configure it as the address of ${system}. ${otherwise}`;
  // A server whose address lacks its context path redirects to the same path below the context path.
  if (target.pathname !== url.pathname && target.pathname.endsWith(url.pathname)) {
    const base = `${url.origin}${target.pathname.slice(0, -url.pathname.length)}`;
    return `If ${system} is at ${base}, configure that as its address. ${otherwise}`;
  }
  return `If the requested object has a new name or address, use it in the configuration. ${otherwise}`;
}

/** A response that is not JSON, or not the expected JSON. `what` continues the sentence "…responded". */
export function unusableResponseProblem(request: RequestSummary, what: string, status?: number): Problem {
  return problem(
    "remote-response-invalid",
    {
      why: `${describeTarget(request)} responded to "${request.operation}" ${what}.${executionNote(request)}`,
      fix: `Check that ${addressOf(request)} is the address of ${request.system}'s API, and that no proxy or login page responds instead.`,
    },
    { kind: "transport", execution: request.execution, status },
  );
}

/** What was sent instead of JSON: `an HTML page`. */
export function describeBody(response: RawResponse): string {
  if (isHtml(response)) return "an HTML page";
  if (response.text.trim() === "") return "an empty body";
  return `a body that is not JSON (${response.headers["content-type"] ?? "no content type"})`;
}

function isHtml(response: RawResponse): boolean {
  return /\bhtml\b/i.test(response.headers["content-type"] ?? "") || /^\s*<(!doctype|html)/i.test(response.text);
}

function quoteBody(response: RawResponse): string {
  if (isHtml(response)) return ", an HTML page";
  const text = response.text.replaceAll(/\s+/g, " ").trim();
  return text === "" ? "" : `: ${text.length > MAX_EXCERPT ? `${text.slice(0, MAX_EXCERPT)}…` : text}`;
}

/** Follows every message about a write that may have been executed. */
function executionNote({ execution }: RequestSummary): string {
  return execution === "unknown" ? " It is not known whether the request was executed." : "";
}

function describeTarget({ system, url }: RequestSummary): string {
  return `${system} (${url.host})`;
}

function addressOf({ url }: RequestSummary): string {
  return `${url.origin}${url.pathname}`;
}

function describeAttempts(attempts: number): string {
  return attempts > 1 ? ` (${attempts} attempts)` : "";
}

function formatSeconds(ms: number): string {
  return `${Math.ceil(ms / 1_000)} s`;
}
