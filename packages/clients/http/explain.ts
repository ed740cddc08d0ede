/** A failure below the meaning of an answer, as a Problem: no connection, no answer, no JSON, a redirect, a limit, a cancellation. */
import { problem } from "../../domain";
import type { Execution, Problem } from "../../diagnostics";
import type { ExchangeFailure, RawAnswer } from "./connection";
import type { FailureName } from "./retry";

/** What a message says about the request. */
export interface Asked {
  /** `Spacelift`, `Bitbucket Cloud`. */
  readonly system: string;
  readonly url: URL;
  readonly method: string;
  /** What was wanted, as the log names it: a GraphQL operation, or method and path. */
  readonly operation: string;
  readonly execution: Execution;
  /** Undefined where the system has no setting for an authority of its own; null where it has, and nothing is set. */
  readonly caCertificate?: string | null | undefined;
}

const PROXY_HINT = "If a proxy stands in between, check HTTPS_PROXY and NO_PROXY.";

/** What a person has to know about a write whose fate is open. */
function fate(asked: Asked): string {
  return asked.execution === "unknown" ? " Whether it was carried out is not known." : "";
}

function place(asked: Asked): string {
  return `${asked.system} (${asked.url.host})`;
}

/** No connection, or no complete answer. */
export function explainExchange(failure: ExchangeFailure, asked: Asked, name: FailureName, attempts: number): Problem {
  const details = { kind: "transport", execution: asked.execution, cause: failure } as const;
  const tried = attempts > 1 ? ` (${String(attempts)} attempts)` : "";
  if (name === "unsendable") {
    return problem(
      "provider-setting-invalid",
      {
        why: `The request "${asked.operation}" to ${place(asked)} cannot be sent: ${failure.message}.`,
        fix: `Check the credential for ${asked.system}: a line break or another character that HTTP cannot carry is in it, often at its end.`,
      },
      { kind: "bad-input", execution: "no" },
    );
  }
  if (name === "certificate" && /^(ERR_SSL_|EPROTO$)/.test(failure.code)) {
    return problem(
      "remote-unreachable",
      {
        why: `This machine and ${place(asked)} do not agree on a TLS connection: ${tlsReason(failure.message)} (${failure.code}).`,
        fix: `Check scheme and port of the address ${asked.url.origin}: a server that speaks http there, and not https, answers so too. ${PROXY_HINT}`,
      },
      details,
    );
  }
  if (name === "certificate") {
    return problem(
      "remote-unreachable",
      {
        why: `${place(asked)} shows a certificate that this machine does not trust: ${failure.message} (${failure.code}).`,
        fix: `${trustHint(failure.code, asked)} Otherwise check the address and the proxy in between.`,
      },
      details,
    );
  }
  const fix = failure.sent
    ? `Check whether ${asked.url.host} is slow or overloaded, then run the command again; request_timeout allows more time. ${PROXY_HINT}`
    : `Check the address ${asked.url.origin} and the network where the provider runs. ${PROXY_HINT}`;
  return problem(
    "remote-unreachable",
    { why: `${place(asked)} gave no answer to "${asked.operation}"${tried}: ${failure.message} (${failure.code}).${fate(asked)}`, fix },
    details,
  );
}

/** How a certificate comes to be trusted; another authority does not help against a wrong name or a date in the past. */
function trustHint(code: string, { url, caCertificate }: Asked): string {
  if (/ALTNAME|HOSTNAME/.test(code))
    return `The certificate is for another host: write the name that it is for in place of ${url.hostname}.`;
  if (code === "CERT_NOT_YET_VALID")
    return `Check the clock of this machine, and from when on the certificate of ${url.hostname} is valid.`;
  if (code === "CERT_HAS_EXPIRED")
    return `Renew the certificate of ${url.hostname}${caCertificate ? ", or that of the authority in ca_certificate, whichever has ended" : ""}.`;
  const own = `If ${url.hostname} is a host of your own with a certificate of your own authority,`;
  if (caCertificate === undefined) return `${own} set NODE_EXTRA_CA_CERTS to that authority's PEM file where the provider runs.`;
  const where = "ca_certificate of the bitbucket_datacenter block, or BITBUCKET_DATACENTER_CA_CERTIFICATE";
  return caCertificate === null
    ? `${own} give that authority's certificate in ${where}.`
    : `The one in ${where}, is not of the authority that signed this certificate: give that one, and all in between if the server does not send them.`;
}

/** OpenSSL's own words are between numbers and places in its source. */
function tlsReason(message: string): string {
  return /:SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message.replaceAll(/\s+/g, " ").trim();
}

