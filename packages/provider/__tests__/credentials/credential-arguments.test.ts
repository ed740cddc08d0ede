/** The arguments of a credential: exactly one complete form. */
import { INTEGRATION_CREDENTIALS } from "../../../domain";
import { UNKNOWN } from "../../../terraform-plugin";
import { validateCredential, type ArgumentValue } from "../../credentials/credential-arguments";
import { cloudForms } from "./cloud-forms";

describe("validateCredential", () => {
  it.each<[string, Readonly<Record<string, ArgumentValue>>]>([
    ["email and variable", { email: "e", api_token_env: "TOKEN" }],
    ["email and write-only argument with its version", { email: "e", api_token_wo: "x", api_token_wo_version: "1" }],
    ["unknown values", { email: UNKNOWN, api_token_wo: UNKNOWN, api_token_wo_version: UNKNOWN }],
    ["user name and variable", { username: "u", app_password_env: "TOKEN" }],
  ])("accepts %s", (_case, config) => {
    expect(validateCredential(cloudForms(config))).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, ArgumentValue>>, readonly string[], string]>([
    ["no credential", {}, [], "No credential is set."],
    [
      "two forms",
      { email: "e", api_token_env: "A", app_password_env: "B" },
      ["app_password_env"],
      "Arguments of two forms are mixed: email and app_password_env.",
    ],
    [
      "the secrets of two forms, and names only what is set",
      { api_token_wo: "x", app_password_wo: "y" },
      ["app_password_wo"],
      "Arguments of two forms are mixed: api_token_wo and app_password_wo.",
    ],
    ["no login", { api_token_env: "A" }, ["email"], "email is missing."],
    ["no token", { email: "e" }, ["api_token_env"], "No argument provides the token."],
    [
      "variable and write-only argument",
      { email: "e", api_token_env: "A", api_token_wo: "x", api_token_wo_version: "1" },
      ["api_token_env"],
      "api_token_env and api_token_wo are both set.",
    ],
    [
      "a write-only argument without version",
      { email: "e", api_token_wo: "x" },
      ["api_token_wo_version"],
      "api_token_wo is set without api_token_wo_version, so a new value would not be detected.",
    ],
    [
      "a version without write-only argument",
      { email: "e", api_token_wo_version: "1" },
      ["api_token_wo"],
      "api_token_wo_version is set without api_token_wo.",
    ],
  ])("rejects %s", (_case, config, at, why) => {
    expect(validateCredential(cloudForms(config))).toMatchObject([{ code: "credential-form", severity: "error", at, why }]);
  });

  it("names all options", () => {
    expect(validateCredential(cloudForms({}))[0]?.fix).toBe(
      "Set exactly one of: email with api_token_env, or email with api_token_wo and api_token_wo_version; " +
        "username with app_password_env, or username with app_password_wo and app_password_wo_version.",
    );
  });

  it("does not repeat a token that is set instead of a variable name", () => {
    const [diagnostic] = validateCredential(cloudForms({ email: "e", api_token_env: "ATATT3x-secret-token" }));
    expect(diagnostic?.code).toBe("credential-form");
    expect(JSON.stringify(diagnostic)).not.toContain("ATATT3x");
  });

  it("warns of the provider's own variable", () => {
    expect(validateCredential(cloudForms({ email: "e", api_token_env: "BITBUCKET_API_TOKEN" }))).toMatchObject([
      { code: "provider-credential-reused", severity: "warning" },
    ]);
  });

  it("covers every form of Bitbucket Cloud", () => {
    expect(cloudForms({}).map(({ form }) => form)).toEqual(INTEGRATION_CREDENTIALS.cloud);
  });
});
