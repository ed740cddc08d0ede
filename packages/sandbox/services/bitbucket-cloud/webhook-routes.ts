// The webhook endpoints of repositories and workspaces: the same five operations on both.
import { EarlyResponse } from "../../core/early-response";
import type { SandboxResponse } from "../../core/service";
import { errors } from "./errors";
import { findEventType } from "./events";
import { buildWebhookPath } from "./links";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import type { RequestContext } from "./request-context";
import { type Scopes, SCOPES } from "./scopes";
import { serializeWebhook } from "./serializers";
import type { Subject, Webhook } from "./store";
import { parseWebhookInput } from "./webhook-input";
import { createWebhook, updateWebhook } from "./webhooks";

type FindSubject = (context: RequestContext) => Subject;

const findRepository: FindSubject = (context) => {
  const repository = context.requireRepository("admin");
  return { type: "repository", repository, webhooks: repository.webhooks };
};

const findWorkspace: FindSubject = (context) => {
  const workspace = context.requireWorkspace("owned");
  return { type: "workspace", workspace, webhooks: workspace.webhooks };
};

export const webhookOperations: readonly Operation[] = [
  ...createOperations("/repositories/:workspace/:repository/hooks", "Repository", findRepository),
  ...createOperations("/workspaces/:workspace/hooks", "Workspace", findWorkspace),
];

function createOperations(path: string, owner: "Repository" | "Workspace", findSubject: FindSubject): readonly Operation[] {
  const define = (
    method: Operation["method"],
    suffix: "" | "/:uid",
    operation: string,
    scopes: Scopes,
    handle: Operation["handle"],
  ): Operation => ({
    method,
    path: `${path}${suffix}`,
    operation,
    group: "webhooks",
    caller: owner === "Repository" ? "anyone" : "login",
    scopes,
    handle,
  });
  return [
    define("GET", "", `list${owner}Hooks`, SCOPES.readHooks, (context) => list(context, findSubject(context))),
    define("POST", "", `create${owner}Hook`, SCOPES.writeHooks, (context) => create(context, findSubject)),
    define("GET", "/:uid", `get${owner}Hook`, SCOPES.readHooks, (context) => get(context, findSubject(context))),
    define("PUT", "/:uid", `update${owner}Hook`, SCOPES.writeHooks, (context) => update(context, findSubject(context))),
    define("DELETE", "/:uid", `delete${owner}Hook`, SCOPES.deleteHooks, (context) => remove(context, findSubject(context))),
  ];
}

function list(context: RequestContext, subject: Subject): SandboxResponse {
  const { switches } = context.state;
  const serialize = (webhook: Webhook): unknown => serializeWebhook(context.apiUrl, subject, webhook, switches);
  return paginate(context.request, [...subject.webhooks.values()], serialize, { origin: context.state.origin() });
}

function create(context: RequestContext, findSubject: FindSubject): SandboxResponse {
  const { switches, clock } = context.state;
  if (switches["event-scopes"] === "required") requireEventScopes(context);
  const subject = findSubject(context);
  const input = parseInput(context, subject, true);
  const limit = switches["hook-limit"];
  if (limit > 0 && subject.webhooks.size >= limit) {
    throw new EarlyResponse(errors.invalidFields({ url: [`This ${subject.type} has reached its limit of ${limit} webhooks.`] }));
  }
  const webhook = createWebhook(input, clock.now());
  subject.webhooks.set(webhook.uuid, webhook);
  const headers = { location: `${context.apiUrl}/${buildWebhookPath(subject, webhook.uuid)}` };
  return { ...respondWith(context, subject, webhook), status: 201, headers };
}

function get(context: RequestContext, subject: Subject): SandboxResponse {
  return respondWith(context, subject, requireWebhook(context, subject));
}

function update(context: RequestContext, subject: Subject): SandboxResponse {
  const mode = context.state.switches["put-absent"];
  const webhook = requireWebhook(context, subject);
  const input = parseInput(context, subject, mode === "reject", webhook);
  updateWebhook(webhook, input, mode);
  return respondWith(context, subject, webhook);
}

function remove(context: RequestContext, subject: Subject): SandboxResponse {
  subject.webhooks.delete(requireWebhook(context, subject).uuid);
  return { status: 204 };
}

function respondWith(context: RequestContext, subject: Subject, webhook: Webhook): SandboxResponse {
  return { status: 200, body: serializeWebhook(context.apiUrl, subject, webhook, context.state.switches) };
}

function requireWebhook(context: RequestContext, subject: Subject): Webhook {
  const uid = context.param("uid");
  const webhook = subject.webhooks.get(uid.toLowerCase());
  if (webhook === undefined) throw new EarlyResponse(errors.webhookNotFound(uid));
  return webhook;
}

/** @param self the webhook that is updated, which may keep its URL */
function parseInput(context: RequestContext, subject: Subject, requireAll: boolean, self?: Webhook) {
  const { switches } = context.state;
  const input = parseWebhookInput(context.jsonObject(), { subject: subject.type, requireAll, paired: context.state.paired(), switches });
  if ("errors" in input) throw new EarlyResponse(errors.invalidFields(input.errors));
  const isDuplicate = [...subject.webhooks.values()].some((webhook) => webhook !== self && webhook.url === input.url);
  if (isDuplicate && switches["duplicate-urls"] === "reject") {
    throw new EarlyResponse(errors.invalidFields({ url: ["A webhook with this URL exists already."] }));
  }
  return input;
}

/** Each subscribed event requires the scope of its subject. A later check rejects a body that is not JSON. */
function requireEventScopes(context: RequestContext): void {
  let events: unknown;
  try {
    events = context.jsonObject()["events"];
  } catch {
    return;
  }
  for (const key of Array.isArray(events) ? (events as unknown[]) : []) {
    const scope = typeof key === "string" ? findEventType(key)?.scope : undefined;
    if (scope !== undefined) context.requireScopes({ classic: ["webhook", scope[0]], apiToken: [...SCOPES.writeHooks.apiToken, scope[1]] });
  }
}
