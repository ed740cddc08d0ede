/** A secret from the environment goes only to the address of the environment, and any credential only to allowed hosts. */
import type { LoginName } from "../../configuration/login-systems";
import { diagnosticOf } from "./diagnostic-of";
import { ACCOUNT, CLOUD_API, resolve, SERVER, spaceliftToken, TOKEN } from "./login-fixtures";

type Values = Record<string, string>;

const KEY = { SPACELIFT_API_KEY_ID: "01KEY", SPACELIFT_API_KEY_SECRET: "key-secret" };
const CLOUD_TOKEN = { BITBUCKET_ACCESS_TOKEN: "access-token" };
const SERVER_TOKEN = { BITBUCKET_DATACENTER_TOKEN: "access-token" };
const PROXY = "https://proxy.example/2.0";
const OTHER = "https://other.example";

it.each<[string, LoginName, Values, Values, string]>([
  [
    "a key, and an endpoint of the same account",
    "spacelift",
    { endpoint: ACCOUNT },
    { ...KEY, SPACELIFT_API_KEY_ENDPOINT: `${ACCOUNT}/graphql` },
    ACCOUNT,
  ],
  ["a key without an endpoint of its own", "spacelift", { endpoint: ACCOUNT }, KEY, ACCOUNT],
  ["a token of the account", "spacelift", { endpoint: `${ACCOUNT}/` }, { SPACELIFT_API_TOKEN: TOKEN }, ACCOUNT],
  ["a token, and the built-in address", "bitbucket_cloud", { base_url: CLOUD_API }, CLOUD_TOKEN, CLOUD_API],
  [
    "a token, and the address of the environment",
    "bitbucket_cloud",
    { base_url: PROXY },
    { ...CLOUD_TOKEN, BITBUCKET_API_URL: `${PROXY}/` },
    PROXY,
  ],
  [
    "a token, and a server of the same origin",
    "bitbucket_datacenter",
    { url: SERVER },
    { ...SERVER_TOKEN, BITBUCKET_DATACENTER_URL: "https://bitbucket.acme.example" },
    SERVER,
  ],
  ["a token without a server of its own", "bitbucket_datacenter", { url: SERVER }, SERVER_TOKEN, SERVER],
  [
    "a token without a server of its own, for an allowed host",
    "bitbucket_datacenter",
    { url: SERVER },
    { ...SERVER_TOKEN, BITLIFT_ALLOWED_HOSTS: "bitbucket.acme.example" },
    SERVER,
  ],
  ["a variable that only the block names", "bitbucket_cloud", { base_url: PROXY, access_token_env: "T" }, { T: "own-token" }, PROXY],
  [
    "nothing: the secret is in the block",
    "bitbucket_datacenter",
    { url: SERVER, access_token: "own-token" },
    { BITBUCKET_DATACENTER_URL: OTHER },
    SERVER,
  ],
  [
    "only an address: the secret is in the block",
    "bitbucket_datacenter",
    { access_token: "own-token" },
    { BITBUCKET_DATACENTER_URL: OTHER },
    OTHER,
  ],
])("accepts from the environment %s", (_case, name, block, environment, address) => {
  expect(resolve(name, block, environment).address).toBe(address);
});

