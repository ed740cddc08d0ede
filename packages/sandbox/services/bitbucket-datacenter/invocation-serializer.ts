// Deliveries as JSON, for the endpoints that report their outcomes.
import type { Attempt, PostResult } from "../../core/webhook-post";
import { classifyInvocation, type Invocation, type Outcome } from "./invocations";
import type { State } from "./state";
import type { Webhook } from "./store";

/** For `statistics=true` and for the statistics of a webhook. Keys are assumed, except for `counts`. */
export function serializeHistory({ invocations, clock }: Pick<State, "invocations" | "clock">, webhook: Webhook, event?: string) {
  const last = (outcome: Outcome) => {
    const invocation = invocations.findLatest(webhook, { event, outcome });
    return invocation === undefined ? null : serializeInvocationSummary(invocation);
  };
  return {
    counts: invocations.countOutcomes(webhook, event, clock.now()),
    lastError: last("ERROR"),
    lastFailure: last("FAILURE"),
    lastSuccess: last("SUCCESS"),
  };
}

function serializeInvocationSummary({ id, event, repositoryId, start, url, result }: Invocation) {
  return {
    id,
    event,
    eventScope: { id: `${repositoryId}`, type: "repository" },
    start,
    finish: start + result.milliseconds,
    duration: result.milliseconds,
    request: { method: "POST", url },
    result: serializeResult(result),
  };
}

export function serializeInvocation(invocation: Invocation) {
  return {
    ...serializeInvocationSummary(invocation),
    request: serializeRequest(invocation),
    ...serializeResponse(invocation.result),
  };
}

export function serializeRequest({ url, headers, body }: Pick<Invocation, "url" | "headers" | "body">) {
  return { method: "POST", url, headers, body };
}

export function serializeResponse({ status, headers, text }: PostResult) {
  return status === 0 ? {} : { response: { status, headers, body: text } };
}

export function serializeResult(result: Pick<Attempt, "status" | "error">) {
  const { status, error = "no response" } = result;
  return { outcome: classifyInvocation(result), description: status === 0 ? error : `${status}` };
}
