// The token endpoint for OAuth consumers: the grant client_credentials, with key and secret as Basic or in the form.
import { parseAuthorization } from "../../core/authorization";
import type { Route, SandboxRequest, SandboxResponse } from "../../core/service";
import { OAUTH_TOKEN_SECONDS } from "./credentials";
import type { State } from "./state";

export const TOKEN_ENDPOINT = "/site/oauth2/access_token";

export function createOauthRoute(state: State): Route {
  return { method: "POST", pattern: TOKEN_ENDPOINT, operation: "requestToken", handle: (request) => requestToken(request, state) };
}

function requestToken(request: SandboxRequest, state: State): SandboxResponse {
  const form = new URLSearchParams(request.body.toString("utf8"));
  const [key, secret] = parseBasicLogin(request) ?? [form.get("client_id") ?? "", form.get("client_secret") ?? ""];
  const consumer = state.credentials.findConsumer(key, secret);
  if (consumer === undefined) return rejectRequest(401, "invalid_client", "Invalid OAuth client credentials");
  if (form.get("grant_type") !== "client_credentials") {
    return rejectRequest(400, "unsupported_grant_type", "The sandbox emulates client_credentials only.");
  }
  const body = {
    access_token: state.credentials.issueToken(consumer),
    scopes: consumer.scopes.join(" "),
    expires_in: OAUTH_TOKEN_SECONDS,
    token_type: "bearer",
    state: "client_credentials",
  };
  return { status: 200, body };
}

function parseBasicLogin(request: SandboxRequest): readonly [string, string] | undefined {
  const authorization = parseAuthorization(request.headers["authorization"]);
  return authorization?.scheme === "basic" ? [authorization.user, authorization.password] : undefined;
}

function rejectRequest(status: number, error: string, description: string): SandboxResponse {
  return { status, body: { error, error_description: description } };
}
