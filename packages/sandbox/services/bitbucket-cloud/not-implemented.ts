// Paths of Bitbucket Cloud that the sandbox does not emulate (501), and paths that Bitbucket removed (410).
import { ALL_METHODS, createNotImplementedRoutes, type NotImplementedPath } from "../../core/not-implemented";
import type { Route, SandboxResponse } from "../../core/service";
import { isResponse } from "./credentials";
import { errors } from "./errors";
import type { State } from "./state";

const REPOSITORY = "/repositories/:workspace/:repository";

/** Documented paths; the response names the file in which to implement one. */
const NOT_IMPLEMENTED: readonly NotImplementedPath[] = [
  [`${REPOSITORY}/refs/*rest`, ["GET", "POST", "DELETE"], "repository-routes.ts"],
  [`${REPOSITORY}/commits`, ["GET", "POST"], "repository-routes.ts"],
  [`${REPOSITORY}/commits/*rest`, ["GET", "POST"], "repository-routes.ts"],
  [`${REPOSITORY}/commit/:commit`, ["GET"], "repository-routes.ts"],
  [`${REPOSITORY}/pullrequests`, ["POST"], "pull-request-routes.ts"],
  [`${REPOSITORY}/pullrequests/*rest`, ALL_METHODS, "pull-request-routes.ts"],
  [`${REPOSITORY}/src`, ["GET", "POST"], "repository-routes.ts"],
  [`${REPOSITORY}/src/*rest`, ["GET"], "repository-routes.ts"],
  [`${REPOSITORY}/forks`, ["GET", "POST"], "repository-routes.ts"],
  [`${REPOSITORY}/watchers`, ["GET"], "repository-routes.ts"],
  [`${REPOSITORY}/downloads`, ["GET", "POST"], "repository-routes.ts"],
  ["/workspaces/:workspace/members", ["GET"], "account-routes.ts"],
  ["/workspaces/:workspace/permissions", ["GET"], "account-routes.ts"],
  ["/workspaces/:workspace/permissions/repositories", ["GET"], "account-routes.ts"],
  ["/workspaces/:workspace/projects", ["POST"], "account-routes.ts"],
  ["/workspaces/:workspace/projects/:project", ["PUT", "DELETE"], "account-routes.ts"],
];

/** Lists across all workspaces, removed in April 2026. They respond with 410, with or without a credential. */
const REMOVED = ["/repositories", "/workspaces", "/user/permissions/workspaces", "/user/permissions/repositories"] as const;

export function createRemovedRoutes(state: State): readonly Route[] {
  return REMOVED.map((path) => ({
    method: "GET",
    pattern: `/2.0${path}`,
    operation: "removed",
    handle: (request): SandboxResponse => {
      const caller = state.credentials.authenticate(request.headers["authorization"]);
      return isResponse(caller) ? caller : errors.endpointRemoved();
    },
  }));
}

export const notImplementedRoutes: readonly Route[] = createNotImplementedRoutes(NOT_IMPLEMENTED, {
  service: "bitbucket-cloud",
  prefixes: ["/2.0"],
  body: (message) => ({ type: "error", error: { message } }),
});
