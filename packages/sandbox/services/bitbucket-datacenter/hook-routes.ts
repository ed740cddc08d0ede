// Webhooks of repositories and of projects: the same operations on two kinds of subject, and the search that sees both.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import { readHookInput, type HookInput } from "./hook-input";
import { newHook, replaceHook } from "./hooks";
import { historyOf } from "./invocation-views";
import { bareAnswer } from "./negotiation";
import type { Call, Operation } from "./operation";
import { page } from "./pages";
import { fullName, type Hook, type Subject } from "./store";
import { SINCE } from "./version";
import { hookView } from "./views";

type FindSubject = (call: Call) => Subject;

export const repositorySubject: FindSubject = (call) => {
  const repository = call.repository("admin");
  const refused = repository.archived && call.request.method !== "GET" && call.state.switches["archived-webhooks"] === "conflict";
  if (refused) throw new EarlyResponse(errors.archived(fullName(repository)));
  return { type: "repository", repository, hooks: repository.hooks };
};

export const projectSubject: FindSubject = (call) => {
  const project = call.project("admin");
  return { type: "project", project, hooks: project.hooks };
};

export const hookOperations: readonly Operation[] = [
  // Before the one by id, whose place it takes.
  {
    method: "GET",
    path: "/projects/:project/repos/:repository/webhooks/search",
    operation: "searchRepositoryHooks",
    caller: "login",
    since: SINCE.webhookSearch,
    present: (switches) => switches["webhook-search"] === "by-version",
    handle: search,
  },
  ...operationsOn("/projects/:project/repos/:repository/webhooks", "Repository", repositorySubject),
  ...operationsOn("/projects/:project/webhooks", "Project", projectSubject),
];

function operationsOn(path: string, kind: "Repository" | "Project", subjectOf: FindSubject): readonly Operation[] {
  const on = (method: Operation["method"], verb: string, below: string, handle: Operation["handle"]): Operation => ({
    method,
    path: `${path}${below}`,
    operation: `${verb}${kind}Hook${verb === "list" ? "s" : ""}`,
    caller: "login",
    since: SINCE.webhooks,
    handle,
  });
  return [
    on("GET", "list", "", (call) => {
      const subject = subjectOf(call);
      return listed(call, hooksOf(subject));
    }),
    on("POST", "create", "", (call) => create(call, subjectOf(call))),
    on("GET", "get", "/:id", (call) => {
      const subject = subjectOf(call);
      return shown(call, subject, hookOf(call, subject));
    }),
    on("PUT", "update", "/:id", (call) => update(call, subjectOf(call))),
    on("DELETE", "delete", "/:id", (call) => {
      const subject = subjectOf(call);
      subject.hooks.delete(hookOf(call, subject).id);
      return { status: 204 };
    }),
  ];
}

interface Owned {
  readonly hook: Hook;
  readonly subject: Subject["type"];
}

function hooksOf({ type, hooks }: Subject): readonly Owned[] {
  return [...hooks.values()].map((hook) => ({ hook, subject: type }));
}

/** The repository's own and those of its project; `scopeType` leaves out one kind. */
function search(call: Call): SandboxResponse {
  const subject = repositorySubject(call);
  const { project } = call.repository("admin");
  const scopes = call.request.query.getAll("scopeType").map((scope) => scope.toLowerCase());
  const all = [...hooksOf(subject), ...hooksOf({ type: "project", project, hooks: project.hooks })];
  return listed(
    call,
    all.filter((one) => scopes.length === 0 || scopes.includes(one.subject)),
  );
}

function listed(call: Call, hooks: readonly Owned[]): SandboxResponse {
  const events = call.request.query.getAll("event");
  const found = hooks.filter(({ hook }) => events.length === 0 || hook.events.some((event) => events.includes(event)));
  return page(call.request, found, ({ hook, subject }) => view(call, subject, hook), call.state.switches);
}

function create(call: Call, subject: Subject): SandboxResponse {
  const { switches, clock, store } = call.state;
  const input = inputOf(call, subject);
  const limit = switches["hook-limit"];
  if (limit > 0 && subject.hooks.size >= limit) return errors.tooManyHooks(subject.type, limit);
  const hook = newHook(input, store.nextId("hook"), clock.now());
  subject.hooks.set(hook.id, hook);
  if (switches["create-answer"] === "late-400") return errors.concurrent();
  const body = view(call, subject.type, hook);
  return {
    status: Number(switches["create-status"]),
    body: switches["create-answer"] === "bare" ? { ...body, configuration: {} } : body,
  };
}

function update(call: Call, subject: Subject): SandboxResponse {
  const hook = hookOf(call, subject);
  const { switches, clock } = call.state;
  replaceHook(hook, inputOf(call, subject), { now: clock.now(), verification: switches["verification-after-put"] === "on" });
  return shown(call, subject, hook);
}

function shown(call: Call, subject: Subject, hook: Hook): SandboxResponse {
  return { status: 200, body: view(call, subject.type, hook) };
}

function view(call: Call, subject: Subject["type"], hook: Hook): Readonly<Record<string, unknown>> {
  const statistics = call.request.query.get("statistics") === "true" ? { statistics: historyOf(call.state, hook) } : {};
  return hookView(call.seen, subject, hook, call.state.answers, statistics);
}

/** @throws Refusal the bare 404 for what is no number, as no such address exists; 404 with its exception for an unknown one */
export function hookOf(call: Call, subject: Subject): Hook {
  const id = call.param("id");
  if (!/^-?\d{1,10}$/.test(id)) throw new EarlyResponse(bareAnswer(404, call.request));
  const hook = subject.hooks.get(Number(id));
  if (hook === undefined) throw new EarlyResponse(errors.noHook(id));
  return hook;
}

function inputOf(call: Call, subject: Subject): HookInput {
  const { state } = call;
  const input = readHookInput(call.object(), { subject: subject.type, switches: state.switches, paired: state.paired() });
  if (!("url" in input)) throw new EarlyResponse(errors.invalid(...input));
  return input;
}
