// VCS agent pools, the targets of `private://` hosts of Data Center. They belong to an account, not to a Space.
import { requireLevel } from "./access";
import { invalid, notFound } from "./errors";
import { createUlid } from "./identifiers";
import { createSecret } from "./integrations";
import { authenticated, orNotFound } from "./resolver";
import type { AgentPool, Scope } from "./state";

interface PoolInput {
  readonly name: string;
  readonly description?: string | null;
}

interface Id {
  readonly id: string;
}

export const agentPoolResolvers = {
  vcsAgentPools: authenticated((scope) => {
    requireRootAdmin(scope);
    return [...scope.account.agentPools.values()];
  }),
  vcsAgentPool: authenticated((scope, { id }: Id) => {
    requireRootAdmin(scope);
    return orNotFound(scope, scope.account.agentPools.get(id));
  }),
  /** Only this response contains the token of the pool. */
  vcsAgentPoolCreate: authenticated((scope, input: PoolInput) => {
    const pool = { id: createUlid(scope.clock.now()), ...validate(scope, input) };
    scope.account.agentPools.set(pool.id, pool);
    return { ...pool, config: createSecret() };
  }),
  vcsAgentPoolUpdate: authenticated((scope, { id, ...input }: Id & PoolInput) => {
    const pool = scope.account.agentPools.get(id);
    const changes = validate(scope, input, id);
    if (pool === undefined) throw notFound();
    return Object.assign(pool, changes);
  }),
  vcsAgentPoolDelete: authenticated((scope, { id }: Id) => {
    requireRootAdmin(scope);
    const pool = scope.account.agentPools.get(id);
    scope.account.agentPools.delete(id);
    return orNotFound(scope, pool);
  }),
};

/** Assumed. */
function requireRootAdmin(scope: Scope): void {
  requireLevel(scope, "admin", "root");
}

/** @param ownId of the pool that is updated */
function validate(scope: Scope, { name, description }: PoolInput, ownId?: string): Omit<AgentPool, "id"> {
  requireRootAdmin(scope);
  if ([...scope.account.agentPools.values()].some((pool) => pool.name === name && pool.id !== ownId)) {
    throw invalid("VCS agent pool", "name", `a pool with the name "${name}" already exists`);
  }
  return { name, description: description ?? null };
}
