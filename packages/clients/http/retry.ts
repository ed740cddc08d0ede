/** Which failure allows a second try. The rule: a write is repeated only when the first one certainly did not execute. */
import { Problem, type Execution } from "../../diagnostics";
import { ExchangeFailure, type RawAnswer } from "./connection";

/** What can go wrong below the meaning of an answer. */
export type FailureName =
  | "unsendable"
  | "name-unknown"
  | "certificate"
  | "not-sent"
  | "not-answered"
  | "cancelled"
  | "limited"
  | "request-timeout"
  | "not-implemented"
  | "server-error";

interface Rule {
  /** `again`: after a short wait. `wait`: as long as the rate limit lasts. `stop`: not at all. */
  readonly read: "again" | "wait" | "stop";
  readonly write: "again" | "wait" | "stop";
  /** Whether a write may have been executed all the same. */
  readonly execution: Execution;
}

/**
 * | Failure | read | write | executed? | because |
 * |---|---|---|---|---|
 * | a value that HTTP cannot carry | stop | stop | no | it is wrong every time |
 * | the host name does not exist | stop | stop | no | the name service has answered; it is a wrong address |
 * | the certificate is not trusted | stop | stop | no | the handshake comes before the request, and it fails again |
 * | refused, unreachable, reset, timed out before the request was sent | again | again | no | no byte has left this process |
 * | reset, timed out, cut off after it was sent | again | stop | unknown | it may have arrived |
 * | 408 | again | stop | unknown | a proxy writes it for a slow server as well |
 * | 429 | wait | wait | no | limits are judged before anything else |
 * | 501 | stop | stop | no | the server says that it cannot |
 * | any other 5xx, 503 with Retry-After too | again | stop | unknown | caches add Retry-After to the 503 that they write when their server breaks off |
 */
export const RETRY_RULES: Readonly<Record<FailureName, Rule>> = {
  unsendable: { read: "stop", write: "stop", execution: "no" },
  "name-unknown": { read: "stop", write: "stop", execution: "no" },
  certificate: { read: "stop", write: "stop", execution: "no" },
  "not-sent": { read: "again", write: "again", execution: "no" },
  "not-answered": { read: "again", write: "stop", execution: "unknown" },
  cancelled: { read: "stop", write: "stop", execution: "unknown" },
  limited: { read: "wait", write: "wait", execution: "no" },
  "request-timeout": { read: "again", write: "stop", execution: "unknown" },
  "not-implemented": { read: "stop", write: "stop", execution: "no" },
  "server-error": { read: "again", write: "stop", execution: "unknown" },
};

/** Codes of Node.js and OpenSSL for a certificate that is not trusted. */
const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|ERR_SSL_|EPROTO$|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_IN_CHAIN$|UNABLE_TO_|HOSTNAME_MISMATCH$|INVALID_CA$|PATH_LENGTH_EXCEEDED$|INVALID_PURPOSE$)/;

/** Names the failure of an exchange; undefined for an answer that means something. */
export function failureOf(outcome: RawAnswer | ExchangeFailure): FailureName | undefined {
  if (outcome instanceof ExchangeFailure) {
    if (outcome.code === "CANCELLED") return "cancelled";
    if (outcome.sent) return "not-answered";
    if (outcome.code === "UND_ERR_INVALID_ARG") return "unsendable";
    if (outcome.code === "ENOTFOUND") return "name-unknown";
    return CERTIFICATE.test(outcome.code) ? "certificate" : "not-sent";
  }
  if (outcome.status === 429) return "limited";
  if (outcome.status === 408) return "request-timeout";
  if (outcome.status === 501) return "not-implemented";
  return outcome.status >= 500 ? "server-error" : undefined;
}

/**
 * Whether a request that was not answered may be under way still, because only the time was up (ours, or that of a server in between).
 * A look that finds nothing proves nothing then, and a second try could be carried out beside the first.
 */
export function mayStillRun(failure: unknown): boolean {
  if (!(failure instanceof Problem) || failure.execution !== "unknown") return false;
  const { cause, status } = failure;
  return cause instanceof ExchangeFailure ? cause.code === "TIMEOUT" : status === 408 || status === 504;
}
