/** One attempt of a request: waits for a free slot, sends, and writes one log line. */
import { Problem } from "../../diagnostics";
import { ExchangeFailure, type RawResponse } from "./connection";
import { exchange } from "./exchange";
import { caSettingOf } from "./trust-problem";
import { operationOf, type HttpRequest, type RequestContext } from "./request";

/** A write in flight when the engine asks to stop gets this long to deliver its result, so that the state is correct. */
const GRACE_MS = 5_000;

/** `rate-limited`: nothing was sent, because the host reached its rate limit while the request waited for a slot. */
export type AttemptOutcome = RawResponse | ExchangeFailure | "rate-limited";

/** @throws Problem if the request cannot be prepared */
export async function attempt(request: HttpRequest, context: RequestContext): Promise<AttemptOutcome> {
  const { settings, host } = context;
  let startedAt = Date.now();
  let outcome: AttemptOutcome;
  try {
    outcome = await host.semaphore.run(settings.signal, async () => {
      startedAt = Date.now();
      if (host.rateLimit.delay(startedAt) > 0) return "rate-limited";
      return await send(request, context);
    });
  } catch (failure) {
    if (failure instanceof Problem) throw failure;
    outcome = asExchangeFailure(failure, settings.signal);
  }
  if (outcome !== "rate-limited") logAttempt(request, context, outcome, Date.now() - startedAt);
  return outcome;
}

async function send(request: HttpRequest, { system, settings, host, progress }: RequestContext): Promise<RawResponse> {
  const graceMs = request.access === "write" ? Math.min(GRACE_MS, settings.requestTimeoutMs) : 0;
  const timing = { timeoutMs: settings.requestTimeoutMs, graceMs };
  const authority = { pem: settings.caCertificate ?? "", setting: caSettingOf(system) };
  const response = await exchange(request, timing, settings.signal, authority);
  settings.onResponse?.({ system, headers: response.headers });
  // Recorded before the slot is free, so that the next request waits too.
  if (response.status === 429) host.rateLimit.recordRejection(response.headers, progress.rejections, Date.now());
  return response;
}

function asExchangeFailure(failure: unknown, signal: AbortSignal): ExchangeFailure {
  if (failure instanceof ExchangeFailure) return failure;
  const message = failure instanceof Error ? failure.message : String(failure);
  return new ExchangeFailure(signal.aborted ? "CANCELED" : "UNKNOWN", false, message);
}

function logAttempt(request: HttpRequest, context: RequestContext, outcome: RawResponse | ExchangeFailure, ms: number): void {
  const { system, secrets, settings, progress } = context;
  // Searching the texts for secrets takes longer than everything else here.
  if (!settings.log.includes("debug")) return;
  const result =
    outcome instanceof ExchangeFailure ? { failure: secrets.redact(`${outcome.code}: ${outcome.message}`) } : { status: outcome.status };
  settings.log.debug(`${system}: ${secrets.redact(operationOf(request))}`, {
    method: request.method,
    host: request.url.host,
    path: secrets.redact(request.url.pathname),
    ...result,
    ms,
    attempt: progress.attempt,
  });
}
