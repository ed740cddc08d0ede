// One operation of the REST API, and the checks that come before each: rate limit, kind of credential, scope, then what the operation looks at.
import type { Clock } from "../../core/clock";
import { atLeast, type Level } from "../../core/access-level";
import type { Route, SandboxResponse, SandboxRequest } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { type Credential, type Credentials, isAnswer, levelOn, missingScopes, ownsWorkspace, seesWorkspace } from "./credentials";
import { errors } from "./errors";
import { partial } from "./partial-answers";
import { type RateGroup, type RateLimits, withHeaders } from "./rate-limit";
import type { Scopes } from "./scopes";
import type { Repository, Store, Workspace } from "./store";
import type { Switches } from "./switches";

/** What all operations work on; the parts are replaced when the sandbox is reset or seeded. */
export interface State {
  store: Store;
  credentials: Credentials;
  readonly rates: RateLimits;
  readonly switches: Switches;
  readonly clock: Clock;
  /** Of this service. */
  origin(): string;
  /** Of the paired Spacelift: where deliveries really go. */
  paired(): readonly string[];
}

export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /2.0. */
  readonly path: string;
  readonly operation: string;
  readonly group: RateGroup;
  /**
   * anyone: also without a credential, as far as objects are public; login: any credential; person: no access tokens, which stand for no one.
   */
  readonly caller: "anyone" | "login" | "person";
  /** Not asked of those without a credential. */
  readonly scopes?: Scopes;
  handle(call: Call): SandboxResponse;
}

/** An operation in progress. */
export class Call {
  constructor(
    readonly request: SandboxRequest,
    readonly caller: Credential | undefined,
    readonly state: State,
  ) {}

  get api(): string {
    return `${this.state.origin()}/2.0`;
  }

  param(name: string): string {
    return this.request.params[name] ?? "";
  }

  /** @throws Refusal 404 when it is missing or invisible, 403 when the caller may see it but not do this, 301 under the switch */
  repository(wanted: Level): Repository {
    const [workspace, slug] = [this.param("workspace"), this.param("repository")];
    const found = this.state.store.repository(workspace, slug);
    if (found === undefined) this.#followRename(workspace, slug);
    const level = found === undefined ? undefined : levelOn(this.caller, found);
    if (found === undefined || level === undefined) throw new EarlyResponse(errors.noRepository());
    if (atLeast(level, wanted)) return found;
    throw new EarlyResponse(this.caller === undefined ? errors.anonymous() : errors.notAdmin());
  }

  /** @throws Refusal */
  workspace(wanted: "visible" | "existing" | "owned"): Workspace {
    const workspace = this.state.store.workspace(this.param("workspace"));
    if (workspace === undefined || (wanted !== "existing" && !seesWorkspace(this.caller, workspace))) {
      throw new EarlyResponse(errors.noWorkspace(this.param("workspace")));
    }
    if (wanted === "owned" && !ownsWorkspace(this.caller, workspace)) throw new EarlyResponse(errors.notAdmin());
    return workspace;
  }

  /** @throws Refusal 403, with both lists of scopes */
  requireScopes(scopes: Scopes): void {
    const missing = this.caller === undefined ? undefined : missingScopes(this.caller, scopes);
    if (missing !== undefined) throw new EarlyResponse(errors.scope(missing, this.caller?.scopes ?? []));
  }

  /** @throws Refusal 400 */
  object(): Readonly<Record<string, unknown>> {
    const value = this.#json();
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new EarlyResponse(errors.badBody());
    return value as Record<string, unknown>;
  }

  #json(): unknown {
    try {
      return this.request.json();
    } catch {
      throw new EarlyResponse(errors.badBody());
    }
  }

  #followRename(workspace: string, slug: string): void {
    if (this.state.switches["old-slug"] === "not-found") return;
    const former = this.state.store.formerRepository(workspace, slug);
    if (former === undefined || levelOn(this.caller, former) === undefined) return;
    const rest = this.request.path.split("/").slice(5).join("/");
    const address = `${this.api}/repositories/${former.workspace.slug}/${former.slug}`;
    throw new EarlyResponse({ status: 301, headers: { location: rest === "" ? address : `${address}/${rest}` } });
  }
}

function shownPart(answer: SandboxResponse, request: SandboxRequest): SandboxResponse {
  const fields = request.query.get("fields");
  return fields === null || answer.status >= 300 ? answer : { ...answer, body: partial(answer.body, fields) };
}

/** Checks that come before an operation in this order: rate limit, login, kind of credential, scope. */
export function routeOf(operation: Operation, state: State): Route {
  const run = (request: SandboxRequest, caller: Credential | undefined): SandboxResponse => {
    const call = new Call(request, caller, state);
    try {
      if (operation.caller !== "anyone" && caller === undefined) return errors.anonymous();
      if (operation.caller === "person" && caller?.kind === "access-token") return errors.wrongKind();
      if (operation.scopes !== undefined) call.requireScopes(operation.scopes);
      return shownPart(operation.handle(call), request);
    } catch (thrown) {
      if (thrown instanceof EarlyResponse) return thrown.response;
      throw thrown;
    }
  };
  return {
    method: operation.method,
    pattern: `/2.0${operation.path}`,
    operation: operation.operation,
    handle: (request) => {
      const caller = state.credentials.authenticate(request.headers["authorization"]);
      if (isAnswer(caller)) return caller;
      const rate = state.rates.take(caller, operation.group);
      if (rate?.refusal !== undefined) return rate.refusal;
      const answer = run(request, caller);
      return rate === undefined ? answer : withHeaders(answer, rate.headers);
    },
  };
}
