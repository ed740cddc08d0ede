// VCS agent pools, the `private://` targets of Data Center: names of an account, without Spaces.
import { require } from "./access";
import { invalid, notFound } from "./errors";
import { ulid } from "./identifiers";
import { newSecret } from "./integrations";
import { asCaller, orAbsent } from "./resolve";
import type { AgentPool, Scope } from "./state";

interface Input {
  readonly name: string;
  readonly description?: string | null;
}

interface Id {
  readonly id: string;
}

/** Resolvers; the token of a pool is in the answer of its creation only. */
export const agentPoolRoutes = {
  vcsAgentPools: asCaller((scope) => (allowed(scope), [...scope.account.agentPools.values()])),
  vcsAgentPool: asCaller((scope, { id }: Id) => (allowed(scope), orAbsent(scope, scope.account.agentPools.get(id)))),
  vcsAgentPoolCreate: asCaller((scope, input: Input) => {
    const pool = { id: ulid(scope.clock.now()), ...checked(scope, input) };
    scope.account.agentPools.set(pool.id, pool);
    return { ...pool, config: newSecret() };
  }),
  vcsAgentPoolUpdate: asCaller((scope, { id, ...input }: Id & Input) => {
    const pool = scope.account.agentPools.get(id);
    const changes = checked(scope, input, id);
    if (pool === undefined) throw notFound();
    return Object.assign(pool, changes);
  }),
  vcsAgentPoolDelete: asCaller((scope, { id }: Id) => {
    allowed(scope);
    const pool = scope.account.agentPools.get(id);
    scope.account.agentPools.delete(id);
    return orAbsent(scope, pool);
  }),
};

/** Assumed: root admins. */
function allowed(scope: Scope): void {
  require(scope, "admin", "root");
}

function checked(scope: Scope, { name, description }: Input, own?: string): Omit<AgentPool, "id"> {
  allowed(scope);
  if ([...scope.account.agentPools.values()].some((pool) => pool.name === name && pool.id !== own)) {
    throw invalid("VCS agent pool", "name", `a pool with the name "${name}" exists already`);
  }
  return { name, description: description ?? null };
}
