// Webhooks of repositories and of workspaces: the same five operations on two kinds of subject.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { errors } from "./errors";
import { eventType } from "./events";
import { readHookInput } from "./hook-input";
import { changeHook, newHook } from "./hooks";
import { hookPath } from "./links";
import type { Call, Operation } from "./operation";
import { page } from "./pages";
import { SCOPES } from "./scopes";
import type { Hook, Subject } from "./store";
import { hookView } from "./views";

type FindSubject = (call: Call) => Subject;

const repositorySubject: FindSubject = (call) => {
  const repository = call.repository("admin");
  return { type: "repository", repository, hooks: repository.hooks };
};

const workspaceSubject: FindSubject = (call) => {
  const workspace = call.workspace("owned");
  return { type: "workspace", workspace, hooks: workspace.hooks };
};

export const hookOperations: readonly Operation[] = [
  ...operationsOn("/repositories/:workspace/:repository/hooks", "Repository", repositorySubject),
  ...operationsOn("/workspaces/:workspace/hooks", "Workspace", workspaceSubject),
];

function operationsOn(path: string, kind: "Repository" | "Workspace", subjectOf: FindSubject): readonly Operation[] {
  const shared = { group: "webhooks", caller: kind === "Repository" ? "anyone" : "login" } as const;
  return [
    {
      ...shared,
      method: "GET",
      path,
      operation: `list${kind}Hooks`,
      scopes: SCOPES.readHooks,
      handle: (call) => list(call, subjectOf(call)),
    },
    {
      ...shared,
      method: "POST",
      path,
      operation: `create${kind}Hook`,
      scopes: SCOPES.writeHooks,
      handle: (call) => create(call, subjectOf),
    },
    {
      ...shared,
      method: "GET",
      path: `${path}/:uid`,
      operation: `get${kind}Hook`,
      scopes: SCOPES.readHooks,
      handle: (call) => {
        const subject = subjectOf(call);
        return shown(call, subject, hookOf(call, subject));
      },
    },
    {
      ...shared,
      method: "PUT",
      path: `${path}/:uid`,
      operation: `update${kind}Hook`,
      scopes: SCOPES.writeHooks,
      handle: (call) => update(call, subjectOf(call)),
    },
    {
      ...shared,
      method: "DELETE",
      path: `${path}/:uid`,
      operation: `delete${kind}Hook`,
      scopes: SCOPES.deleteHooks,
      handle: (call) => {
        const subject = subjectOf(call);
        subject.hooks.delete(hookOf(call, subject).uuid);
        return { status: 204 };
      },
    },
  ];
}

function list(call: Call, subject: Subject): SandboxResponse {
  return page(call.request, [...subject.hooks.values()], (hook) => hookView(call.api, subject, hook, call.state.switches), {
    origin: call.state.origin(),
  });
}

function create(call: Call, subjectOf: FindSubject): SandboxResponse {
  const { switches, clock } = call.state;
  if (switches["event-scopes"] === "required") requireEventScopes(call);
  const subject = subjectOf(call);
  const input = inputOf(call, subject, true);
  const limit = switches["hook-limit"];
  if (limit > 0 && subject.hooks.size >= limit) {
    throw new EarlyResponse(errors.fields({ url: [`This ${subject.type} has reached its limit of ${limit} webhooks.`] }));
  }
  const hook = newHook(input, clock.now());
  subject.hooks.set(hook.uuid, hook);
  const answer = shown(call, subject, hook);
  return { ...answer, status: 201, headers: { location: `${call.api}/${hookPath(subject, hook.uuid)}` } };
}

function update(call: Call, subject: Subject): SandboxResponse {
  const mode = call.state.switches["put-absent"];
  const hook = hookOf(call, subject);
  const input = inputOf(call, subject, mode === "reject", hook);
  changeHook(hook, input, mode);
  return shown(call, subject, hook);
}

function shown(call: Call, subject: Subject, hook: Hook): SandboxResponse {
  return { status: 200, body: hookView(call.api, subject, hook, call.state.switches) };
}

function hookOf(call: Call, subject: Subject): Hook {
  const uid = call.param("uid").toLowerCase();
  const hook = subject.hooks.get(uid);
  if (hook === undefined) throw new EarlyResponse(errors.noHook(call.param("uid")));
  return hook;
}

function inputOf(call: Call, subject: Subject, complete: boolean, self?: Hook) {
  const { switches } = call.state;
  const input = readHookInput(call.object(), { subject: subject.type, complete, paired: call.state.paired(), switches });
  if ("complaints" in input) throw new EarlyResponse(errors.fields(input.complaints));
  if (switches["duplicate-urls"] === "reject" && [...subject.hooks.values()].some((hook) => hook !== self && hook.url === input.url)) {
    throw new EarlyResponse(errors.fields({ url: ["A webhook with this URL exists already."] }));
  }
  return input;
}

/** Each subscribed event needs the scope of what it is about. An unreadable body is refused later, in its turn. */
function requireEventScopes(call: Call): void {
  let events: unknown;
  try {
    events = call.object()["events"];
  } catch {
    return;
  }
  for (const key of Array.isArray(events) ? (events as unknown[]) : []) {
    const scope = typeof key === "string" ? eventType(key)?.scope : undefined;
    if (scope !== undefined) call.requireScopes({ classic: ["webhook", scope[0]], apiToken: [...SCOPES.writeHooks.apiToken, scope[1]] });
  }
}
