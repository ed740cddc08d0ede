// The webhook endpoints of repositories and projects: the same operations on both, and the search across both.
import { EarlyResponse } from "../../core/early-response";
import type { SandboxResponse } from "../../core/service";
import { createFrameworkError } from "./content-negotiation";
import { errors } from "./errors";
import { serializeHistory } from "./invocation-serializer";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import type { RequestContext } from "./request-context";
import { serializeWebhook } from "./serializers";
import { fullName, type Subject, type Webhook } from "./store";
import { SINCE } from "./version";
import { parseWebhookInput, type WebhookInput } from "./webhook-input";
import { createWebhook, replaceWebhook } from "./webhooks";

export type FindSubject = (context: RequestContext) => Subject;

export const findRepository: FindSubject = (context) => {
  const repository = context.requireRepository("admin");
  const isReadOnly = repository.archived && context.state.switches["archived-webhooks"] === "conflict";
  if (isReadOnly && context.request.method !== "GET") throw new EarlyResponse(errors.repositoryArchived(fullName(repository)));
  return { type: "repository", repository, webhooks: repository.webhooks };
};

export const findProject: FindSubject = (context) => {
  const project = context.requireProject("admin");
  return { type: "project", project, webhooks: project.webhooks };
};

export const webhookOperations: readonly Operation[] = [
  // Must precede the operation with `:id`, which would also match.
  {
    method: "GET",
    path: "/projects/:project/repos/:repository/webhooks/search",
    operation: "searchRepositoryHooks",
    caller: "login",
    since: SINCE.webhookSearch,
    isAvailable: (switches) => switches["webhook-search"] === "by-version",
    handle: search,
  },
  ...createOperations("/projects/:project/repos/:repository/webhooks", "Repository", findRepository),
  ...createOperations("/projects/:project/webhooks", "Project", findProject),
];

function createOperations(path: string, owner: "Repository" | "Project", findSubject: FindSubject): readonly Operation[] {
  const define = (
    method: Operation["method"],
    suffix: "" | "/:id",
    operation: string,
    handle: (context: RequestContext, subject: Subject) => SandboxResponse,
  ): Operation => ({
    method,
    path: `${path}${suffix}`,
    operation,
    caller: "login",
    since: SINCE.webhooks,
    handle: (context) => handle(context, findSubject(context)),
  });
  return [
    define("GET", "", `list${owner}Hooks`, (context, subject) => respondWithList(context, webhooksOf(subject))),
    define("POST", "", `create${owner}Hook`, create),
    define("GET", "/:id", `get${owner}Hook`, get),
    define("PUT", "/:id", `update${owner}Hook`, update),
    define("DELETE", "/:id", `delete${owner}Hook`, remove),
  ];
}

interface WebhookWithScope {
  readonly webhook: Webhook;
  readonly scope: Subject["type"];
}

function webhooksOf({ type, webhooks }: Subject): readonly WebhookWithScope[] {
  return [...webhooks.values()].map((webhook) => ({ webhook, scope: type }));
}

/** Lists the webhooks of the repository and of its project. `scopeType` selects one of the two. */
function search(context: RequestContext): SandboxResponse {
  const subject = findRepository(context);
  const { project } = context.requireRepository("admin");
  const scopeTypes = context.request.query.getAll("scopeType").map((scopeType) => scopeType.toLowerCase());
  const webhooks = [...webhooksOf(subject), ...webhooksOf({ type: "project", project, webhooks: project.webhooks })];
  return respondWithList(
    context,
    webhooks.filter(({ scope }) => scopeTypes.length === 0 || scopeTypes.includes(scope)),
  );
}

function respondWithList(context: RequestContext, webhooks: readonly WebhookWithScope[]): SandboxResponse {
  const events = context.request.query.getAll("event");
  const matching = webhooks.filter(({ webhook }) => events.length === 0 || webhook.events.some((event) => events.includes(event)));
  return paginate(context.request, matching, ({ webhook, scope }) => serialize(context, scope, webhook), context.state.switches);
}

function create(context: RequestContext, subject: Subject): SandboxResponse {
  const { switches, clock, store } = context.state;
  const input = parseInput(context, subject);
  const limit = switches["hook-limit"];
  if (limit > 0 && subject.webhooks.size >= limit) return errors.webhookLimitReached(subject.type, limit);
  const webhook = createWebhook(input, store.nextId("webhook"), clock.now());
  subject.webhooks.set(webhook.id, webhook);
  if (switches["create-answer"] === "late-400") return errors.concurrentModification();
  const body = serialize(context, subject.type, webhook);
  return {
    status: Number(switches["create-status"]),
    body: switches["create-answer"] === "bare" ? { ...body, configuration: {} } : body,
  };
}

function get(context: RequestContext, subject: Subject): SandboxResponse {
  return respondWith(context, subject, requireWebhook(context, subject));
}

function update(context: RequestContext, subject: Subject): SandboxResponse {
  const webhook = requireWebhook(context, subject);
  const { switches, clock } = context.state;
  const defaultVerification = switches["verification-after-put"] === "on";
  replaceWebhook(webhook, parseInput(context, subject), { now: clock.now(), defaultVerification });
  return respondWith(context, subject, webhook);
}

function remove(context: RequestContext, subject: Subject): SandboxResponse {
  subject.webhooks.delete(requireWebhook(context, subject).id);
  return { status: 204 };
}

function respondWith(context: RequestContext, subject: Subject, webhook: Webhook): SandboxResponse {
  return { status: 200, body: serialize(context, subject.type, webhook) };
}

function serialize(context: RequestContext, scope: Subject["type"], webhook: Webhook): Readonly<Record<string, unknown>> {
  const { request, state, serializerContext } = context;
  const statistics = request.query.get("statistics") === "true" ? serializeHistory(state, webhook) : undefined;
  return { ...serializeWebhook(serializerContext, scope, webhook, state.responseCount), statistics };
}

/** @throws EarlyResponse 404, from the framework if the id is not a number, because then no such path exists */
export function requireWebhook(context: RequestContext, subject: Subject): Webhook {
  const id = context.param("id");
  if (!/^-?\d{1,10}$/.test(id)) throw new EarlyResponse(createFrameworkError(404, context.request));
  const webhook = subject.webhooks.get(Number(id));
  if (webhook === undefined) throw new EarlyResponse(errors.webhookNotFound(id));
  return webhook;
}

function parseInput(context: RequestContext, subject: Subject): WebhookInput {
  const { state } = context;
  const input = parseWebhookInput(context.jsonObject(), { subject: subject.type, switches: state.switches, paired: state.paired() });
  if ("errors" in input) throw new EarlyResponse(errors.invalid(...input.errors));
  return input;
}
