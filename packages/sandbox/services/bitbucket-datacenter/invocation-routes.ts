// Trying a webhook's address, and what became of its deliveries.
import { isPaired, post, type PostResult } from "../../core/webhook-post";
import type { SandboxResponse } from "../../core/service";
import { headersOf, PING } from "./deliveries";
import { errors } from "./errors";
import { hookOf, projectSubject, repositorySubject } from "./hook-routes";
import { detailed, historyOf, requestOf, responseOf, resultOf } from "./invocation-views";
import { OUTCOMES } from "./invocations";
import type { Call, Operation } from "./operation";
import type { Hook, Subject } from "./store";
import { SINCE } from "./version";

type FindSubject = (call: Call) => Subject;

export const invocationOperations: readonly Operation[] = [
  ...operationsOn("/projects/:project/repos/:repository/webhooks", "Repository", repositorySubject),
  ...operationsOn("/projects/:project/webhooks", "Project", projectSubject),
];

function operationsOn(path: string, kind: "Repository" | "Project", subjectOf: FindSubject): readonly Operation[] {
  const on = (method: "GET" | "POST", verb: string, below: string, handle: Operation["handle"]): Operation => ({
    method,
    path: `${path}${below}`,
    operation: verb.replace("Hook", `${kind}Hook`),
    caller: "login",
    since: SINCE.webhooks,
    handle,
  });
  const ofHook = (answer: (call: Call, hook: Hook) => SandboxResponse) => (call: Call) => answer(call, hookOf(call, subjectOf(call)));
  return [
    on("POST", "testHook", "/test", (call) => test(call, subjectOf(call))),
    on("GET", "getHookLatest", "/:id/latest", ofHook(latest)),
    on("GET", "getHookStatistics", "/:id/statistics", ofHook(statistics)),
    on("GET", "getHookSummary", "/:id/statistics/summary", ofHook(summary)),
  ];
}

/** An unsigned ping. Sent for real to the paired Spacelift only; any other address looks as if nobody answered. */
async function test(call: Call, subject: Subject): Promise<SandboxResponse> {
  const { query } = call.request;
  const { state } = call;
  const { switches } = state;
  const url = query.get("url") ?? "";
  if (url === "") return query.has("webhookId") ? errors.failed() : errors.invalid({ context: "url", message: "No URL was specified" });
  const headers = headersOf(PING, switches.version, credentialsOf(call, subject));
  const body = Buffer.from(JSON.stringify({ test: true }));
  const verify = query.get("sslVerificationRequired") !== "false";
  const timeout = switches["delivery-timeout"];
  const answer: PostResult = isPaired(url, state.paired())
    ? await post(url, { headers, body, number: 1, timeout, verify })
    : { number: 1, status: 0, error: "the sandbox sends nothing there", milliseconds: 0, headers: {}, text: "" };
  return {
    status: 200,
    body: { request: requestOf({ url, headers, body: body.toString() }), ...responseOf(answer), result: resultOf(answer) },
  };
}

/** The body's, or those of the webhook that is named; the stored password stands in for one that is not given. Assumed for the webhook. */
function credentialsOf(call: Call, subject: Subject): Hook["credentials"] {
  const stored = subject.hooks.get(Number(call.request.query.get("webhookId")))?.credentials ?? null;
  const given = call.request.body.length === 0 ? {} : call.object();
  const { username, password } = given;
  if (typeof username !== "string" || username === "") return stored;
  return { username, password: typeof password === "string" ? password : (stored?.password ?? "") };
}

function latest(call: Call, hook: Hook): SandboxResponse {
  const { query } = call.request;
  const outcome = OUTCOMES.find((one) => one === query.get("outcome")?.toUpperCase());
  const found = call.state.invocations.latest(hook, { event: query.get("event") ?? undefined, outcome });
  return found === undefined ? { status: 204 } : { status: 200, body: detailed(found) };
}

function statistics(call: Call, hook: Hook): SandboxResponse {
  return { status: 200, body: historyOf(call.state, hook, call.request.query.get("event") ?? undefined) };
}

/** By event: assumed. */
function summary(call: Call, hook: Hook): SandboxResponse {
  const events = call.state.invocations.events(hook);
  return { status: 200, body: Object.fromEntries(events.map((event) => [event, historyOf(call.state, hook, event)])) };
}
