/** Which credential is taken, which host, which limits. */
import { Problem } from "../../../diagnostics";
import { UNKNOWN } from "../../../terraform-plugin";
import { bitbucketCloudCredentials, type BitbucketCloudBlock } from "../../configuration/bitbucket-settings";
import { isProviderVariable, limits, spaceliftCredentials, type SpaceliftBlock } from "../../configuration/settings";

const KEY = {
  SPACELIFT_API_KEY_ENDPOINT: "https://acme.app.spacelift.io/",
  SPACELIFT_API_KEY_ID: "01KEY",
  SPACELIFT_API_KEY_SECRET: "key-secret",
};
const spaceliftBlock = (values: Partial<SpaceliftBlock>): SpaceliftBlock => ({
  endpoint: null,
  api_key_id: null,
  api_key_secret: null,
  api_key_secret_env: null,
  api_token: null,
  api_token_env: null,
  ...values,
});
const bitbucketBlock = (values: Partial<BitbucketCloudBlock>): BitbucketCloudBlock => ({
  access_token: null,
  access_token_env: null,
  email: null,
  api_token: null,
  api_token_env: null,
  username: null,
  password: null,
  password_env: null,
  base_url: null,
  ...values,
});
const code = (work: () => unknown): string => {
  try {
    work();
  } catch (thrown) {
    return thrown instanceof Problem ? thrown.diagnostic.code : String(thrown);
  }
  return "none";
};

describe("Spacelift's credential", () => {
  it("from the environment is a key before a token", () => {
    expect(spaceliftCredentials(null, { ...KEY, SPACELIFT_API_TOKEN: "t" })).toEqual({
      endpoint: "https://acme.app.spacelift.io",
      apiKeyId: "01KEY",
      apiKeySecret: "key-secret",
    });
    expect(spaceliftCredentials(null, { SPACELIFT_API_TOKEN: "t" })).toEqual({ apiToken: "t" });
  });

  it("from a block wins as a whole", () => {
    expect(spaceliftCredentials(spaceliftBlock({ api_token: "mine" }), KEY)).toEqual({ apiToken: "mine" });
    expect(code(() => spaceliftCredentials(spaceliftBlock({ endpoint: "https://x.example" }), KEY))).toBe("spacelift-not-configured");
  });

  it.each<[string, SpaceliftBlock | null | typeof UNKNOWN, Record<string, string>, string]>([
    ["nothing at all", null, {}, "spacelift-not-configured"],
    [
      "a key without its secret",
      null,
      { SPACELIFT_API_KEY_ENDPOINT: KEY.SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID: "01KEY" },
      "spacelift-not-configured",
    ],
    [
      "a token and parts of a key in one block",
      spaceliftBlock({ api_token: "t", api_key_id: "01KEY" }),
      {},
      "spacelift-credentials-conflict",
    ],
    [
      "a value that is decided later",
      spaceliftBlock({ endpoint: UNKNOWN, api_key_id: "a", api_key_secret: "b" }),
      {},
      "provider-configuration-unknown",
    ],
    ["a block that is decided later", UNKNOWN, {}, "provider-configuration-unknown"],
    ["an address that is none", null, { ...KEY, SPACELIFT_API_KEY_ENDPOINT: "acme" }, "provider-setting-invalid"],
    [
      "an address with a password in it",
      null,
      { ...KEY, SPACELIFT_API_KEY_ENDPOINT: "https://u:p@acme.example" },
      "provider-setting-invalid",
    ],
  ])("with %s is a Problem", (_name, block, environment, expected) => {
    expect(code(() => spaceliftCredentials(block, environment))).toBe(expected);
  });
});

describe("a secret of a block that names its variable", () => {
  const key = { endpoint: "https://acme.app.spacelift.io", api_key_id: "01KEY", api_key_secret_env: "SECOND_ACCOUNT_SECRET" };

  it("is read from there", () => {
    expect(spaceliftCredentials(spaceliftBlock(key), { SECOND_ACCOUNT_SECRET: "s" })).toMatchObject({
      apiKeyId: "01KEY",
      apiKeySecret: "s",
    });
    expect(bitbucketCloudCredentials(bitbucketBlock({ access_token_env: "T" }), { T: "a" }).credentials).toEqual({ accessToken: "a" });
  });

  it("must be set, and stand alone", () => {
    expect(code(() => spaceliftCredentials(spaceliftBlock(key), {}))).toBe("credential-variable-not-set");
    expect(code(() => spaceliftCredentials(spaceliftBlock({ ...key, api_key_secret: "s" }), { SECOND_ACCOUNT_SECRET: "s" }))).toBe(
      "spacelift-credentials-conflict",
    );
  });
});

describe("Bitbucket Cloud's credential", () => {
  it.each<[string, Record<string, string>, object]>([
    ["an access token first", { BITBUCKET_ACCESS_TOKEN: "a", BITBUCKET_EMAIL: "e", BITBUCKET_API_TOKEN: "t" }, { accessToken: "a" }],
    [
      "email with API token before user name",
      { BITBUCKET_EMAIL: "e", BITBUCKET_API_TOKEN: "t", BITBUCKET_USERNAME: "u", BITBUCKET_PASSWORD: "p" },
      { email: "e", apiToken: "t" },
    ],
    [
      "user name with password last",
      { BITBUCKET_EMAIL: "e", BITBUCKET_USERNAME: "u", BITBUCKET_PASSWORD: "p" },
      { username: "u", password: "p" },
    ],
  ])("from the environment is %s", (_name, environment, expected) => {
    expect(bitbucketCloudCredentials(null, environment)).toEqual({ credentials: expected, baseUrl: "https://api.bitbucket.org/2.0" });
  });

  it("from a block is never completed with another form from the environment", () => {
    expect(code(() => bitbucketCloudCredentials(bitbucketBlock({ email: "e" }), { BITBUCKET_API_TOKEN: "t" }))).toBe(
      "bitbucket-cloud-not-configured",
    );
    expect(code(() => bitbucketCloudCredentials(bitbucketBlock({ access_token: "a", username: "u", password: "p" }), {}))).toBe(
      "bitbucket-credentials-conflict",
    );
  });
});

describe("limits", () => {
  const block = { rate_limit_max_wait: null, request_timeout: null, max_concurrent_requests: null };

  it("have defaults, which the environment changes, which the block changes", () => {
    expect(limits(block, {})).toEqual({ rateLimitMaxWaitMs: 3_600_000, requestTimeoutMs: 30_000, maxConcurrentRequests: 8 });
    expect(limits({ ...block, request_timeout: "1m30s" }, { BITLIFT_REQUEST_TIMEOUT: "5s", BITLIFT_MAX_CONCURRENT_REQUESTS: "2" })).toEqual(
      {
        rateLimitMaxWaitMs: 3_600_000,
        requestTimeoutMs: 90_000,
        maxConcurrentRequests: 2,
      },
    );
  });

  it.each([["10"], ["ten seconds"], ["5 m"], ["1h-"], [""]])("refuse %p as a duration", (text) => {
    expect(code(() => limits({ ...block, request_timeout: text }, text === "" ? { BITLIFT_REQUEST_TIMEOUT: "x" } : {}))).toBe(
      "provider-setting-invalid",
    );
  });
});

it("the provider's own variables are known by name", () => {
  expect(["SPACELIFT_API_TOKEN", "BITBUCKET_ACCESS_TOKEN", "PAYMENTS_TOKEN"].map(isProviderVariable)).toEqual([true, true, false]);
});
