// Runs: started by hand or by a delivery, one per stack, type and commit; nothing is executed.
import { createHash } from "node:crypto";
import { require } from "./access";
import { Refusal } from "./errors";
import { ulid } from "./identifiers";
import { found } from "./sources";
import { isDetached } from "./stacks";
import type { Account, Run, RunType, Scope, Stack } from "./state";

export function triggerRun(scope: Scope, stackId: string, commit: string | null | undefined, type: RunType | null | undefined): Run {
  const stack = found(scope, scope.account.stacks.get(stackId));
  require(scope, "writer", stack.space);
  if (isDetached(stack)) throw new Refusal("stack has 1 error: the source code integration is detached");
  return addRun(scope.account, stack, {
    type: type ?? "TRACKED",
    branch: stack.branch,
    // The head of the branch is not known here; any constant value of the right form does.
    commit: commit ?? createHash("sha1").update(`${stack.repository}@${stack.branch}`).digest("hex"),
    triggeredBy: scope.caller.name,
    integration: null,
    now: scope.clock.now(),
  });
}

/** Undefined when this stack has had a run of the type for the commit: a push and its pull request must not start two. */
export function runForDelivery(
  account: Account,
  stack: Stack,
  push: { branch: string; commit: string; integration: string; now: number },
): Run | undefined {
  const type: RunType = push.branch === stack.branch ? "TRACKED" : "PROPOSED";
  if (account.runs.some((run) => run.stack === stack.id && run.type === type && run.commit === push.commit)) return undefined;
  return addRun(account, stack, { type, ...push, triggeredBy: `vcs/${push.integration}` });
}

function addRun(
  account: Account,
  stack: Stack,
  run: Pick<Run, "type" | "branch" | "commit" | "triggeredBy" | "integration"> & { now: number },
): Run {
  const { now, type, branch, commit, triggeredBy, integration } = run;
  const made: Run = {
    id: ulid(now),
    stack: stack.id,
    type,
    state: "QUEUED",
    branch,
    commit,
    triggeredBy,
    integration,
    createdAt: Math.floor(now / 1000),
  };
  account.runs.push(made);
  return made;
}
