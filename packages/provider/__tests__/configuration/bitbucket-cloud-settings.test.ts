/** The provider's Bitbucket Cloud credential: precedence in the environment, and a block as a whole. */
import { bitbucketCloudCredentials, type BitbucketCloudBlock } from "../../configuration/bitbucket-settings";
import { diagnosticOf } from "./diagnostic-of";

const API = "https://api.bitbucket.org/2.0";
const createBlock = (values: Partial<BitbucketCloudBlock>): BitbucketCloudBlock => ({
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

it.each<[string, Record<string, string>, object]>([
  [
    "an access token rather than an API token",
    { BITBUCKET_ACCESS_TOKEN: "a", BITBUCKET_EMAIL: "e", BITBUCKET_API_TOKEN: "t" },
    { accessToken: "a" },
  ],
  [
    "an API token rather than a password",
    { BITBUCKET_EMAIL: "e", BITBUCKET_API_TOKEN: "t", BITBUCKET_USERNAME: "u", BITBUCKET_PASSWORD: "p" },
    { email: "e", apiToken: "t" },
  ],
  [
    "a password if no other form is complete",
    { BITBUCKET_EMAIL: "e", BITBUCKET_USERNAME: "u", BITBUCKET_PASSWORD: "p" },
    { username: "u", password: "p" },
  ],
])("uses %s from the environment", (_case, environment, credentials) => {
  expect(bitbucketCloudCredentials(null, environment)).toEqual({ credentials, baseUrl: API });
});

it("reads a secret from the variable that a block names", () => {
  expect(bitbucketCloudCredentials(createBlock({ access_token_env: "T" }), { T: "a" }).credentials).toEqual({ accessToken: "a" });
});

it("uses the API address from the block, else from the environment", () => {
  const environment = { BITBUCKET_API_URL: "https://proxy.example/2.0/" };
  const baseUrl = (values: Partial<BitbucketCloudBlock>) =>
    bitbucketCloudCredentials(createBlock({ access_token: "a", ...values }), environment).baseUrl;
  expect([baseUrl({}), baseUrl({ base_url: API })]).toEqual(["https://proxy.example/2.0", API]);
});

it("does not complete a block with values from the environment", () => {
  const diagnostic = diagnosticOf(() => bitbucketCloudCredentials(createBlock({ email: "e" }), { BITBUCKET_API_TOKEN: "t" }));
  expect([diagnostic.code, diagnostic.at]).toEqual(["bitbucket-cloud-not-configured", ["bitbucket_cloud"]]);
});

it("rejects a block with two credentials, and names the forms", () => {
  const block = createBlock({ access_token: "a", username: "u", password: "p" });
  const diagnostic = diagnosticOf(() => bitbucketCloudCredentials(block, {}));
  expect([diagnostic.code, diagnostic.at]).toEqual(["bitbucket-credentials-conflict", ["bitbucket_cloud"]]);
  expect(diagnostic.fix).toContain("access_token; email with api_token; username with password");
});
