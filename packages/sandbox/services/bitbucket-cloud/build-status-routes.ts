// The build statuses of a commit: list, create or overwrite, read, change.
import { EarlyResponse } from "../../core/early-response";
import type { SandboxResponse } from "../../core/service";
import { type BuildStatus, type BuildStatusInput, parseBuildStatus, serializeBuildStatus, STATUS_FIELDS } from "./build-statuses";
import { errors } from "./errors";
import type { Operation } from "./operation";
import { parseOptionalFilter } from "./query-filter";
import type { RequestContext } from "./request-context";
import { respondWithPage } from "./review-pages";
import { requireCommit } from "./reviewed-objects";
import { SCOPES } from "./scopes";
import { formatTimestamp } from "./serializers";
import { sortItems } from "./sorting";
import { randomBracedUuid, type Repository } from "./store";

const STATUSES = "/repositories/:workspace/:repository/commit/:commit/statuses";

/** The scope for reading repositories is enough for writing, too. */
const define = (method: Operation["method"], path: string, operation: string, handle: Operation["handle"]): Operation => ({
  method,
  path: `${STATUSES}${path}`,
  operation,
  group: "repositories",
  caller: method === "GET" ? "anyone" : "login",
  scopes: SCOPES.repository,
  proxy: method === "GET" ? "allowed" : "refused",
  handle,
});

export const buildStatusOperations: readonly Operation[] = [
  define("GET", "", "listBuildStatuses", listStatuses),
  define("POST", "/build", "createBuildStatus", (context) => {
    const { repository, commit } = findCommit(context);
    const response = store(context, repository, commit, parseBuildStatus(context));
    return { ...response, status: 201 };
  }),
  define("GET", "/build/:key", "getBuildStatus", (context) => {
    const { repository, commit } = findCommit(context);
    return { status: 200, body: serializeBuildStatus(context.apiUrl, repository, requireStatus(context, repository, commit)) };
  }),
  define("PUT", "/build/:key", "updateBuildStatus", (context) => {
    const { repository, commit } = findCommit(context);
    const { key } = requireStatus(context, repository, commit);
    return store(context, repository, commit, parseBuildStatus(context, key));
  }),
];

function findCommit(context: RequestContext): { readonly repository: Repository; readonly commit: string } {
  const repository = context.requireRepository("read");
  return { repository, commit: requireCommit(context, repository) };
}

function listStatuses(context: RequestContext): SandboxResponse {
  const { repository, commit } = findCommit(context);
  const { query } = context.request;
  const refname = query.get("refname");
  const matches = parseOptionalFilter(query.get("q"), STATUS_FIELDS);
  const statuses = repository.statuses.list(commit).filter((status) => (refname === null || status.refname === refname) && matches(status));
  return respondWithPage(context, sortItems(statuses, query.get("sort"), STATUS_FIELDS), (status) =>
    serializeBuildStatus(context.apiUrl, repository, status),
  );
}

/** @throws EarlyResponse 404 */
function requireStatus(context: RequestContext, repository: Repository, commit: string): BuildStatus {
  const status = repository.statuses.get(commit, context.param("key"));
  if (status === undefined) throw new EarlyResponse(errors.statusNotFound(context.param("key")));
  return status;
}

/** A status with the same key is overwritten. */
function store(context: RequestContext, repository: Repository, commit: string, input: BuildStatusInput): SandboxResponse {
  const now = formatTimestamp(context.state.clock.now());
  const { uuid = randomBracedUuid(), createdOn = now } = repository.statuses.get(commit, input.key) ?? {};
  const status: BuildStatus = { uuid, commit, ...input, createdOn, updatedOn: now };
  repository.statuses.set(commit, input.key, status);
  return { status: 200, body: serializeBuildStatus(context.apiUrl, repository, status) };
}
