// One operation of the REST API, as routes that check availability, content types and login before it runs.
import { EarlyResponse } from "../../core/early-response";
import type { Route, SandboxRequest, SandboxResponse } from "../../core/service";
import { createFrameworkError, findContentProblem } from "./content-negotiation";
import { isResponse } from "./credentials";
import { RequestContext } from "./request-context";
import { withResponseHeaders } from "./response-headers";
import type { State } from "./state";
import type { Switches } from "./switches";
import { isAtLeast } from "./version";

/** The separate APIs of the server. Both versions of an API are identical. */
const API_PREFIXES = {
  api: ["/rest/api/1.0", "/rest/api/latest"],
  "access-tokens": ["/rest/access-tokens/1.0", "/rest/access-tokens/latest"],
  insights: ["/rest/insights/1.0", "/rest/insights/latest"],
  "git-lfs": ["/rest/git-lfs"],
  site: [""],
} as const;

export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Defaults to `api`. */
  readonly api?: keyof typeof API_PREFIXES;
  readonly path: string;
  readonly operation: string;
  /** anyone: also without a credential, for public objects. */
  readonly caller: "anyone" | "login";
  /** The first version that has the operation. */
  readonly since?: string;
  /** Whether the server has the operation, in addition to the condition on its version. */
  readonly isAvailable?: (switches: Readonly<Switches>) => boolean;
  handle(context: RequestContext): SandboxResponse | Promise<SandboxResponse>;
}

/** Returns both forms of a path to a personal repository, and other paths unchanged. */
export function listPathForms(path: string): readonly string[] {
  return path.startsWith("/projects/:project/repos") ? [path, path.replace("/projects/:project", "/users/:user")] : [path];
}

/** One route per version of the API and form of the path. */
export function createRoutes(operation: Operation, state: State): readonly Route[] {
  const { method, api = "api", path } = operation;
  const prefixes: readonly string[] = API_PREFIXES[api];
  return prefixes.flatMap((prefix) =>
    listPathForms(path).map((form) => ({
      method,
      pattern: `${state.contextPath}${prefix}${form}`,
      operation: operation.operation,
      handle: (request: SandboxRequest) => respond(operation, request, state),
    })),
  );
}

async function respond(operation: Operation, request: SandboxRequest, state: State): Promise<SandboxResponse> {
  const caller = state.credentials.authenticate(request.headers["authorization"]);
  if (isResponse(caller)) return caller;
  const response = await run(operation, new RequestContext(request, caller, state));
  return withResponseHeaders(response, caller, state);
}

/** Checks that the operation exists, that the content types are supported, and the login, in this order. */
async function run(operation: Operation, context: RequestContext): Promise<SandboxResponse> {
  const { request, caller, state } = context;
  if (!exists(operation, state.switches)) return createFrameworkError(404, request);
  const rejection = operation.api === "site" ? undefined : findContentProblem(request);
  if (rejection !== undefined) return rejection;
  if (operation.caller === "login" && caller === undefined) return context.notPermitted();
  try {
    return await operation.handle(context);
  } catch (error) {
    if (error instanceof EarlyResponse) return error.response;
    throw error;
  }
}

function exists({ since, isAvailable }: Operation, switches: Readonly<Switches>): boolean {
  return (since === undefined || isAtLeast(switches.version, since)) && isAvailable?.(switches) !== false;
}
