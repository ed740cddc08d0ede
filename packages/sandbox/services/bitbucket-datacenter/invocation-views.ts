// How deliveries look to those who ask what became of them.
import type { Attempt, PostResult } from "../../core/webhook-post";
import { type Invocation, type Outcome, outcomeOf } from "./invocations";
import type { State } from "./operation";
import type { Hook } from "./store";

/** What `statistics=true` adds to a webhook, and what its own address answers. Keys assumed but for `counts`. */
export function historyOf({ invocations, clock }: Pick<State, "invocations" | "clock">, hook: Hook, event?: string) {
  const last = (outcome: Outcome) => {
    const found = invocations.latest(hook, { event, outcome });
    return found === undefined ? null : brief(found);
  };
  return {
    counts: invocations.counts(hook, event, clock.now()),
    lastError: last("ERROR"),
    lastFailure: last("FAILURE"),
    lastSuccess: last("SUCCESS"),
  };
}

function brief({ id, event, repositoryId, start, url, answer }: Invocation) {
  return {
    id,
    event,
    eventScope: { id: String(repositoryId), type: "repository" },
    start,
    finish: start + answer.milliseconds,
    duration: answer.milliseconds,
    request: { method: "POST", url },
    result: resultOf(answer),
  };
}

export function detailed(made: Invocation) {
  return { ...brief(made), request: requestOf(made), ...responseOf(made.answer) };
}

export function requestOf({ url, headers, body }: Pick<Invocation, "url" | "headers" | "body">) {
  return { method: "POST", url, headers, body };
}

export function responseOf({ status, headers, text }: PostResult) {
  return status === 0 ? {} : { response: { status, headers, body: text } };
}

export function resultOf(answer: Pick<Attempt, "status" | "error">) {
  return { outcome: outcomeOf(answer), description: answer.status === 0 ? (answer.error ?? "no answer") : String(answer.status) };
}
