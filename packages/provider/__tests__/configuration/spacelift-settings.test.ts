/** The provider's Spacelift credential: precedence, conflicts, missing and unknown values. */
import { UNKNOWN } from "../../../terraform-plugin";
import { spaceliftCredentials, type SpaceliftBlock } from "../../configuration/spacelift-settings";
import { diagnosticOf } from "./diagnostic-of";

const KEY = {
  SPACELIFT_API_KEY_ENDPOINT: "https://acme.app.spacelift.io/",
  SPACELIFT_API_KEY_ID: "01KEY",
  SPACELIFT_API_KEY_SECRET: "key-secret",
};
const createBlock = (values: Partial<SpaceliftBlock>): SpaceliftBlock => ({
  endpoint: null,
  api_key_id: null,
  api_key_secret: null,
  api_key_secret_env: null,
  api_token: null,
  api_token_env: null,
  ...values,
});

it("uses an API key from the environment rather than a token", () => {
  expect(spaceliftCredentials(null, { ...KEY, SPACELIFT_API_TOKEN: "t" })).toEqual({
    endpoint: "https://acme.app.spacelift.io",
    apiKeyId: "01KEY",
    apiKeySecret: "key-secret",
  });
  expect(spaceliftCredentials(null, { SPACELIFT_API_TOKEN: "t" })).toEqual({ apiToken: "t" });
});

it("uses a block as a whole, without the environment", () => {
  expect(spaceliftCredentials(createBlock({ api_token: "from-block" }), KEY)).toEqual({ apiToken: "from-block" });
  expect(diagnosticOf(() => spaceliftCredentials(createBlock({ endpoint: "https://x.example" }), KEY)).code).toBe(
    "spacelift-not-configured",
  );
});

it("names the missing parts of an API key", () => {
  const inEnvironment = { SPACELIFT_API_KEY_ENDPOINT: KEY.SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID: "01KEY" };
  expect(diagnosticOf(() => spaceliftCredentials(null, inEnvironment)).why).toContain("Missing: SPACELIFT_API_KEY_SECRET.");
  const inBlock = createBlock({ endpoint: "https://acme.app.spacelift.io" });
  expect(diagnosticOf(() => spaceliftCredentials(inBlock, {})).why).toContain("Missing: api_key_id, api_key_secret.");
});

it.each<[string, SpaceliftBlock | null | typeof UNKNOWN, Record<string, string>, string]>([
  ["no credential", null, {}, "spacelift-not-configured"],
  [
    "an API key without its secret",
    null,
    { SPACELIFT_API_KEY_ENDPOINT: KEY.SPACELIFT_API_KEY_ENDPOINT, SPACELIFT_API_KEY_ID: "01KEY" },
    "spacelift-not-configured",
  ],
  ["a token and parts of a key in one block", createBlock({ api_token: "t", api_key_id: "01KEY" }), {}, "spacelift-credentials-conflict"],
  ["an unknown value", createBlock({ endpoint: UNKNOWN, api_key_id: "a", api_key_secret: "b" }), {}, "provider-configuration-unknown"],
  ["an unknown block", UNKNOWN, {}, "provider-configuration-unknown"],
  ["text that is not an address", null, { ...KEY, SPACELIFT_API_KEY_ENDPOINT: "acme" }, "provider-setting-invalid"],
  [
    "an address that contains a password",
    null,
    { ...KEY, SPACELIFT_API_KEY_ENDPOINT: "https://u:p@acme.example" },
    "provider-setting-invalid",
  ],
])("rejects %s", (_case, block, environment, code) => {
  expect(diagnosticOf(() => spaceliftCredentials(block, environment)).code).toBe(code);
});

describe("a secret from the variable that a block names", () => {
  const key = { endpoint: "https://acme.app.spacelift.io", api_key_id: "01KEY", api_key_secret_env: "SECOND_ACCOUNT_SECRET" };

  it("is read from the environment", () => {
    expect(spaceliftCredentials(createBlock(key), { SECOND_ACCOUNT_SECRET: "s" })).toMatchObject({ apiKeyId: "01KEY", apiKeySecret: "s" });
  });

  it("must be set", () => {
    expect(diagnosticOf(() => spaceliftCredentials(createBlock(key), {})).code).toBe("credential-variable-not-set");
  });

  it("conflicts with a secret in the block", () => {
    const block = createBlock({ ...key, api_key_secret: "s" });
    expect(diagnosticOf(() => spaceliftCredentials(block, { SECOND_ACCOUNT_SECRET: "s" })).code).toBe("spacelift-credentials-conflict");
  });
});
