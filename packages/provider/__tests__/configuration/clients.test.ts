/** What the provider's own configuration says of its logins. */
import { Clients, type Configuration } from "../../configuration/clients";
import { UNKNOWN } from "../../../terraform-plugin";

const silent = () => undefined;
const clients = (changes: Partial<Configuration>): Clients =>
  new Clients({
    spacelift: null,
    bitbucketCloud: null,
    bitbucketDatacenter: null,
    limits: { rateLimitMaxWaitMs: 1, requestTimeoutMs: 1, maxConcurrentRequests: 1 },
    environment: {},
    log: { debug: silent, info: silent, warn: silent },
    signal: new AbortController().signal,
    ...changes,
  });
const server = {
  url: "https://bitbucket.acme.example",
  access_token: null,
  access_token_env: "WEBHOOKS_TOKEN",
  username: "WEBHOOKS_USER",
  password: null,
  password_env: null,
  ca_certificate: null,
};

it.each<[string, Partial<Configuration>, boolean]>([
  ["names it for a token", { bitbucketDatacenter: server }, true],
  ["names another one", { bitbucketDatacenter: { ...server, access_token_env: "OTHER" } }, false],
  [
    "has the same text as something else",
    { bitbucketDatacenter: { ...server, access_token_env: null, username: "WEBHOOKS_TOKEN" } },
    false,
  ],
  ["is not known yet", { bitbucketDatacenter: UNKNOWN, spacelift: UNKNOWN }, false],
  ["has no blocks", {}, false],
])("a variable is the provider's own login where its configuration %s: %j %s", (_name, changes, own) => {
  expect(clients(changes).logsInWith("WEBHOOKS_TOKEN")).toBe(own);
});
