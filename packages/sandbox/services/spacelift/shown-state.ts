// What the control path shows of the state: everything that a person or a test asks for, and no secret but as its fingerprint.
import { fingerprint } from "../../core/request-log";
import { usersOf } from "./integrations";
import type { Account, Sourced } from "./state";

export function showAccount(account: Account) {
  return {
    name: account.name,
    ulid: account.ulid,
    keys: [...account.keys.values()].map(({ secret, ...key }) => ({ ...key, secret: fingerprint(secret) })),
    tokens: account.tokens.map(({ token, ...rest }) => ({ ...rest, token: token === undefined ? null : fingerprint(token) })),
    spaces: [...account.spaces.values()],
    integrations: [...account.integrations.values()].map(({ webhookSecret, credential, ...integration }) => ({
      ...integration,
      webhookSecret: fingerprint(webhookSecret),
      credential: fingerprint(credential),
      users: usersOf({ account }, { ...integration, webhookSecret, credential }).map((user) => user.id),
    })),
    stacks: [...account.stacks.values()].map(showSourced),
    agentPools: [...account.agentPools.values()],
    modules: [...account.modules.values()].map(showSourced),
  };
}

export function showRuns(account: Account) {
  return account.runs.map((run) => ({ account: account.name, ...run }));
}

export function showDeliveries(account: Account) {
  return account.deliveries.map((delivery) => ({ account: account.name, ...delivery }));
}

function showSourced({ settings: _, ...thing }: Sourced) {
  return thing;
}
