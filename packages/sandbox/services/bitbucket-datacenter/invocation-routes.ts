// Endpoints that test a webhook URL, and that report the outcomes of a webhook's deliveries ("invocations").
import type { SandboxResponse } from "../../core/service";
import { isPaired, post, type PostResult } from "../../core/webhook-post";
import { createHeaders, PING } from "./deliveries";
import { errors } from "./errors";
import { serializeHistory, serializeInvocation, serializeRequest, serializeResponse, serializeResult } from "./invocation-serializer";
import { OUTCOMES } from "./invocations";
import type { Operation } from "./operation";
import type { RequestContext } from "./request-context";
import type { Subject, Webhook } from "./store";
import { SINCE } from "./version";
import { findProject, findRepository, type FindSubject, requireWebhook } from "./webhook-routes";

export const invocationOperations: readonly Operation[] = [
  ...createOperations("/projects/:project/repos/:repository/webhooks", "Repository", findRepository),
  ...createOperations("/projects/:project/webhooks", "Project", findProject),
];

function createOperations(path: string, owner: "Repository" | "Project", findSubject: FindSubject): readonly Operation[] {
  const define = (method: "GET" | "POST", suffix: string, operation: string, handle: Operation["handle"]): Operation => ({
    method,
    path: `${path}${suffix}`,
    operation,
    caller: "login",
    since: SINCE.webhooks,
    handle,
  });
  const withWebhook = (handle: (context: RequestContext, webhook: Webhook) => SandboxResponse) => (context: RequestContext) =>
    handle(context, requireWebhook(context, findSubject(context)));
  return [
    define("POST", "/test", `test${owner}Hook`, (context) => sendTestPing(context, findSubject(context))),
    define("GET", "/:id/latest", `get${owner}HookLatest`, withWebhook(respondWithLatest)),
    define("GET", "/:id/statistics", `get${owner}HookStatistics`, withWebhook(respondWithStatistics)),
    define("GET", "/:id/statistics/summary", `get${owner}HookSummary`, withWebhook(respondWithSummary)),
  ];
}

const NOT_SENT: PostResult = { number: 1, status: 0, error: "the sandbox sends nothing there", milliseconds: 0, headers: {}, text: "" };

/** The ping is unsigned. It is actually sent only to the paired Spacelift; for any other URL the result looks as if no response arrived. */
async function sendTestPing(context: RequestContext, subject: Subject): Promise<SandboxResponse> {
  const { query } = context.request;
  const { state } = context;
  const url = query.get("url") ?? "";
  if (url === "") {
    return query.has("webhookId") ? errors.internalError() : errors.invalid({ context: "url", message: "No URL was specified" });
  }
  const headers = createHeaders(PING, state.switches.version, resolveCredentials(context, subject));
  const body = Buffer.from(JSON.stringify({ test: true }));
  const verify = query.get("sslVerificationRequired") !== "false";
  const timeout = state.switches["delivery-timeout"];
  const result = isPaired(url, state.paired()) ? await post(url, { headers, body, number: 1, timeout, verify }) : NOT_SENT;
  const request = serializeRequest({ url, headers, body: body.toString() });
  return { status: 200, body: { request, ...serializeResponse(result), result: serializeResult(result) } };
}

/**
 * The credentials in the body, or those of the webhook that `webhookId` names. A missing password is taken from that webhook. The use of the webhook's
 * credentials is assumed.
 */
function resolveCredentials(context: RequestContext, subject: Subject): Webhook["credentials"] {
  const { request } = context;
  const stored = subject.webhooks.get(Number(request.query.get("webhookId")))?.credentials ?? null;
  const { username, password } = request.body.length === 0 ? {} : context.jsonObject();
  if (typeof username !== "string" || username === "") return stored;
  return { username, password: typeof password === "string" ? password : (stored?.password ?? "") };
}

function respondWithLatest({ request, state }: RequestContext, webhook: Webhook): SandboxResponse {
  const { query } = request;
  const outcome = OUTCOMES.find((candidate) => candidate === query.get("outcome")?.toUpperCase());
  const invocation = state.invocations.findLatest(webhook, { event: query.get("event") ?? undefined, outcome });
  return invocation === undefined ? { status: 204 } : { status: 200, body: serializeInvocation(invocation) };
}

function respondWithStatistics({ request, state }: RequestContext, webhook: Webhook): SandboxResponse {
  return { status: 200, body: serializeHistory(state, webhook, request.query.get("event") ?? undefined) };
}

/** Grouped by event, which is assumed. */
function respondWithSummary({ state }: RequestContext, webhook: Webhook): SandboxResponse {
  const events = state.invocations.listEvents(webhook);
  return { status: 200, body: Object.fromEntries(events.map((event) => [event, serializeHistory(state, webhook, event)])) };
}
