// Paths of Bitbucket Data Center that the sandbox does not emulate, each with the file in which to implement it.
import { ALL_METHODS, createNotImplementedRoutes, type NotImplementedPath } from "../../core/not-implemented";
import type { Route } from "../../core/service";
import { listPathForms } from "./operation";

const PROJECT = "/projects/:project";
const REPOSITORY = `${PROJECT}/repos/:repository`;

const API_PATHS: readonly NotImplementedPath[] = [
  [`${REPOSITORY}/pull-requests`, ["POST"], "pull-request-routes.ts"],
  [`${REPOSITORY}/pull-requests/*rest`, ALL_METHODS, "pull-request-routes.ts"],
  [`${REPOSITORY}/commits`, ["GET"], "branch-routes.ts"],
  [`${REPOSITORY}/commits/*rest`, ALL_METHODS, "branch-routes.ts"],
  [`${REPOSITORY}/branches`, ["POST"], "branch-routes.ts"],
  [`${REPOSITORY}/tags`, ["GET", "POST"], "branch-routes.ts"],
  [`${REPOSITORY}/tags/*rest`, ["GET"], "branch-routes.ts"],
  [`${REPOSITORY}/browse`, ["GET"], "branch-routes.ts"],
  [`${REPOSITORY}/browse/*rest`, ["GET", "PUT"], "branch-routes.ts"],
  [`${REPOSITORY}/files`, ["GET"], "branch-routes.ts"],
  [`${REPOSITORY}/raw/*rest`, ["GET"], "branch-routes.ts"],
  [`${REPOSITORY}/archive`, ["GET"], "branch-routes.ts"],
  [`${REPOSITORY}/compare/*rest`, ["GET"], "branch-routes.ts"],
  [`${REPOSITORY}/forks`, ["GET"], "repository-routes.ts"],
  [`${REPOSITORY}/permissions/*rest`, ALL_METHODS, "permissions.ts"],
  [`${REPOSITORY}/settings/*rest`, ALL_METHODS, "settings-routes.ts"],
  [REPOSITORY, ["POST"], "repository-changes.ts"],
  [`${PROJECT}/permissions/*rest`, ALL_METHODS, "permissions.ts"],
  [`${PROJECT}/settings/*rest`, ALL_METHODS, "settings-routes.ts"],
  ["/users", ["GET", "PUT"], "server-routes.ts"],
  ["/users/:user", ["GET"], "server-routes.ts"],
  ["/groups", ["GET"], "server-routes.ts"],
  ["/admin/*rest", ALL_METHODS, "server-routes.ts"],
  ["/profile/recent/repos", ["GET"], "repository-routes.ts"],
];

/** Web pages that programs request, too; directly below the context path. */
const WEB_PAGES: readonly NotImplementedPath[] = [[`${REPOSITORY}/raw/*rest`, ["GET"], "branch-routes.ts"]];

/** Separate APIs, directly below /rest. */
const OTHER_APIS: readonly NotImplementedPath[] = [
  ["/insights/*rest", ALL_METHODS, "report-routes.ts"],
  ["/build-status/*rest", ALL_METHODS, "build-status-routes.ts"],
  ["/default-reviewers/*rest", ALL_METHODS, "pull-request-routes.ts"],
  ["/branch-permissions/*rest", ALL_METHODS, "branch-routes.ts"],
  ["/ssh/*rest", ALL_METHODS, "server-routes.ts"],
];

/** Must follow the routes of all operations, because some of these patterns match every longer path. */
export function notImplementedRoutes(contextPath: string): readonly Route[] {
  const rules = {
    service: "bitbucket-datacenter",
    body: (message: string) => ({ errors: [{ context: null, message, exceptionName: null }] }),
  };
  const withPathForms = (rows: readonly NotImplementedPath[]): readonly NotImplementedPath[] =>
    rows.flatMap(([path, ...rest]) => listPathForms(path).map((form): NotImplementedPath => [form, ...rest]));
  const api = ["1.0", "latest"].map((version) => `${contextPath}/rest/api/${version}`);
  return [
    ...createNotImplementedRoutes(withPathForms(API_PATHS), { ...rules, prefixes: api }),
    ...createNotImplementedRoutes(OTHER_APIS, { ...rules, prefixes: [`${contextPath}/rest`] }),
    ...createNotImplementedRoutes(withPathForms(WEB_PAGES), { ...rules, prefixes: [contextPath] }),
  ];
}
