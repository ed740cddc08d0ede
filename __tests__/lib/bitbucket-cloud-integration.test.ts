/** Integrations of Bitbucket Cloud. integration.test.ts covers what both products share. */
import { BitbucketCloudIntegration, Credential, type BitbucketCloudIntegrationProps } from "../../lib";
import { CREDENTIAL, onlyResource, stackWith, synthesize, warningsOf } from "./synthesis";

const TYPE = "bitlift_bitbucket_cloud_integration";

function integrationArguments(props: Partial<BitbucketCloudIntegrationProps>): Record<string, unknown> {
  return onlyResource(
    synthesize((stack) => new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: CREDENTIAL, ...props })),
    TYPE,
  );
}

it("writes the name, the Space, and the name of the token variable", () => {
  expect(integrationArguments({})).toEqual({
    name: "Payments",
    space_id: "root",
    email: "spacelift@acme.example",
    api_token_env: "PAYMENTS_TOKEN",
    lifecycle: { create_before_destroy: true },
  });
});

it("writes the name of the app password variable, with a warning about app passwords", () => {
  const credential = { username: "bot", appPassword: Credential.fromEnvironment("APP_PASSWORD") };
  expect(integrationArguments({ credential })).toMatchObject({ username: "bot", app_password_env: "APP_PASSWORD" });
  const stack = stackWith((scope) => new BitbucketCloudIntegration(scope, "payments", { name: "Payments", credential }));
  expect(warningsOf(stack)).toEqual([expect.stringContaining("App passwords no longer work")]);
});

it("reads a token from a sensitive and ephemeral variable as a write-only argument", () => {
  const configuration = synthesize((stack) => {
    const apiToken = Credential.fromVariable(stack, "payments_token", { version: "2", description: "Reads code." });
    new BitbucketCloudIntegration(stack, "payments", { name: "Payments", credential: { email: "a@b.c", apiToken } });
  });
  expect(configuration.variable).toEqual({
    payments_token: { type: "string", sensitive: true, ephemeral: true, description: "Reads code." },
  });
  expect(onlyResource(configuration, TYPE)).toMatchObject({ api_token_wo: "${var.payments_token}", api_token_wo_version: "2" });
  expect(onlyResource(configuration, TYPE)).not.toHaveProperty("api_token_env");
});
