/** What is Bitbucket Cloud's own in an integration. What both products do alike: integration.test.ts. */
import { BitbucketCloudIntegration, Credential, type BitbucketCloudIntegrationProps } from "../../lib";
import { CREDENTIAL, only, stackWith, synthesised, warningsOf } from "./synthesis";

const TYPE = "bitlift_bitbucket_cloud_integration";

function written(props: Partial<BitbucketCloudIntegrationProps>): Record<string, unknown> {
  return only(
    synthesised((stack) => new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL, ...props })),
    TYPE,
  );
}

it("writes name, Space and the name of the variable with the token", () => {
  expect(written({})).toEqual({
    name: "Payments",
    space_id: "root",
    email: "spacelift@acme.example",
    api_token_env: "PAYMENTS_TOKEN",
    lifecycle: { create_before_destroy: true },
  });
});

it("writes an app password by its variable, and warns of app passwords", () => {
  const credential = { username: "bot", appPassword: Credential.fromEnvironment("APP_PASSWORD") };
  expect(written({ credential })).toMatchObject({ username: "bot", app_password_env: "APP_PASSWORD" });
  const stack = stackWith((scope) => new BitbucketCloudIntegration(scope, "payments", { name: "Payments", credential }));
  expect(warningsOf(stack)).toEqual([expect.stringContaining("App passwords no longer work")]);
});

it("declares the variable of a credential sensitive and ephemeral, under the name that people set, and takes it write-only", () => {
  const made = synthesised((stack) => {
    const apiToken = Credential.fromVariable(stack, "payments_token", { version: "2", description: "Reads code." });
    new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: { email: "a@b.c", apiToken } });
  });
  expect(made.variable).toEqual({ payments_token: { type: "string", sensitive: true, ephemeral: true, description: "Reads code." } });
  expect(only(made, TYPE)).toMatchObject({ api_token_wo: "${var.payments_token}", api_token_wo_version: "2" });
  expect(only(made, TYPE)).not.toHaveProperty("api_token_env");
});
