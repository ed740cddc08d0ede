/** The credential forms: completeness, precedence, and their text in messages. */
import {
  areExactlyOneForm,
  camelCase,
  completeCredentials,
  describeForms,
  INTEGRATION_CREDENTIALS,
  PROVIDER_LOGINS,
} from "../credential-forms";

const FORMS = { ...PROVIDER_LOGINS, ...INTEGRATION_CREDENTIALS };

it.each(Object.entries(FORMS))("the secret of each %s form is one of its fields", (_name, forms) => {
  for (const { fields, secret } of forms) expect(fields).toContain(secret);
});

it("converts a Terraform name to camel case", () => {
  expect(["email", "api_token", "api_key_secret"].map(camelCase)).toEqual(["email", "apiToken", "apiKeySecret"]);
});

it.each([
  ["no value", {}, []],
  ["half of a form", { email: "ci@example.com" }, []],
  ["half of a form, the other half null", { username: "ci", password: null }, []],
  ["one form", { email: "ci@example.com", api_token: "t" }, [{ email: "ci@example.com", apiToken: "t" }]],
  [
    "two forms, in order of precedence",
    { username: "ci", password: "p", access_token: "t" },
    [{ accessToken: "t" }, { username: "ci", password: "p" }],
  ],
])("finds the complete forms among %s", (_case, values, expected) => {
  expect(completeCredentials(PROVIDER_LOGINS.bitbucket_cloud, values)).toEqual(expected);
});

it("describes the forms in a message", () => {
  expect(describeForms(PROVIDER_LOGINS.spacelift)).toBe("endpoint with api_key_id and api_key_secret; api_token");
  expect(describeForms(INTEGRATION_CREDENTIALS.cloud, camelCase)).toBe("email with apiToken; username with appPassword");
});

it.each<[readonly string[], boolean]>([
  [["access_token"], true],
  [["api_token", "email"], true],
  [["email"], false],
  [[], false],
  [["access_token", "email", "api_token"], false],
])("%j is exactly one form: %p", (given, expected) => {
  expect(areExactlyOneForm(PROVIDER_LOGINS.bitbucket_cloud, given)).toBe(expected);
});
