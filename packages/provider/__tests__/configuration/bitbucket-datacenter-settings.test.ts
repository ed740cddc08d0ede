/** The provider's Bitbucket Data Center login: the credential, the server, and the CA certificate. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNKNOWN } from "../../../terraform-plugin";
import { bitbucketDatacenterCredentials, type BitbucketDatacenterBlock } from "../../configuration/bitbucket-settings";
import { diagnosticOf } from "./diagnostic-of";

const SERVER = "https://bitbucket.acme.example/bitbucket";
const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const createBlock = (values: Partial<BitbucketDatacenterBlock>): BitbucketDatacenterBlock => ({
  url: null,
  access_token: null,
  access_token_env: null,
  username: null,
  password: null,
  password_env: null,
  ca_certificate: null,
  ...values,
});

describe("the environment", () => {
  it.each([
    ["a token rather than a password", { TOKEN: "t", USERNAME: "u", PASSWORD: "p" }, { accessToken: "t" }],
    ["user name and password", { USERNAME: "u", PASSWORD: "p" }, { username: "u", password: "p" }],
  ])("provides %s", (_case, variables, credentials) => {
    const environment = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`BITBUCKET_DATACENTER_${name}`, value]));
    expect(bitbucketDatacenterCredentials(null, { ...environment, BITBUCKET_DATACENTER_URL: `${SERVER}/` })).toEqual({
      credentials,
      url: SERVER,
      caCertificate: null,
    });
  });

  it.each([
    ["no credential", { BITBUCKET_DATACENTER_URL: SERVER }, "credential"],
    ["an incomplete credential", { BITBUCKET_DATACENTER_URL: SERVER, BITBUCKET_DATACENTER_USERNAME: "u" }, "credential"],
    ["no address", { BITBUCKET_DATACENTER_TOKEN: "t" }, "address"],
  ])("is rejected with %s, and the message names what is missing", (_case, environment, missing) => {
    const { code, why } = diagnosticOf(() => bitbucketDatacenterCredentials(null, environment));
    expect([code, why.includes(missing)]).toEqual(["bitbucket-datacenter-not-configured", true]);
  });
});

describe("a block", () => {
  const environment = { BITBUCKET_DATACENTER_URL: "https://other.example", BITBUCKET_DATACENTER_TOKEN: "other", OWN_TOKEN: "own" };

  it("is used as a whole, including its address", () => {
    const block = createBlock({ url: SERVER, access_token_env: "OWN_TOKEN" });
    expect(bitbucketDatacenterCredentials(block, environment)).toMatchObject({ credentials: { accessToken: "own" }, url: SERVER });
  });

  it.each<[string, Partial<BitbucketDatacenterBlock>]>([
    ["address", { access_token: "t" }],
    ["credential", { url: SERVER }],
  ])("does not take its %s from the environment", (_case, values) => {
    expect(diagnosticOf(() => bitbucketDatacenterCredentials(createBlock(values), environment)).code).toBe(
      "bitbucket-datacenter-not-configured",
    );
  });

  it.each<[string, Partial<BitbucketDatacenterBlock>, string, readonly string[]]>([
    ["two credentials", { access_token: "t", username: "u", password: "p" }, "bitbucket-credentials-conflict", ["bitbucket_datacenter"]],
    [
      "a token and its variable",
      { access_token: "t", access_token_env: "OWN_TOKEN" },
      "bitbucket-credentials-conflict",
      ["access_token_env"],
    ],
    ["a variable that is not set", { access_token_env: "NOT_SET" }, "credential-variable-not-set", ["access_token_env"]],
    ["an unknown value", { access_token: UNKNOWN }, "provider-configuration-unknown", ["bitbucket_datacenter"]],
    ["an address of the REST API", { url: `${SERVER}/rest/api/1.0`, access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["an address of another scheme", { url: "private://pool", access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["an address with a password", { url: "https://u:p@b.example", access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["an invalid address with a password", { url: "https://u:p@b.example:70x", access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["a password before a bare host", { url: "u:p@b.example", access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["an address with a query", { url: `${SERVER}?a=b`, access_token: "t" }, "provider-setting-invalid", ["url"]],
  ])("with %s is rejected, and the message does not contain the password", (_case, values, code, at) => {
    const diagnostic = diagnosticOf(() => bitbucketDatacenterCredentials(createBlock({ url: SERVER, ...values }), environment));
    expect([diagnostic.code, diagnostic.at.slice(-1)]).toEqual([code, at]);
    expect(JSON.stringify(diagnostic)).not.toContain("u:p");
  });

  it("may have spaces around its address, and slashes at the end", () => {
    expect(bitbucketDatacenterCredentials(createBlock({ url: ` ${SERVER}/\n`, access_token: "t" }), {}).url).toBe(SERVER);
  });
});

describe("the certificate of a private certificate authority", () => {
  const folder = mkdtempSync(join(tmpdir(), "bl-ca-"));
  const file = join(folder, "ca.pem");
  const withCertificate = (ca_certificate: string) =>
    bitbucketDatacenterCredentials(createBlock({ url: SERVER, access_token: "t", ca_certificate }), {});

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is PEM text, or the path of a PEM file", () => {
    writeFileSync(file, PEM);
    expect([PEM, file].map((value) => withCertificate(value).caCertificate)).toEqual([PEM, PEM]);
  });

  it.each([
    ["a file that does not exist", join(folder, "nowhere.pem")],
    ["PEM of another type", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"],
    ["a private key, which the message does not contain", "-----BEGIN PRIVATE KEY-----\nMIIBVgIBADANBgkq\n-----END PRIVATE KEY-----"],
  ])("must not be %s", (_case, value) => {
    const diagnostic = diagnosticOf(() => withCertificate(value));
    expect([diagnostic.code, diagnostic.at]).toEqual(["provider-setting-invalid", ["bitbucket_datacenter", "ca_certificate"]]);
    expect(diagnostic.why).not.toContain("MIIBVgIBADANBgkq");
  });
});
