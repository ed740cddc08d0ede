// The build statuses of a commit: store, read and delete one by its key.
import type { SandboxResponse } from "../../core/service";
import { parseBuildStatus } from "./build-statuses";
import { errors } from "./errors";
import type { Operation } from "./operation";
import type { RequestContext } from "./request-context";
import { requireCommit } from "./reviewed-objects";
import { createRestDateFormatter } from "./serializers";
import { SINCE } from "./version";

const BUILDS = "/projects/:project/repos/:repository/commits/:commit/builds";

export const buildStatusOperations: readonly Operation[] = [
  { method: "POST", path: BUILDS, operation: "createBuildStatus", caller: "login", since: SINCE.builds, handle: storeStatus },
  { method: "GET", path: BUILDS, operation: "getBuildStatus", caller: "anyone", since: SINCE.builds, handle: readStatus },
  {
    method: "DELETE",
    path: BUILDS,
    operation: "deleteBuildStatus",
    caller: "login",
    since: SINCE.builds,
    handle: (context) => {
      const repository = context.requireRepository("read");
      repository.statuses.delete(requireCommit(context, repository), context.request.query.get("key") ?? "");
      return { status: 204 };
    },
  },
];

/** A status with the same key is overwritten. */
function storeStatus(context: RequestContext): SandboxResponse {
  const repository = context.requireRepository("read");
  const commit = requireCommit(context, repository);
  const input = parseBuildStatus(context.jsonObject());
  const now = context.state.clock.now();
  const createdDate = repository.statuses.get(commit, input.key)?.createdDate ?? now;
  repository.statuses.set(commit, input.key, { ...input, createdDate, updatedDate: now });
  return { status: 204 };
}

function readStatus(context: RequestContext): SandboxResponse {
  const repository = context.requireRepository("read");
  const key = context.request.query.get("key") ?? "";
  const status = repository.statuses.get(requireCommit(context, repository), key);
  if (status === undefined) return errors.entityNotFound(`There is no build status with the key ${key}.`);
  const formatDate = createRestDateFormatter(context.state.switches);
  return { status: 200, body: { ...status, createdDate: formatDate(status.createdDate), updatedDate: formatDate(status.updatedDate) } };
}
