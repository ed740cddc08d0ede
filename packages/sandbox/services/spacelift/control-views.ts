// The state as the control path shows it: complete, but with fingerprints instead of secrets.
import { fingerprint } from "../../core/request-log";
import { findConsumers } from "./integrations";
import type { Account, Consumer, Integration } from "./state";

export function showAccount(account: Account) {
  return {
    name: account.name,
    ulid: account.ulid,
    keys: [...account.keys.values()].map(({ secret, ...key }) => ({ ...key, secret: fingerprint(secret) })),
    tokens: account.tokens.map(({ token, ...rest }) => ({ ...rest, token: token === undefined ? null : fingerprint(token) })),
    spaces: [...account.spaces.values()],
    integrations: [...account.integrations.values()].map((integration) => showIntegration(account, integration)),
    stacks: [...account.stacks.values()].map(showConsumer),
    agentPools: [...account.agentPools.values()],
    modules: [...account.modules.values()].map(showConsumer),
  };
}

export function showRuns(account: Account) {
  return account.runs.map((run) => ({ account: account.name, ...run }));
}

export function showDeliveries(account: Account) {
  return account.deliveries.map((delivery) => ({ account: account.name, ...delivery }));
}

function showIntegration(account: Account, integration: Integration) {
  return {
    ...integration,
    webhookSecret: fingerprint(integration.webhookSecret),
    credential: fingerprint(integration.credential),
    users: findConsumers({ account }, integration).map(({ id }) => id),
  };
}

function showConsumer({ settings: _, ...consumer }: Consumer) {
  return consumer;
}
