/** The login that manages webhooks on Bitbucket Data Center: which credential, which server, which authority. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../../../diagnostics";
import { UNKNOWN } from "../../../terraform-plugin";
import { bitbucketDatacenterCredentials, type BitbucketDatacenterBlock } from "../../configuration/bitbucket-settings";
import { isProviderVariable } from "../../configuration/settings";

const URL_OF = "https://bitbucket.acme.example/bitbucket";
const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const block = (values: Partial<BitbucketDatacenterBlock>): BitbucketDatacenterBlock => ({
  url: null,
  access_token: null,
  access_token_env: null,
  username: null,
  password: null,
  password_env: null,
  ca_certificate: null,
  ...values,
});
const diagnosticOf = (work: () => unknown) => {
  try {
    work();
  } catch (failure) {
    if (failure instanceof Problem) return failure.diagnostic;
    throw failure;
  }
  throw new Error("nothing was refused");
};

describe("the environment", () => {
  it.each([
    ["a token before a password", { TOKEN: "t", USERNAME: "u", PASSWORD: "p" }, { accessToken: "t" }],
    ["user name and password", { USERNAME: "u", PASSWORD: "p" }, { username: "u", password: "p" }],
  ])("gives %s", (_name, variables, credentials) => {
    const environment = Object.fromEntries(Object.entries(variables).map(([name, value]) => [`BITBUCKET_DATACENTER_${name}`, value]));
    expect(bitbucketDatacenterCredentials(null, { ...environment, BITBUCKET_DATACENTER_URL: `${URL_OF}/` })).toEqual({
      credentials,
      url: URL_OF,
      caCertificate: null,
    });
  });

  it.each([
    ["no credential", { BITBUCKET_DATACENTER_URL: URL_OF }, "credential"],
    ["half a credential", { BITBUCKET_DATACENTER_URL: URL_OF, BITBUCKET_DATACENTER_USERNAME: "u" }, "credential"],
    ["no address", { BITBUCKET_DATACENTER_TOKEN: "t" }, "address"],
  ])("with %s says what is missing", (_name, environment, word) => {
    const { code, why } = diagnosticOf(() => bitbucketDatacenterCredentials(null, environment));
    expect([code, why.includes(word)]).toEqual(["bitbucket-datacenter-not-configured", true]);
  });

  it("is for the provider itself, and no variable of it is taken for Spacelift's token unnoticed", () => {
    for (const name of ["URL", "TOKEN", "USERNAME", "PASSWORD", "CA_CERTIFICATE"])
      expect(isProviderVariable(`BITBUCKET_DATACENTER_${name}`)).toBe(true);
  });
});

describe("a block", () => {
  const environment = { BITBUCKET_DATACENTER_URL: "https://other.example", BITBUCKET_DATACENTER_TOKEN: "other", MINE: "mine" };

  it("wins as a whole, its address too", () => {
    expect(bitbucketDatacenterCredentials(block({ url: URL_OF, access_token_env: "MINE" }), environment).credentials).toEqual({
      accessToken: "mine",
    });
    const { code } = diagnosticOf(() => bitbucketDatacenterCredentials(block({ access_token: "t" }), environment));
    expect(code).toBe("bitbucket-datacenter-not-configured");
    expect(diagnosticOf(() => bitbucketDatacenterCredentials(block({ url: URL_OF }), environment)).code).toBe(
      "bitbucket-datacenter-not-configured",
    );
  });

  it.each<[string, Partial<BitbucketDatacenterBlock>, string, readonly string[]]>([
    ["two credentials", { access_token: "t", username: "u", password: "p" }, "bitbucket-credentials-conflict", ["bitbucket_datacenter"]],
    ["a token and its variable", { access_token: "t", access_token_env: "MINE" }, "bitbucket-credentials-conflict", ["access_token_env"]],
    ["an unset variable", { access_token_env: "NOT_SET" }, "credential-variable-not-set", ["access_token_env"]],
    ["a value that is decided later", { access_token: UNKNOWN }, "provider-configuration-unknown", ["bitbucket_datacenter"]],
    ["an address of the REST API", { url: `${URL_OF}/rest/api/1.0`, access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["an address of another kind", { url: "private://pool", access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["an address with a password", { url: "https://u:p@b.example", access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["a password in what is no address", { url: "https://u:p@b.example:70x", access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["a password before a host alone", { url: "u:p@b.example", access_token: "t" }, "provider-setting-invalid", ["url"]],
    ["an address with a query", { url: `${URL_OF}?a=b`, access_token: "t" }, "provider-setting-invalid", ["url"]],
  ])("with %s is refused there", (_name, values, code, at) => {
    const diagnostic = diagnosticOf(() => bitbucketDatacenterCredentials(block({ url: URL_OF, ...values }), environment));
    expect([diagnostic.code, diagnostic.at.slice(-1)]).toEqual([code, at]);
    expect(JSON.stringify(diagnostic)).not.toContain("u:p");
  });
});

it("may have spaces and slashes around its address", () => {
  expect(bitbucketDatacenterCredentials(block({ url: ` ${URL_OF}/\n`, access_token: "t" }), {}).url).toBe(URL_OF);
});

describe("the certificate of an own authority", () => {
  const folder = mkdtempSync(join(tmpdir(), "bl-ca-"));
  const file = join(folder, "ca.pem");
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("is PEM text, or the path of a file with it", () => {
    writeFileSync(file, PEM);
    for (const ca_certificate of [PEM, file])
      expect(bitbucketDatacenterCredentials(block({ url: URL_OF, access_token: "t", ca_certificate }), {}).caCertificate).toBe(PEM);
  });

  it.each([
    ["a file that is not there", join(folder, "nowhere.pem")],
    ["PEM of another kind", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"],
    ["a private key, which is not repeated", "-----BEGIN PRIVATE KEY-----\nMIIBVgIBADANBgkq\n-----END PRIVATE KEY-----"],
  ])("is refused when it is %s", (_name, ca_certificate) => {
    const diagnostic = diagnosticOf(() => bitbucketDatacenterCredentials(block({ url: URL_OF, access_token: "t", ca_certificate }), {}));
    expect([diagnostic.code, diagnostic.at]).toEqual(["provider-setting-invalid", ["bitbucket_datacenter", "ca_certificate"]]);
    expect(diagnostic.why).not.toContain("MIIBVgIBADANBgkq");
  });
});
