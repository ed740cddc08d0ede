// Webhooks of repositories and of projects: the same operations on two kinds of subject, and the search that sees both.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import { parseWebhookInput, type WebhookInput } from "./webhook-input";
import { createWebhook, replaceWebhook } from "./webhooks";
import { serializeHistory } from "./invocation-serializer";
import { frameworkErrorFor } from "./content-negotiation";
import type { RequestContext, Operation } from "./operation";
import { paginate } from "./pagination";
import { fullName, type Webhook, type Subject } from "./store";
import { SINCE } from "./version";
import { serializeWebhook } from "./serializers";

type FindSubject = (context: RequestContext) => Subject;

export const repositorySubject: FindSubject = (context) => {
  const repository = context.requireRepository("admin");
  const refused = repository.archived && context.request.method !== "GET" && context.state.switches["archived-webhooks"] === "conflict";
  if (refused) throw new EarlyResponse(errors.repositoryArchived(fullName(repository)));
  return { type: "repository", repository, webhooks: repository.webhooks };
};

export const projectSubject: FindSubject = (context) => {
  const project = context.requireProject("admin");
  return { type: "project", project, webhooks: project.webhooks };
};

export const webhookOperations: readonly Operation[] = [
  // Before the one by id, whose place it takes.
  {
    method: "GET",
    path: "/projects/:project/repos/:repository/webhooks/search",
    operation: "searchRepositoryHooks",
    caller: "login",
    since: SINCE.webhookSearch,
    isAvailable: (switches) => switches["webhook-search"] === "by-version",
    handle: search,
  },
  ...createOperations("/projects/:project/repos/:repository/webhooks", "Repository", repositorySubject),
  ...createOperations("/projects/:project/webhooks", "Project", projectSubject),
];

function createOperations(path: string, kind: "Repository" | "Project", subjectOf: FindSubject): readonly Operation[] {
  const on = (method: Operation["method"], verb: string, below: string, handle: Operation["handle"]): Operation => ({
    method,
    path: `${path}${below}`,
    operation: `${verb}${kind}Hook${verb === "list" ? "s" : ""}`,
    caller: "login",
    since: SINCE.webhooks,
    handle,
  });
  return [
    on("GET", "list", "", (context) => {
      const subject = subjectOf(context);
      return respondWithList(context, webhooksOf(subject));
    }),
    on("POST", "create", "", (context) => create(context, subjectOf(context))),
    on("GET", "get", "/:id", (context) => {
      const subject = subjectOf(context);
      return respondWith(context, subject, requireWebhook(context, subject));
    }),
    on("PUT", "update", "/:id", (context) => update(context, subjectOf(context))),
    on("DELETE", "delete", "/:id", (context) => {
      const subject = subjectOf(context);
      subject.webhooks.delete(requireWebhook(context, subject).id);
      return { status: 204 };
    }),
  ];
}

interface WebhookWithScope {
  readonly webhook: Webhook;
  readonly subject: Subject["type"];
}

function webhooksOf({ type, webhooks: hooks }: Subject): readonly WebhookWithScope[] {
  return [...hooks.values()].map((webhook) => ({ webhook, subject: type }));
}

/** The repository's own and those of its project; `scopeType` leaves out one kind. */
function search(context: RequestContext): SandboxResponse {
  const subject = repositorySubject(context);
  const { project } = context.requireRepository("admin");
  const scopes = context.request.query.getAll("scopeType").map((scope) => scope.toLowerCase());
  const all = [...webhooksOf(subject), ...webhooksOf({ type: "project", project, webhooks: project.webhooks })];
  return respondWithList(
    context,
    all.filter((one) => scopes.length === 0 || scopes.includes(one.subject)),
  );
}

function respondWithList(context: RequestContext, hooks: readonly WebhookWithScope[]): SandboxResponse {
  const events = context.request.query.getAll("event");
  const found = hooks.filter(({ webhook }) => events.length === 0 || webhook.events.some((event) => events.includes(event)));
  return paginate(context.request, found, ({ webhook, subject }) => serialize(context, subject, webhook), context.state.switches);
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

function update(context: RequestContext, subject: Subject): SandboxResponse {
  const webhook = requireWebhook(context, subject);
  const { switches, clock } = context.state;
  replaceWebhook(webhook, parseInput(context, subject), { now: clock.now(), verification: switches["verification-after-put"] === "on" });
  return respondWith(context, subject, webhook);
}

function respondWith(context: RequestContext, subject: Subject, webhook: Webhook): SandboxResponse {
  return { status: 200, body: serialize(context, subject.type, webhook) };
}

function serialize(context: RequestContext, subject: Subject["type"], webhook: Webhook): Readonly<Record<string, unknown>> {
  const statistics = context.request.query.get("statistics") === "true" ? { statistics: serializeHistory(context.state, webhook) } : {};
  return serializeWebhook(context.serializerContext, subject, webhook, context.state.responseCount, statistics);
}

/** @throws EarlyResponse the bare 404 for what is no number, as no such address exists; 404 with its exception for an unknown one */
export function requireWebhook(context: RequestContext, subject: Subject): Webhook {
  const id = context.param("id");
  if (!/^-?\d{1,10}$/.test(id)) throw new EarlyResponse(frameworkErrorFor(404, context.request));
  const webhook = subject.webhooks.get(Number(id));
  if (webhook === undefined) throw new EarlyResponse(errors.webhookNotFound(id));
  return webhook;
}

function parseInput(context: RequestContext, subject: Subject): WebhookInput {
  const { state } = context;
  const input = parseWebhookInput(context.jsonObject(), { subject: subject.type, switches: state.switches, paired: state.paired() });
  if (!("url" in input)) throw new EarlyResponse(errors.invalid(...input));
  return input;
}