it.each<[string, LoginName, Values, Values, readonly string[]]>([
  [
    "a key of another endpoint",
    "spacelift",
    { endpoint: OTHER },
    { ...KEY, SPACELIFT_API_KEY_ENDPOINT: ACCOUNT },
    [OTHER, ACCOUNT, "SPACELIFT_API_KEY_SECRET", "SPACELIFT_API_KEY_ENDPOINT"],
  ],
  ["a token of another account", "spacelift", { endpoint: OTHER }, { SPACELIFT_API_TOKEN: TOKEN }, [OTHER, ACCOUNT, "SPACELIFT_API_TOKEN"]],
  [
    "a token for the built-in address",
    "bitbucket_cloud",
    { base_url: PROXY },
    CLOUD_TOKEN,
    [PROXY, CLOUD_API, "BITBUCKET_ACCESS_TOKEN", "BITBUCKET_API_URL"],
  ],
  [
    "a token for the address of the environment",
    "bitbucket_cloud",
    { base_url: CLOUD_API },
    { ...CLOUD_TOKEN, BITBUCKET_API_URL: PROXY },
    [PROXY, CLOUD_API],
  ],
  [
    "a token of another server",
    "bitbucket_datacenter",
    { url: OTHER },
    { ...SERVER_TOKEN, BITBUCKET_DATACENTER_URL: SERVER },
    [OTHER, SERVER, "BITBUCKET_DATACENTER_TOKEN", "BITBUCKET_DATACENTER_URL"],
  ],
  [
    "a token of another port",
    "bitbucket_datacenter",
    { url: "https://bitbucket.acme.example:8443" },
    { ...SERVER_TOKEN, BITBUCKET_DATACENTER_URL: SERVER },
    [":8443", SERVER],
  ],
  [
    "a password of another server",
    "bitbucket_datacenter",
    { url: OTHER, username: "ci" },
    { BITBUCKET_DATACENTER_PASSWORD: "p", BITBUCKET_DATACENTER_URL: SERVER },
    [OTHER, SERVER, "BITBUCKET_DATACENTER_PASSWORD"],
  ],
  [
    "a password of another server, whose user name is missing",
    "bitbucket_datacenter",
    { url: OTHER },
    { BITBUCKET_DATACENTER_PASSWORD: "p", BITBUCKET_DATACENTER_URL: SERVER },
    [OTHER, SERVER, "BITBUCKET_DATACENTER_PASSWORD"],
  ],
  [
    "an API token for the built-in address, whose email address is missing",
    "bitbucket_cloud",
    { base_url: PROXY },
    { BITBUCKET_API_TOKEN: "api-token" },
    [PROXY, CLOUD_API, "BITBUCKET_API_TOKEN", "BITBUCKET_API_URL"],
  ],
  [
    "the secret of a key of another endpoint, whose ID is missing",
    "spacelift",
    { endpoint: OTHER },
    { SPACELIFT_API_KEY_SECRET: "key-secret", SPACELIFT_API_KEY_ENDPOINT: ACCOUNT },
    [OTHER, ACCOUNT, "SPACELIFT_API_KEY_SECRET"],
  ],
  [
    "the provider's own variable, named in the block",
    "bitbucket_datacenter",
    { url: OTHER, access_token_env: "BITBUCKET_DATACENTER_TOKEN" },
    { ...SERVER_TOKEN, BITBUCKET_DATACENTER_URL: SERVER },
    [OTHER, SERVER],
  ],
])("does not send %s to the address of the block, and names both", (_case, name, block, environment, names) => {
  const { code, why, fix } = diagnosticOf(() => resolve(name, block, environment));
  expect(code).toBe("credential-address-mismatch");
  for (const text of names) expect(`${why} ${fix}`).toContain(text);
  expect(`${why} ${fix}`).not.toMatch(/key-secret|access-token/);
});

const ALLOWED = "BITLIFT_ALLOWED_HOSTS";

