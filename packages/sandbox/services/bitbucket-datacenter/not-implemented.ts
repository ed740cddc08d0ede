// Paths that Bitbucket Data Center has and the sandbox does not play, each with the file that is its place.
import type { Route } from "../../core/service";
import { ALL_METHODS, createNotImplementedRoutes, type NotImplementedPath } from "../../core/not-implemented";
import { pathForms } from "./operation";

const PROJECT = "/projects/:project";
const REPOSITORY = `${PROJECT}/repos/:repository`;

const OF_API: readonly NotImplementedPath[] = [
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

/** Pages for people that programs ask for too, below the context path itself. */
const PAGES: readonly NotImplementedPath[] = [[`${REPOSITORY}/raw/*rest`, ["GET"], "branch-routes.ts"]];

/** Whole APIs of their own, by the first part of their paths below /rest. */
const OTHER_APIS: readonly NotImplementedPath[] = [
  ["/insights/*rest", ALL_METHODS, "branch-routes.ts"],
  ["/build-status/*rest", ALL_METHODS, "branch-routes.ts"],
  ["/default-reviewers/*rest", ALL_METHODS, "pull-request-routes.ts"],
  ["/branch-permissions/*rest", ALL_METHODS, "branch-routes.ts"],
  ["/ssh/*rest", ALL_METHODS, "server-routes.ts"],
];

/** After all that is played: some of the paths end in everything. */
export function notImplementedRoutes(contextPath: string): readonly Route[] {
  const rules = {
    service: "bitbucket-datacenter",
    body: (message: string) => ({ errors: [{ context: null, message, exceptionName: null }] }),
  };
  const everyForm = (rows: readonly NotImplementedPath[]): readonly NotImplementedPath[] =>
    rows.flatMap(([path, ...rest]) => pathForms(path).map((form): NotImplementedPath => [form, ...rest]));
  const api = ["1.0", "latest"].map((version) => `${contextPath}/rest/api/${version}`);
  return [
    ...createNotImplementedRoutes(everyForm(OF_API), { ...rules, prefixes: api }),
    ...createNotImplementedRoutes(OTHER_APIS, { ...rules, prefixes: [`${contextPath}/rest`] }),
    ...createNotImplementedRoutes(everyForm(PAGES), { ...rules, prefixes: [contextPath] }),
  ];
}
