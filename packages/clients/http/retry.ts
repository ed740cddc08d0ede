/** Which failures allow a second attempt. A write is repeated only if the first one was certainly not executed. */
import { Problem, type Execution } from "../../diagnostics";
import { ExchangeFailure, type RawResponse } from "./connection";
import { pause } from "./pause";
import { cancellationProblem, connectionProblem, serverErrorProblem } from "./problems";
import { backoff, requestedWait, sendWithinRateLimit } from "./rate-limit";
import { redactBody } from "./redaction";
import { summarize, type HttpRequest, type RequestContext } from "./request";

/** A failure that is not a result of the remote system. A 429 is not among them: rate-limit.ts waits for it. */
export type FailureClass =
  | "unsendable"
  | "unknown-host"
  | "certificate"
  | "not-sent"
  | "no-response"
  | "canceled"
  | "timeout-response"
  | "not-implemented"
  | "server-error";

interface RetryRule {
  readonly read: "retry" | "stop";
  readonly write: "retry" | "stop";
  /** Whether a write may have been executed despite the failure. */
  readonly execution: Execution;
}

/**
 * | Failure | read | write | executed? | reason |
 * |---|---|---|---|---|
 * | a value that HTTP cannot carry | stop | stop | no | it is wrong every time |
 * | the host name does not exist | stop | stop | no | DNS has responded: the address is wrong |
 * | the certificate is not trusted | stop | stop | no | the handshake comes before the request and fails again |
 * | refused, unreachable, reset, or timed out before the request was sent | retry | retry | no | no byte has left this process |
 * | reset, timed out, or cut off after it was sent | retry | stop | unknown | it may have arrived |
 * | canceled by the engine | stop | stop | unknown | it may have arrived |
 * | 408 | retry | stop | unknown | a proxy also sends it for a slow server |
 * | 501 | stop | stop | no | the server says that it does not offer the operation |
 * | any other 5xx, including 503 with Retry-After | retry | stop | unknown | caches add Retry-After to the 503 that they send when their server breaks the connection |
 */
const RETRY_RULES: Readonly<Record<FailureClass, RetryRule>> = {
  unsendable: { read: "stop", write: "stop", execution: "no" },
  "unknown-host": { read: "stop", write: "stop", execution: "no" },
  certificate: { read: "stop", write: "stop", execution: "no" },
  "not-sent": { read: "retry", write: "retry", execution: "no" },
  "no-response": { read: "retry", write: "stop", execution: "unknown" },
  canceled: { read: "stop", write: "stop", execution: "unknown" },
  "timeout-response": { read: "retry", write: "stop", execution: "unknown" },
  "not-implemented": { read: "stop", write: "stop", execution: "no" },
  "server-error": { read: "retry", write: "stop", execution: "unknown" },
};

const MAX_ATTEMPTS = 4;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/** Codes of Node.js and OpenSSL for a certificate that is not trusted. */
const CERTIFICATE_CODE =
  /^(CERT_|ERR_TLS_CERT|ERR_SSL_|EPROTO$|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$|PATH_LENGTH_EXCEEDED$|INVALID_PURPOSE$)/;

/**
 * Sends a request until it has a result: a success, a redirect, or an error of the remote system.
 * @throws Problem `remote-unreachable`, `remote-response-invalid`, `remote-request-rejected` (501), and those of sendWithinRateLimit
 */
export async function sendWithRetries(request: HttpRequest, context: RequestContext): Promise<RawResponse> {
  for (;;) {
    const outcome = await sendWithinRateLimit(request, context);
    const failure = classifyFailure(outcome);
    // An ExchangeFailure always has a class.
    if (failure === undefined) return outcome as RawResponse;
    await waitBeforeRetry(request, context, outcome, failure);
    context.progress.attempt += 1;
  }
}

/** @throws Problem if the failure allows no further attempt */
async function waitBeforeRetry(
  request: HttpRequest,
  context: RequestContext,
  outcome: RawResponse | ExchangeFailure,
  failure: FailureClass,
): Promise<void> {
  const { settings, secrets, progress } = context;
  const rule = RETRY_RULES[failure];
  const mayBeExecuted = request.access === "write" && (!(outcome instanceof ExchangeFailure) || outcome.sent);
  const summary = summarize(request, context, mayBeExecuted ? rule.execution : "no");
  if (failure === "canceled") throw cancellationProblem(summary);
  const createProblem = () =>
    outcome instanceof ExchangeFailure
      ? connectionProblem(outcome, summary, failure, progress.attempt)
      : serverErrorProblem(redactBody(secrets, outcome), summary, progress.attempt);
  if (rule[request.access] !== "retry" || progress.attempt >= MAX_ATTEMPTS) throw createProblem();
  const requested = outcome instanceof ExchangeFailure ? 0 : (requestedWait(outcome.headers, Date.now()) ?? 0);
  if (requested > 0 && progress.waitedMs + requested > settings.rateLimitMaxWaitMs) throw createProblem();
  if (requested > 0)
    settings.onWait?.({ system: context.system, host: request.url.host, waitedMs: progress.waitedMs, neededMs: requested });
  const wait = backoff(settings.firstRetryMs ?? FIRST_RETRY_MS, progress.attempt - 1, LONGEST_RETRY_MS);
  await pause(Math.max(wait, requested), settings.signal, summary);
  progress.waitedMs += requested;
}

/** Undefined for a result: a success, a redirect, or an error of the remote system. */
function classifyFailure(outcome: RawResponse | ExchangeFailure): FailureClass | undefined {
  if (outcome instanceof ExchangeFailure) {
    if (outcome.code === "CANCELED") return "canceled";
    if (outcome.sent) return "no-response";
    if (outcome.code === "UND_ERR_INVALID_ARG") return "unsendable";
    if (outcome.code === "ENOTFOUND") return "unknown-host";
    return CERTIFICATE_CODE.test(outcome.code) ? "certificate" : "not-sent";
  }
  if (outcome.status === 408) return "timeout-response";
  if (outcome.status === 501) return "not-implemented";
  return outcome.status >= 500 ? "server-error" : undefined;
}

/**
 * Whether the remote system may still be executing a request, because it only timed out (here, or at a proxy).
 * In that case a lookup that finds nothing proves nothing, and a second attempt could run in parallel with the first.
 */
export function mayStillRun(failure: unknown): boolean {
  if (!(failure instanceof Problem) || failure.execution !== "unknown") return false;
  const { cause, status } = failure;
  return cause instanceof ExchangeFailure ? cause.code === "TIMEOUT" : status === 408 || status === 504;
}
