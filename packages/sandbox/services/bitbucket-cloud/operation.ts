// One operation of the REST API, as a route that checks rate limit, login, credential type and scopes before it runs.
import { EarlyResponse } from "../../core/early-response";
import type { Route, SandboxRequest, SandboxResponse } from "../../core/service";
import { type Credential, isResponse } from "./credentials";
import { errors } from "./errors";
import { selectFields } from "./partial-responses";
import { type RateGroup, withHeaders } from "./rate-limit";
import { RequestContext } from "./request-context";
import type { Scopes } from "./scopes";
import type { State } from "./state";

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
    if (operation.caller === "person" && isAccessToken(context.caller)) return errors.wrongCredentialType();
    if (operation.scopes !== undefined) context.requireScopes(operation.scopes);
    return selectRequestedFields(operation.handle(context), context.request);
  } catch (error) {
    if (error instanceof EarlyResponse) return error.response;
    throw error;
  }
}

function isAccessToken(caller: Credential | undefined): boolean {
  return caller?.kind === "access-token";
}

function selectRequestedFields(response: SandboxResponse, request: SandboxRequest): SandboxResponse {
  const fields = request.query.get("fields");
  return fields === null || response.status >= 300 ? response : { ...response, body: selectFields(response.body, fields) };
}
