// Runs, started manually or by a delivery. They are only recorded, never executed.
import { createHash } from "node:crypto";
import { requireLevel } from "./access";
import { SpaceliftError } from "./errors";
import { createUlid } from "./identifiers";
import { requireReadable } from "./consumers";
import { isDetached } from "./stacks";
import type { Account, Run, RunType, Scope, Stack } from "./state";

export function triggerRun(scope: Scope, stackId: string, commit: string | null | undefined, type: RunType | null | undefined): Run {
  const stack = requireReadable(scope, scope.account.stacks.get(stackId));
  requireLevel(scope, "writer", stack.space);
  if (isDetached(stack)) throw new SpaceliftError("stack has 1 error: the source code integration is detached");
  return addRun(scope.account, stack, {
    type: type ?? "TRACKED",
    branch: stack.branch,
    // The emulated Spacelift does not know the head of the branch, so it uses a constant with the form of a commit.
    commit: commit ?? createHash("sha1").update(`${stack.repository}@${stack.branch}`).digest("hex"),
    triggeredBy: scope.caller.name,
    integration: null,
    now: scope.clock.now(),
  });
}

/** Undefined if the stack already has a run of the type for the commit, so that a push and its pull request do not start two runs. */
export function startRunForDelivery(
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
  const created: Run = {
    id: createUlid(now),
    stack: stack.id,
    type,
    state: "QUEUED",
    branch,
    commit,
    triggeredBy,
    integration,
    createdAt: Math.floor(now / 1000),
  };
  account.runs.push(created);
  return created;
}
