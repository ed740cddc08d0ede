// Webhooks of repositories and of workspaces: the same five operations on two kinds of subject.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import { eventType } from "./events";
import { parseWebhookInput } from "./webhook-input";
import { updateWebhook, createWebhook } from "./webhooks";
import { webhookPath } from "./links";
import type { Operation } from "./operation";
import type { RequestContext } from "./request-context";
import { paginate } from "./pagination";
import { SCOPES } from "./scopes";
import type { Webhook, Subject } from "./store";
import { serializeWebhook } from "./serializers";

type FindSubject = (context: RequestContext) => Subject;

const repositorySubject: FindSubject = (context) => {
  const repository = context.requireRepository("admin");
  return { type: "repository", repository, webhooks: repository.webhooks };
};

const workspaceSubject: FindSubject = (context) => {
  const workspace = context.requireWorkspace("owned");
  return { type: "workspace", workspace, webhooks: workspace.webhooks };
};

export const webhookOperations: readonly Operation[] = [
  ...createOperations("/repositories/:workspace/:repository/hooks", "Repository", repositorySubject),
  ...createOperations("/workspaces/:workspace/hooks", "Workspace", workspaceSubject),
];

function createOperations(path: string, kind: "Repository" | "Workspace", subjectOf: FindSubject): readonly Operation[] {
  const shared = { group: "webhooks", caller: kind === "Repository" ? "anyone" : "login" } as const;
  return [
    {
      ...shared,
      method: "GET",
      path,
      operation: `list${kind}Hooks`,
      scopes: SCOPES.readHooks,
      handle: (context) => list(context, subjectOf(context)),
    },
    {
      ...shared,
      method: "POST",
      path,
      operation: `create${kind}Hook`,
      scopes: SCOPES.writeHooks,
      handle: (context) => create(context, subjectOf),
    },
    {
      ...shared,
      method: "GET",
      path: `${path}/:uid`,
      operation: `get${kind}Hook`,
      scopes: SCOPES.readHooks,
      handle: (context) => {
        const subject = subjectOf(context);
        return respondWith(context, subject, requireWebhook(context, subject));
      },
    },
    {
      ...shared,
      method: "PUT",
      path: `${path}/:uid`,
      operation: `update${kind}Hook`,
      scopes: SCOPES.writeHooks,
      handle: (context) => update(context, subjectOf(context)),
    },
    {
      ...shared,
      method: "DELETE",
      path: `${path}/:uid`,
      operation: `delete${kind}Hook`,
      scopes: SCOPES.deleteHooks,
      handle: (context) => {
        const subject = subjectOf(context);
        subject.webhooks.delete(requireWebhook(context, subject).uuid);
        return { status: 204 };
      },
    },
  ];
}

function list(context: RequestContext, subject: Subject): SandboxResponse {
  return paginate(
    context.request,
    [...subject.webhooks.values()],
    (webhook) => serializeWebhook(context.apiUrl, subject, webhook, context.state.switches),
    {
      origin: context.state.origin(),
    },
  );
}

function create(context: RequestContext, subjectOf: FindSubject): SandboxResponse {
  const { switches, clock } = context.state;
  if (switches["event-scopes"] === "required") requireEventScopes(context);
  const subject = subjectOf(context);
  const input = parseInput(context, subject, true);
  const limit = switches["hook-limit"];
  if (limit > 0 && subject.webhooks.size >= limit) {
    throw new EarlyResponse(errors.invalidFields({ url: [`This ${subject.type} has reached its limit of ${limit} webhooks.`] }));
  }
  const webhook = createWebhook(input, clock.now());
  subject.webhooks.set(webhook.uuid, webhook);
  const answer = respondWith(context, subject, webhook);
  return { ...answer, status: 201, headers: { location: `${context.apiUrl}/${webhookPath(subject, webhook.uuid)}` } };
}

function update(context: RequestContext, subject: Subject): SandboxResponse {
  const mode = context.state.switches["put-absent"];
  const webhook = requireWebhook(context, subject);
  const input = parseInput(context, subject, mode === "reject", webhook);
  updateWebhook(webhook, input, mode);
  return respondWith(context, subject, webhook);
}

function respondWith(context: RequestContext, subject: Subject, webhook: Webhook): SandboxResponse {
  return { status: 200, body: serializeWebhook(context.apiUrl, subject, webhook, context.state.switches) };
}

function requireWebhook(context: RequestContext, subject: Subject): Webhook {
  const uid = context.param("uid").toLowerCase();
  const webhook = subject.webhooks.get(uid);
  if (webhook === undefined) throw new EarlyResponse(errors.webhookNotFound(context.param("uid")));
  return webhook;
}

function parseInput(context: RequestContext, subject: Subject, complete: boolean, self?: Webhook) {
  const { switches } = context.state;
  const input = parseWebhookInput(context.jsonObject(), { subject: subject.type, complete, paired: context.state.paired(), switches });
  if ("complaints" in input) throw new EarlyResponse(errors.invalidFields(input.complaints));
  if (
    switches["duplicate-urls"] === "reject" &&
    [...subject.webhooks.values()].some((webhook) => webhook !== self && webhook.url === input.url)
  ) {
    throw new EarlyResponse(errors.invalidFields({ url: ["A webhook with this URL exists already."] }));
  }
  return input;
}

/** Each subscribed event needs the scope of what it is about. An unreadable body is refused later, in its turn. */
function requireEventScopes(context: RequestContext): void {
  let events: unknown;
  try {
    events = context.jsonObject()["events"];
  } catch {
    return;
  }
  for (const key of Array.isArray(events) ? (events as unknown[]) : []) {
    const scope = typeof key === "string" ? eventType(key)?.scope : undefined;
    if (scope !== undefined) context.requireScopes({ classic: ["webhook", scope[0]], apiToken: [...SCOPES.writeHooks.apiToken, scope[1]] });
  }
}