/** The engine asked to stop. */
export function explainCancelled(asked: Asked): Problem {
  return problem(
    "operation-canceled",
    {
      why: `"${asked.operation}" to ${place(asked)} was stopped because the engine asked for it.${fate(asked)}`,
      fix: "Run the command again when you are ready.",
    },
    { kind: "cancelled", execution: asked.execution },
  );
}

/** 408, 501 and the rest of 5xx. */
export function explainServerError(answer: RawAnswer, asked: Asked, attempts: number): Problem {
  const tried = attempts > 1 ? ` (${String(attempts)} attempts)` : "";
  return problem(
    answer.status === 501 ? "remote-request-rejected" : "remote-response-invalid",
    {
      why: `${place(asked)} answered "${asked.operation}" with status ${String(answer.status)}${tried}${excerpt(answer)}.${fate(asked)}`,
      fix:
        answer.status === 501
          ? `Check that ${asked.url.origin}${asked.url.pathname} is the address of ${asked.system}'s API: this server does not offer the operation.`
          : `Check ${asked.system}'s status page, then run the command again. ${PROXY_HINT}`,
    },
    { kind: answer.status === 501 ? "bad-input" : "transport", execution: asked.execution, status: answer.status },
  );
}

/** The wait that a limit asks for is longer than what is left. */
export function explainLimited(asked: Asked, waitedMs: number, neededMs: number, allowedMs: number): Problem {
  return problem(
    "remote-rate-limited",
    {
      why: `${place(asked)} limits requests: "${asked.operation}" has waited ${seconds(waitedMs)} and would wait another ${seconds(neededMs)}; rate_limit_max_wait allows ${seconds(allowedMs)}.`,
      fix: "Run the command later, raise rate_limit_max_wait (or BITLIFT_RATE_LIMIT_MAX_WAIT), or let fewer programs use this credential.",
    },
    { kind: "rate-limited", execution: "no", status: 429 },
  );
}

/** A redirect that must not, or cannot, be followed. */
export function explainRedirect(answer: RawAnswer, asked: Asked, target: URL | undefined): Problem {
  const to = target === undefined ? "without saying where to" : `to ${target.origin}${target.pathname}`;
  const elsewhere = target !== undefined && target.origin !== asked.url.origin;
  const because = elsewhere
    ? "A credential is never sent to another address."
    : asked.method === "GET"
      ? "Redirects are followed a few times only, and within one server."
      : "A change is not sent again to another address.";
  return problem(
    "remote-redirect",
    {
      why: `${place(asked)} redirects "${asked.operation}" with status ${String(answer.status)} ${to}. ${because}`,
      fix: redirectHint(asked, target),
    },
    { kind: "transport", execution: asked.execution, status: answer.status },
  );
}

function redirectHint({ system, url }: Asked, target: URL | undefined): string {
  if (target === undefined) return `Check the address ${url.origin}.`;
  const between = `otherwise check what stands between this machine and ${url.host}.`;
  if (target.origin !== url.origin) return `If ${target.origin} is right, configure it as the address of ${system}; ${between}`;
  // A server whose address lacks its context path sends on to the same path below that.
  return target.pathname !== url.pathname && target.pathname.endsWith(url.pathname)
    ? `If ${system} is below ${url.origin}${target.pathname.slice(0, -url.pathname.length)}, configure that as its address; ${between}`
    : `If what was asked for has another name or address now, write that in the configuration; ${between}`;
}

/** An answer that is no JSON, or not the JSON that was asked for. `what` continues the sentence "…answered". */
export function explainUnusable(asked: Asked, what: string, status?: number): Problem {
  return problem(
    "remote-response-invalid",
    {
      why: `${place(asked)} answered "${asked.operation}" ${what}.${fate(asked)}`,
      fix: `Check that ${asked.url.origin}${asked.url.pathname} is the address of ${asked.system}'s API and that no proxy or login page answers in its place.`,
    },
    { kind: "transport", execution: asked.execution, ...(status === undefined ? {} : { status }) },
  );
}

/** `with an HTML page`, `with text/plain`: what came in place of JSON. */
export function kindOfBody(answer: RawAnswer): string {
  if (isHtml(answer)) return "an HTML page";
  if (answer.text.trim() === "") return "an empty body";
  return `a body that is not JSON (${answer.headers["content-type"] ?? "no content type"})`;
}

function isHtml(answer: RawAnswer): boolean {
  return /\bhtml\b/i.test(answer.headers["content-type"] ?? "") || /^\s*<(!doctype|html)/i.test(answer.text);
}

function excerpt(answer: RawAnswer): string {
  if (isHtml(answer)) return ", an HTML page";
  const text = answer.text.replaceAll(/\s+/g, " ").trim();
  return text === "" ? "" : `: ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`;
}

function seconds(ms: number): string {
  return `${String(Math.ceil(ms / 1_000))} s`;
}
