// How deliveries look to those who ask what became of them.
import type { Attempt, PostResult } from "../../core/webhook-post";
import { type Invocation, type Outcome, classifyInvocation } from "./invocations";
import type { State } from "./operation";
import type { Webhook } from "./store";

/** What `statistics=true` adds to a webhook, and what its own address responses. Keys assumed but for `counts`. */
export function serializeHistory({ invocations, clock }: Pick<State, "invocations" | "clock">, webhook: Webhook, event?: string) {
  const last = (outcome: Outcome) => {
    const found = invocations.findLatest(webhook, { event, outcome });
    return found === undefined ? null : serializeInvocationSummary(found);
  };
  return {
    counts: invocations.countOutcomes(webhook, event, clock.now()),
    lastError: last("ERROR"),
    lastFailure: last("FAILURE"),
    lastSuccess: last("SUCCESS"),
  };
}

function serializeInvocationSummary({ id, event, repositoryId, start, url, result: response }: Invocation) {
  return {
    id,
    event,
    eventScope: { id: String(repositoryId), type: "repository" },
    start,
    finish: start + response.milliseconds,
    duration: response.milliseconds,
    request: { method: "POST", url },
    result: serializeResult(response),
  };
}

export function serializeInvocation(made: Invocation) {
  return { ...serializeInvocationSummary(made), request: serializeRequest(made), ...serializeResponse(made.result) };
}

export function serializeRequest({ url, headers, body }: Pick<Invocation, "url" | "headers" | "body">) {
  return { method: "POST", url, headers, body };
}

export function serializeResponse({ status, headers, text }: PostResult) {
  return status === 0 ? {} : { response: { status, headers, body: text } };
}

export function serializeResult(response: Pick<Attempt, "status" | "error">) {
  return { outcome: classifyInvocation(response), description: response.status === 0 ? (response.error ?? "no response") : String(response.status) };
}
