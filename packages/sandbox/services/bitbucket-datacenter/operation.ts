// One operation of the REST API: the addresses that it has, and what every operation looks at before it acts.
import type { Clock } from "../../core/clock";
import { atLeast, type Level } from "../../core/access-level";
import type { Route, SandboxRequest, SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { type Caller, type Credentials, isResponse } from "./credentials";
import { errors } from "./errors";
import { withResponseHeaders } from "./response-headers";
import type { Invocations } from "./invocations";
import { rejectContent, frameworkErrorFor } from "./content-negotiation";
import { accessLevel, projectAccessLevel, canSeeProject } from "./permissions";
import type { RateLimits } from "./rate-limit";
import type { Project, Repository, Store } from "./store";
import type { Switches } from "./switches";
import { isAtLeast } from "./version";
import type { SerializerContext } from "./serializers";

/** What all operations work on; the parts are replaced when the sandbox is reset or seeded. */
export interface State {
  store: Store;
  credentials: Credentials;
  readonly rates: RateLimits;
  readonly invocations: Invocations;
  readonly switches: Switches;
  readonly clock: Clock;
  /** Below the origin: "/bitbucket", or "". */
  readonly contextPath: string;
  /** Counts responses, for what differs from one to the next. */
  responseCount: number;
  /** Origin and context path. */
  base(): string;
  /** Of the paired Spacelift: where deliveries really go. */
  paired(): readonly string[];
}

/** The parts of the server with an API of their own. Those of `api` have two versions, which are the same. */
const API_PREFIXES = {
  api: ["/rest/api/1.0", "/rest/api/latest"],
  "access-tokens": ["/rest/access-tokens/1.0", "/rest/access-tokens/latest"],
  "git-lfs": ["/rest/git-lfs"],
  site: [""],
} as const;

export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** `api` unless given. */
  readonly api?: keyof typeof API_PREFIXES;
  readonly path: string;
  readonly operation: string;
  /** anyone: also without a credential, as far as objects are public. */
  readonly caller: "anyone" | "login";
  /** Older servers do not have it. */
  readonly since?: string;
  /** Whether this server has it, beside its version. */
  readonly isAvailable?: (switches: Readonly<Switches>) => boolean;
  handle(context: RequestContext): SandboxResponse | Promise<SandboxResponse>;
}

/** An operation in progress. */
export class RequestContext {
  constructor(
    readonly request: SandboxRequest,
    readonly caller: Caller | undefined,
    readonly state: State,
  ) {}

  get serializerContext(): SerializerContext {
    return { baseUrl: this.state.base(), switches: this.state.switches };
  }

  param(name: string): string {
    return this.request.params[name] ?? "";
  }

  /** `/users/ada/repos/x` is `/projects/~ada/repos/x`. */
  get projectKey(): string {
    const user = this.param("user");
    return user === "" ? this.param("project") : `~${user}`;
  }

  /** @throws EarlyResponse 404 when there is none, 401 when the caller may not */
  requireProject(wanted: Level | "visible"): Project {
    const found = this.state.store.project(this.projectKey);
    if (found === undefined) throw new EarlyResponse(errors.projectNotFound(this.projectKey));
    const allowed = wanted === "visible" ? canSeeProject(this.caller, found) : atLeast(projectAccessLevel(this.caller, found), wanted);
    if (!allowed) throw new EarlyResponse(this.notPermitted());
    return found;
  }

  /** @throws EarlyResponse 404 when there is none, 307 for a former address under the switch, 401 when the caller may not */
  requireRepository(wanted: Level): Repository {
    const [key, slug] = [this.projectKey, this.param("repository")];
    const found = this.state.store.repository(key, slug);
    if (found === undefined) {
      this.#followMove(key, slug);
      const project = this.state.store.project(key);
      throw new EarlyResponse(project === undefined ? errors.projectNotFound(key) : errors.repositoryNotFound(project.key, slug));
    }
    if (!atLeast(accessLevel(this.caller, found), wanted)) throw new EarlyResponse(this.notPermitted());
    return found;
  }

  notPermitted(): SandboxResponse {
    return this.caller === undefined ? errors.loginRequired(this.state.switches.version) : errors.notPermitted();
  }

  /** @throws EarlyResponse 400 */
  jsonObject(): Readonly<Record<string, unknown>> {
    const value = this.#json();
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new EarlyResponse(errors.invalidBody());
    return value as Record<string, unknown>; // An object of JSON.
  }

  #json(): unknown {
    try {
      return this.request.json();
    } catch {
      throw new EarlyResponse(errors.invalidBody());
    }
  }

  #followMove(key: string, slug: string): void {
    if (this.state.switches.renamed === "not-found") return;
    const moved = this.state.store.formerRepository(key, slug);
    if (moved === undefined || accessLevel(this.caller, moved) === undefined) return;
    const { path, query } = this.request;
    const [before = ""] = /^.*?\/(?:projects|users)\/(?=[^/]+\/repos\/)/.exec(path) ?? [];
    const [after = ""] = /(?<=\/repos\/[^/]+)\/.*$/.exec(path.slice(before.length - 1)) ?? [];
    const search = query.toString();
    const to = `${before.replace(/users\/$/, "projects/")}${moved.project.key}/repos/${moved.slug}${after}`;
    const { origin } = new URL(this.state.base());
    throw new EarlyResponse({ status: 307, headers: { location: `${origin}${to}${search === "" ? "" : `?${search}`}` } });
  }
}

/** Of a path below an API: repositories of users have two. */
export function pathForms(path: string): readonly string[] {
  return path.startsWith("/projects/:project/repos") ? [path, path.replace("/projects/:project", "/users/:user")] : [path];
}

/** All addresses of an operation: versions of its API, and both forms of personal projects. */
export function createRoutes(operation: Operation, state: State): readonly Route[] {
  const { method, api: part = "api", path } = operation;
  const prefixes: readonly string[] = API_PREFIXES[part];
  return prefixes.flatMap((prefix) =>
    pathForms(path).map((form) => ({
      method,
      pattern: `${state.contextPath}${prefix}${form}`,
      operation: operation.operation,
      handle: async (request: SandboxRequest) => {
        const caller = state.credentials.authenticate(request.headers["authorization"]);
        return isResponse(caller)
          ? caller
          : withResponseHeaders(await run(operation, new RequestContext(request, caller, state)), caller, state);
      },
    })),
  );
}

/** In this order: is there such an address, can the body and the response be understood, login, then what the operation looks at. */
async function run(operation: Operation, context: RequestContext): Promise<SandboxResponse> {
  const { request, caller, state } = context;
  const { since, isAvailable: present } = operation;
  if ((since !== undefined && !isAtLeast(state.switches.version, since)) || present?.(state.switches) === false) {
    return frameworkErrorFor(404, request);
  }
  const complaint = operation.api === "site" ? undefined : rejectContent(request);
  if (complaint !== undefined) return complaint;
  if (operation.caller === "login" && caller === undefined) return context.notPermitted();
  try {
    return await operation.handle(context);
  } catch (thrown) {
    if (thrown instanceof EarlyResponse) return thrown.response;
    throw thrown;
  }
}
