// The state as the control path shows it: complete, but with fingerprints instead of secrets.
import { fingerprint } from "../../core/request-log";
import { findConsumers } from "./integrations";
import type { Account, Consumer, Integration } from "./state";

export function describeAccount(account: Account) {
  return {
    name: account.name,
    ulid: account.ulid,
    keys: [...account.keys.values()].map(({ secret, ...key }) => ({ ...key, secret: fingerprint(secret) })),
    tokens: account.tokens.map(({ token, ...rest }) => ({ ...rest, token: token === undefined ? null : fingerprint(token) })),
    spaces: [...account.spaces.values()],
    integrations: [...account.integrations.values()].map((integration) => describeIntegration(account, integration)),
    stacks: [...account.stacks.values()].map(describeConsumer),
    agentPools: [...account.agentPools.values()],
    modules: [...account.modules.values()].map(describeConsumer),
  };
}

export function describeRuns(account: Account) {
  return account.runs.map((run) => ({ account: account.name, ...run }));
}

export function describeDeliveries(account: Account) {
  return account.deliveries.map((delivery) => ({ account: account.name, ...delivery }));
}

function describeIntegration(account: Account, integration: Integration) {
  return {
    ...integration,
    webhookSecret: fingerprint(integration.webhookSecret),
    credential: fingerprint(integration.credential),
    users: findConsumers({ account }, integration).map(({ id }) => id),
  };
}

function describeConsumer({ settings: _, ...consumer }: Consumer) {
  return consumer;
}