it.each<[string, LoginName, Values | null, Values, boolean]>([
  ["its host", "bitbucket_datacenter", { url: SERVER, access_token: "t" }, { [ALLOWED]: "bitbucket.acme.example" }, true],
  [
    "its host in other case, among others, with spaces",
    "bitbucket_datacenter",
    { url: SERVER, access_token: "t" },
    { [ALLOWED]: "a.example, Bitbucket.ACME.example ,b.example" },
    true,
  ],
  ["its host and port", "bitbucket_datacenter", { url: "http://b.example:7990", access_token: "t" }, { [ALLOWED]: "b.example:7990" }, true],
  [
    "its host and the default port",
    "bitbucket_datacenter",
    { url: SERVER, access_token: "t" },
    { [ALLOWED]: "bitbucket.acme.example:443" },
    true,
  ],
  [
    "its host with another port",
    "bitbucket_datacenter",
    { url: SERVER, access_token: "t" },
    { [ALLOWED]: "bitbucket.acme.example:8443" },
    false,
  ],
  [
    "an address of version 6",
    "bitbucket_datacenter",
    { url: "http://[0:0:0:0:0:0:0:1]:7990", access_token: "t" },
    { [ALLOWED]: "[::1]" },
    true,
  ],
  [
    "an international name",
    "bitbucket_datacenter",
    { url: "https://b\u00FCcher.example", access_token: "t" },
    { [ALLOWED]: "b\u00FCcher.example" },
    true,
  ],
  [
    "an international name in its other form",
    "bitbucket_datacenter",
    { url: "https://b\u00FCcher.example", access_token: "t" },
    { [ALLOWED]: "xn--bcher-kva.example" },
    true,
  ],
  [
    "a port with a zero in front",
    "bitbucket_datacenter",
    { url: "https://b.example:7990", access_token: "t" },
    { [ALLOWED]: "b.example:07990" },
    true,
  ],
  [
    "a name that looks the same",
    "bitbucket_datacenter",
    { url: "https://\u0430cme.example", access_token: "t" },
    { [ALLOWED]: "acme.example" },
    false,
  ],
  [
    "a name without its last period",
    "bitbucket_datacenter",
    { url: "https://acme.example.", access_token: "t" },
    { [ALLOWED]: "acme.example" },
    false,
  ],
  [
    "its host before an encoded character",
    "bitbucket_datacenter",
    { url: "https://acme.example%2eevil.example", access_token: "t" },
    { [ALLOWED]: "acme.example" },
    false,
  ],
  [
    "its host in the path",
    "bitbucket_datacenter",
    { url: "https://evil.example/acme.example", access_token: "t" },
    { [ALLOWED]: "acme.example" },
    false,
  ],
  [
    "an address of version 4 for the same of version 6",
    "bitbucket_datacenter",
    { url: "https://[::ffff:127.0.0.1]", access_token: "t" },
    { [ALLOWED]: "127.0.0.1" },
    false,
  ],
  [
    "the name before an @ in the account of a token",
    "spacelift",
    { api_token: spaceliftToken("https://b.example@evil.example") },
    { [ALLOWED]: "b.example" },
    false,
  ],
  ["nothing, because it is empty", "bitbucket_datacenter", { url: SERVER, access_token: "t" }, { [ALLOWED]: "" }, true],
  ["nothing but a comma", "bitbucket_datacenter", { url: SERVER, access_token: "t" }, { [ALLOWED]: "," }, false],
  ["another host", "bitbucket_datacenter", { url: SERVER, access_token: "t" }, { [ALLOWED]: "acme.example" }, false],
  [
    "a longer name",
    "bitbucket_datacenter",
    { url: "https://acme.example", access_token: "t" },
    { [ALLOWED]: "bitbucket.acme.example" },
    false,
  ],
  [
    "another host, for a secret of the environment",
    "bitbucket_datacenter",
    { url: SERVER },
    { ...SERVER_TOKEN, [ALLOWED]: "b.example" },
    false,
  ],
  [
    "another host, for a server of the environment",
    "bitbucket_datacenter",
    null,
    { ...SERVER_TOKEN, BITBUCKET_DATACENTER_URL: SERVER, [ALLOWED]: "b.example" },
    false,
  ],
  ["the built-in address", "bitbucket_cloud", null, { ...CLOUD_TOKEN, [ALLOWED]: "api.bitbucket.org" }, true],
  ["not the built-in address", "bitbucket_cloud", null, { ...CLOUD_TOKEN, [ALLOWED]: "b.example" }, false],
  ["not the endpoint", "spacelift", { endpoint: ACCOUNT, api_key_id: "01", api_key_secret: "s" }, { [ALLOWED]: "b.example" }, false],
  ["not the account of a token", "spacelift", null, { SPACELIFT_API_TOKEN: spaceliftToken(ACCOUNT), [ALLOWED]: "b.example" }, false],
  ["not the account of a token in the block", "spacelift", { api_token: spaceliftToken(ACCOUNT) }, { [ALLOWED]: "b.example" }, false],
])("with BITLIFT_ALLOWED_HOSTS listing %s, the login is allowed or refused", (_case, name, block, environment, isAllowed) => {
  const login = () => resolve(name, block, environment);
  if (isAllowed) expect(login).not.toThrow();
  else expect(diagnosticOf(login)).toMatchObject({ code: "address-not-allowed", fix: expect.stringContaining(ALLOWED) as string });
});

it.each([
  "*.acme.example",
  ".acme.example",
  "acme.example.",
  "https://b.example",
  "b.example/bitbucket",
  "a b",
  "::1",
  "b.example:",
  "%61.example",
])("rejects %p in BITLIFT_ALLOWED_HOSTS, so that nobody relies on it", (hosts) => {
  const { code, why } = diagnosticOf(() => resolve("bitbucket_cloud", null, { ...CLOUD_TOKEN, [ALLOWED]: `api.bitbucket.org,${hosts}` }));
  expect([code, why]).toEqual(["provider-setting-invalid", expect.stringContaining(`"${hosts}"`)]);
});
