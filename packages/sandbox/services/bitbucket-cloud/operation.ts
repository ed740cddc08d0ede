// One operation of the REST API, as a route that checks rate limit, login, credential type and scopes before it runs.
import { EarlyResponse } from "../../core/early-response";
import type { Route, SandboxRequest, SandboxResponse } from "../../core/service";
import { isAnonymousToken, isResponse } from "./credentials";
import { errors } from "./errors";
import { selectFields } from "./partial-responses";
import { type RateGroup, withHeaders } from "./rate-limit";
import { RequestContext } from "./request-context";
import type { Scopes } from "./scopes";
import type { State } from "./state";
import type { Switches } from "./switches";

export interface Operation {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /2.0. */
  readonly path: string;
  readonly operation: string;
  readonly group: RateGroup;
  /** anyone: also without a credential, for public objects; login: any credential; person: any credential except an access token, which represents no user. */
  readonly caller: "anyone" | "login" | "person";
  /** Not checked for requests without a credential. */
  readonly scopes?: Scopes;
  /** What the proxy of Pipelines may do with it, if not everything that its scopes allow. */
  readonly proxy?: "allowed" | "refused" | "comments-read" | "comments-write";
  handle(context: RequestContext): SandboxResponse;
}

export function createRoute(operation: Operation, state: State): Route {
  return {
    method: operation.method,
    pattern: `/2.0${operation.path}`,
    operation: operation.operation,
    handle: (request) => {
      const caller = state.credentials.authenticate(request.headers["authorization"]);
      if (isResponse(caller)) return caller;
      const rate = state.rates.take(caller, operation.group);
      if (rate?.rejection !== undefined) return rate.rejection;
      const response = run(operation, new RequestContext(request, caller, state));
      return rate === undefined ? response : withHeaders(response, rate.headers);
    },
  };
}

/** Checks login, credential type and scopes, in this order. */
function run(operation: Operation, context: RequestContext): SandboxResponse {
  try {
    if (operation.caller !== "anyone" && context.caller === undefined) return errors.loginRequired();
    const { caller } = context;
    if (operation.caller === "person" && caller !== undefined && isAnonymousToken(caller)) return errors.wrongCredentialType();
    if (caller?.kind === "pipelines-proxy" && !isAllowedForProxy(operation, context.state.switches)) return errors.wrongCredentialType();
    if (operation.scopes !== undefined) context.requireScopes(operation.scopes);
    return selectRequestedFields(operation.handle(context), context.request);
  } catch (error) {
    if (error instanceof EarlyResponse) return error.response;
    throw error;
  }
}

function isAllowedForProxy({ proxy = "allowed" }: Operation, switches: Readonly<Switches>): boolean {
  switch (proxy) {
    case "allowed":
      return true;
    case "refused":
      return false;
    case "comments-read":
      return switches["proxy-comments"] !== "refuse";
    case "comments-write":
      return switches["proxy-comments"] === "write";
  }
}

function selectRequestedFields(response: SandboxResponse, request: SandboxRequest): SandboxResponse {
  const fields = request.query.get("fields");
  return fields === null || response.status >= 300 ? response : { ...response, body: selectFields(response.body, fields) };
}
