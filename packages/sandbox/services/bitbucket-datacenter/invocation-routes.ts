// Trying a webhook's address, and what became of its deliveries.
import { isPaired, post, type PostResult } from "../../core/webhook-post";
import type { SandboxResponse } from "../../core/service";
import { createHeaders, PING } from "./deliveries";
import { errors } from "./errors";
import { requireWebhook, projectSubject, repositorySubject } from "./webhook-routes";
import { serializeInvocation, serializeHistory, serializeRequest, serializeResponse, serializeResult } from "./invocation-serializer";
import { OUTCOMES } from "./invocations";
import type { RequestContext, Operation } from "./operation";
import type { Webhook, Subject } from "./store";
import { SINCE } from "./version";

type FindSubject = (context: RequestContext) => Subject;

export const invocationOperations: readonly Operation[] = [
  ...createOperations("/projects/:project/repos/:repository/webhooks", "Repository", repositorySubject),
  ...createOperations("/projects/:project/webhooks", "Project", projectSubject),
];

function createOperations(path: string, kind: "Repository" | "Project", subjectOf: FindSubject): readonly Operation[] {
  const on = (method: "GET" | "POST", verb: string, below: string, handle: Operation["handle"]): Operation => ({
    method,
    path: `${path}${below}`,
    operation: verb.replace("Hook", `${kind}Hook`),
    caller: "login",
    since: SINCE.webhooks,
    handle,
  });
  const ofHook = (response: (context: RequestContext, webhook: Webhook) => SandboxResponse) => (context: RequestContext) =>
    response(context, requireWebhook(context, subjectOf(context)));
  return [
    on("POST", "testHook", "/test", (context) => sendTestPing(context, subjectOf(context))),
    on("GET", "getHookLatest", "/:id/latest", ofHook(respondWithLatest)),
    on("GET", "getHookStatistics", "/:id/statistics", ofHook(respondWithStatistics)),
    on("GET", "getHookSummary", "/:id/statistics/summary", ofHook(respondWithSummary)),
  ];
}

/** An unsigned ping. Sent for real to the paired Spacelift only; any other address looks as if nobody answered. */
async function sendTestPing(context: RequestContext, subject: Subject): Promise<SandboxResponse> {
  const { query } = context.request;
  const { state } = context;
  const { switches } = state;
  const url = query.get("url") ?? "";
  if (url === "")
    return query.has("webhookId") ? errors.internalError() : errors.invalid({ context: "url", message: "No URL was specified" });
  const headers = createHeaders(PING, switches.version, resolveCredentials(context, subject));
  const body = Buffer.from(JSON.stringify({ test: true }));
  const verify = query.get("sslVerificationRequired") !== "false";
  const timeout = switches["delivery-timeout"];
  const response: PostResult = isPaired(url, state.paired())
    ? await post(url, { headers, body, number: 1, timeout, verify })
    : { number: 1, status: 0, error: "the sandbox sends nothing there", milliseconds: 0, headers: {}, text: "" };
  return {
    status: 200,
    body: {
      request: serializeRequest({ url, headers, body: body.toString() }),
      ...serializeResponse(response),
      result: serializeResult(response),
    },
  };
}

/** The body's, or those of the webhook that is named; the stored password stands in for one that is not given. Assumed for the webhook. */
function resolveCredentials(context: RequestContext, subject: Subject): Webhook["credentials"] {
  const stored = subject.webhooks.get(Number(context.request.query.get("webhookId")))?.credentials ?? null;
  const given = context.request.body.length === 0 ? {} : context.jsonObject();
  const { username, password } = given;
  if (typeof username !== "string" || username === "") return stored;
  return { username, password: typeof password === "string" ? password : (stored?.password ?? "") };
}

function respondWithLatest(context: RequestContext, webhook: Webhook): SandboxResponse {
  const { query } = context.request;
  const outcome = OUTCOMES.find((one) => one === query.get("outcome")?.toUpperCase());
  const found = context.state.invocations.findLatest(webhook, { event: query.get("event") ?? undefined, outcome });
  return found === undefined ? { status: 204 } : { status: 200, body: serializeInvocation(found) };
}

function respondWithStatistics(context: RequestContext, webhook: Webhook): SandboxResponse {
  return { status: 200, body: serializeHistory(context.state, webhook, context.request.query.get("event") ?? undefined) };
}

/** By event: assumed. */
function respondWithSummary(context: RequestContext, webhook: Webhook): SandboxResponse {
  const events = context.state.invocations.listEvents(webhook);
  return { status: 200, body: Object.fromEntries(events.map((event) => [event, serializeHistory(context.state, webhook, event)])) };
}
