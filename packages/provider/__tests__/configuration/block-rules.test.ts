/** What is wrong in a block, reported before any resource is planned: at its argument, and without a secret. Unknown values are not validated. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNKNOWN } from "../../../terraform-plugin";
import { blockProblems } from "../../configuration/block-rules";
import { LOGIN_BLOCKS } from "../../configuration/blocks";
import { LOGIN_SYSTEMS, type LoginName } from "../../configuration/login-systems";
import type { LoginBlock } from "../../configuration/settings";
import { ACCOUNT, CLOUD_API, SERVER, TOKEN } from "./login-fixtures";

const SECRET = "hunter22-of-the-platform-team";
const validate = (name: LoginName, block: LoginBlock | null | typeof UNKNOWN, environment = {}) =>
  blockProblems(LOGIN_SYSTEMS[name], block, environment).map(({ diagnostic }) => diagnostic);

it.each<[string, LoginName, LoginBlock, string, readonly string[]]>([
  ["an endpoint without a scheme", "spacelift", { endpoint: "acme.app.spacelift.io" }, "provider-setting-invalid", ["endpoint"]],
  ["an endpoint that is not an address", "spacelift", { endpoint: "acme" }, "provider-setting-invalid", ["endpoint"]],
  ["an API address without a scheme", "bitbucket_cloud", { base_url: "api.bitbucket.org/2.0" }, "provider-setting-invalid", ["base_url"]],
  ["an API address of a server", "bitbucket_cloud", { base_url: `${SERVER}/rest/api/1.0` }, "provider-setting-invalid", ["base_url"]],
  ["the website as API address", "bitbucket_cloud", { base_url: "https://bitbucket.org/acme" }, "provider-setting-invalid", ["base_url"]],
  ["the API without its version", "bitbucket_cloud", { base_url: "https://api.bitbucket.org" }, "provider-setting-invalid", ["base_url"]],
  ["the API without encryption", "bitbucket_cloud", { base_url: "http://api.bitbucket.org/2.0" }, "provider-setting-invalid", ["base_url"]],
  [
    "the API at another port",
    "bitbucket_cloud",
    { base_url: "https://api.bitbucket.org:8443/2.0" },
    "provider-setting-invalid",
    ["base_url"],
  ],
  ["an account without encryption", "spacelift", { endpoint: "http://acme.app.spacelift.io" }, "provider-setting-invalid", ["endpoint"]],
  ["an address with a backslash", "bitbucket_datacenter", { url: "https://b.example\\@evil.example" }, "provider-setting-invalid", ["url"]],
  ["an address with a tab", "bitbucket_datacenter", { url: "https://b.example\t.evil.example" }, "provider-setting-invalid", ["url"]],
  ["an address with a space", "bitbucket_datacenter", { url: "https://b. example" }, "provider-setting-invalid", ["url"]],
  ["a server without a scheme", "bitbucket_datacenter", { url: "bitbucket.acme.example" }, "provider-setting-invalid", ["url"]],
  [
    "a server with a port and without a scheme",
    "bitbucket_datacenter",
    { url: "bitbucket.acme.example:7990/bitbucket" },
    "provider-setting-invalid",
    ["url"],
  ],
  ["a server with the path of its API", "bitbucket_datacenter", { url: `${SERVER}/rest` }, "provider-setting-invalid", ["url"]],
  ["a server behind agents", "bitbucket_datacenter", { url: "private://pool" }, "provider-setting-invalid", ["url"]],
  ["a server with a login", "bitbucket_datacenter", { url: `https://bot:${SECRET}@b.example` }, "provider-setting-invalid", ["url"]],
  [
    "an invalid server with a login",
    "bitbucket_datacenter",
    { url: `https://bot:${SECRET}@b.example:70x` },
    "provider-setting-invalid",
    ["url"],
  ],
  ["a login before a host", "bitbucket_datacenter", { url: `bot:${SECRET}@b.example` }, "provider-setting-invalid", ["url"]],
  ["a server with a query", "bitbucket_datacenter", { url: `${SERVER}?a=b` }, "provider-setting-invalid", ["url"]],
  ["an empty token", "bitbucket_cloud", { access_token: "" }, "provider-setting-invalid", ["access_token"]],
  ["an empty name of a variable", "bitbucket_datacenter", { access_token_env: "" }, "provider-setting-invalid", ["access_token_env"]],
  ["an empty endpoint", "spacelift", { endpoint: "" }, "provider-setting-invalid", ["endpoint"]],
  [
    "a secret instead of the name of a variable",
    "bitbucket_cloud",
    { access_token_env: SECRET },
    "provider-setting-invalid",
    ["access_token_env"],
  ],
  ["a token with a line break", "bitbucket_cloud", { access_token: `${SECRET}\n` }, "provider-setting-invalid", ["access_token"]],
  ["a token with a space", "bitbucket_cloud", { access_token: `Bearer ${SECRET}` }, "provider-setting-invalid", ["access_token"]],
  ["a token in quotation marks", "bitbucket_datacenter", { access_token: `"${SECRET}"` }, "provider-setting-invalid", ["access_token"]],
  ["a password with a line break", "bitbucket_datacenter", { password: `${SECRET}\r\n` }, "provider-setting-invalid", ["password"]],
  ["a file instead of a token", "bitbucket_datacenter", { access_token: SECRET.repeat(400) }, "provider-setting-invalid", ["access_token"]],
  ["a user name instead of an email address", "bitbucket_cloud", { email: "platform-bot" }, "provider-setting-invalid", ["email"]],
  [
    "git's user name for API tokens as email",
    "bitbucket_cloud",
    { email: "x-bitbucket-api-token-auth" },
    "provider-setting-invalid",
    ["email"],
  ],
  ["git's user name for access tokens", "bitbucket_cloud", { username: "x-token-auth" }, "provider-setting-invalid", ["username"]],
  [
    "git's user name for API tokens",
    "bitbucket_cloud",
    { username: "x-bitbucket-api-token-auth" },
    "provider-setting-invalid",
    ["username"],
  ],
  ["git's user name for a server", "bitbucket_datacenter", { username: "x-token-auth" }, "provider-setting-invalid", ["username"]],
  ["a user name with a colon", "bitbucket_datacenter", { username: "bot:1" }, "provider-setting-invalid", ["username"]],
  ["a token that names no account", "spacelift", { api_token: SECRET }, "provider-setting-invalid", ["api_token"]],
  [
    "a token and its variable",
    "bitbucket_datacenter",
    { access_token: SECRET, access_token_env: "T" },
    "bitbucket-credentials-conflict",
    ["access_token_env"],
  ],
  [
    "a key's secret and its variable",
    "spacelift",
    { api_key_secret: SECRET, api_key_secret_env: "T" },
    "spacelift-credentials-conflict",
    ["api_key_secret_env"],
  ],
  [
    "two logins",
    "bitbucket_cloud",
    { access_token: SECRET, email: "ci@acme.example", api_token: SECRET },
    "bitbucket-credentials-conflict",
    [],
  ],
  [
    "a login and half of another",
    "bitbucket_cloud",
    { access_token_env: "T", email: "ci@acme.example" },
    "bitbucket-credentials-conflict",
    [],
  ],
  ["halves of two logins", "bitbucket_cloud", { username: "ci", email: "ci@acme.example" }, "bitbucket-credentials-conflict", []],
  ["two logins to a server", "bitbucket_datacenter", { access_token: SECRET, password: SECRET }, "bitbucket-credentials-conflict", []],
  ["a token and a part of a key", "spacelift", { api_token: TOKEN, api_key_id: "01KEY" }, "spacelift-credentials-conflict", []],
  ["a token and an endpoint", "spacelift", { api_token_env: "T", endpoint: ACCOUNT }, "spacelift-credentials-conflict", []],
])("rejects %s, and does not show the secret", (_case, name, block, code, at) => {
  const found = validate(name, block);
  expect(found.map((diagnostic) => [diagnostic.code, diagnostic.at])).toEqual([[code, [name, ...at]]]);
  expect(JSON.stringify(found)).not.toContain(SECRET);
});

it.each<[string, LoginName, LoginBlock | null | typeof UNKNOWN]>([
  ["no block", "spacelift", null],
  ["an unknown block", "spacelift", UNKNOWN],
  ["an empty block", "bitbucket_cloud", {}],
  ["unknown values, which may be null", "bitbucket_cloud", { access_token: UNKNOWN, email: "ci@acme.example" }],
  ["half of a login, which the environment may complete", "bitbucket_cloud", { email: "ci@acme.example" }],
  ["a variable that is not set", "bitbucket_cloud", { access_token_env: "NOT_SET" }],
  ["spaces around an address, and slashes at its end", "bitbucket_datacenter", { url: ` ${SERVER}/\n` }],
  ["a password with spaces", "bitbucket_datacenter", { username: "Jörg Bot", password: "pass wörd" }],
  ["the path of GraphQL", "spacelift", { endpoint: `${ACCOUNT}/graphql` }],
  ["the default address", "bitbucket_cloud", { base_url: `${CLOUD_API}/` }],
])("accepts %s", (_case, name, block) => {
  expect(validate(name, block)).toEqual([]);
});

it("reports everything at once", () => {
  expect(
    validate("bitbucket_cloud", { access_token: "", base_url: "x", email: "e", username: "u:v" }).map(({ at }) => at.slice(1)),
  ).toEqual([["access_token"], ["base_url"], ["email"], ["username"], []]);
});

it.each<[LoginName, LoginBlock, RegExp]>([
  ["spacelift", { endpoint: "acme.app.spacelift.io" }, /complete address: https:\/\/acme\.app\.spacelift\.io$/],
  ["bitbucket_datacenter", { url: `${SERVER}/rest/api/latest` }, /has one: https:\/\/bitbucket\.acme\.example\/bitbucket$/],
  ["bitbucket_cloud", { base_url: "https://bitbucket.org" }, /to https:\/\/api\.bitbucket\.org\/2\.0, or remove it/],
  ["bitbucket_cloud", { username: "x-token-auth" }, /access_token_env.*BITBUCKET_ACCESS_TOKEN/],
  ["bitbucket_cloud", { username: "x-bitbucket-api-token-auth" }, /email.*api_token_env.*BITBUCKET_EMAIL and BITBUCKET_API_TOKEN/],
  ["bitbucket_datacenter", { username: "x-token-auth" }, /access_token_env.*BITBUCKET_DATACENTER_TOKEN/],
  ["bitbucket_cloud", { access_token: "" }, /reads BITBUCKET_ACCESS_TOKEN from the environment/],
])("advises for %s %j what to write instead", (name, block, fix) => {
  expect(validate(name, block)[0]?.fix).toMatch(fix);
});

describe("the certificate of a private authority", () => {
  const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const folder = mkdtempSync(join(tmpdir(), "bl-ca-"));
  const file = join(folder, "ca.pem");
  const names = Object.keys(LOGIN_SYSTEMS) as LoginName[];

  beforeAll(() => {
    writeFileSync(file, PEM);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(names)("is PEM text, or the path of a PEM file, in the %s block", (name) => {
    expect([PEM, file].flatMap((ca_certificate) => validate(name, { ca_certificate }))).toEqual([]);
  });

  it.each(
    names.flatMap((name) =>
      [
        ["a file that does not exist", join(folder, "nowhere.pem")],
        ["PEM of another type", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"],
        ["a private key, which the message does not contain", "-----BEGIN PRIVATE KEY-----\nMIIBVgIBADANBgkq\n-----END PRIVATE KEY-----"],
      ].map(([wrong, value]) => [name, wrong, value] as const),
    ),
  )("in the %s block must not be %s", (name, _case, value) => {
    const [diagnostic] = validate(name, { ca_certificate: value ?? "" });
    expect([diagnostic?.code, diagnostic?.at]).toEqual(["provider-setting-invalid", [name, "ca_certificate"]]);
    expect(diagnostic?.why).not.toContain("MIIBVgIBADANBgkq");
  });
});

describe.each(Object.values(LOGIN_SYSTEMS).map((system) => [system.name, system] as const))(
  "the declaration of the %s block",
  (name, system) => {
    const declared = Object.keys(LOGIN_BLOCKS[name].attributes);

    it("has an _env argument for each secret, and a certificate", () => {
      expect(declared).toEqual(
        expect.arrayContaining([...system.forms.map(({ secret }) => `${secret}_env`), "ca_certificate", system.address]),
      );
    });

    it("names in its description the variable of each argument", () => {
      const attributes = Object.entries<{ readonly description: string }>(LOGIN_BLOCKS[name].attributes);
      for (const [argument, { description }] of attributes) {
        if (!argument.endsWith("_env"))
          expect([argument, description]).toEqual([argument, expect.stringContaining(system.variables[argument] ?? "?")]);
      }
      expect(Object.keys(system.variables).sort()).toEqual(declared.filter((argument) => !argument.endsWith("_env")).sort());
    });
  },
);
