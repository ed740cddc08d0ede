/** Names of environment variables, told from tokens. */
import fc from "fast-check";
import schema from "../../../stacks/configuration.schema.json";
import { isVariableName } from "../variables";

it.each<[string, string, boolean]>([
  ["usual", "PAYMENTS_BITBUCKET_API_TOKEN", true],
  ["of one letter", "T", true],
  ["with an underscore in front", "_TOKEN", true],
  ["in small letters", "payments_token", true],
  ["with a number behind it", "TOKEN2", true],
  ["of 19 letters and digits", "PAYMENTSAPITOKEN123", true],
  ["long, and without a digit", "BITBUCKETDATACENTERTOKEN", true],
  ["long, with digits and an underscore", "TOKEN_OF_SERVER_0000000000000000000000012", true],
  ["of 20 letters and digits", "PAYMENTSAPITOKEN1234", false],
  ["with a digit at its end alone", "AbcdefghijklmnopqrstuvwxyzAbcd1", false],
  ["as long as an HTTP access token", "BBDC0notarealtoken0notarealtoken0notareal", false],
  ["as a token of letters and digits", "ATCTT3xFfGN0notarealtoken0123456789", false],
  ["as an older token in base64", "MDk4NzY1NDMyMTA5OnRva2VuLW5vdC1yZWFs", false],
  ["with a digit in front", "2TOKEN", false],
  ["with a hyphen", "API-TOKEN", false],
  ["with a line break at its end", "API_TOKEN\n", false],
  ["empty", "", false],
])("a text %s: %s is a name: %s", (_, text, is) => {
  expect(isVariableName(text)).toBe(is);
});

it("means the same in the app's configuration", () => {
  const pattern = new RegExp(schema.definitions.variable.pattern, "u");
  const near = fc.oneof(fc.stringMatching(/^[A-Za-z0-9]{17,23}$/), fc.stringMatching(/^[A-Za-z0-9_]{0,30}$/), fc.string());
  fc.assert(fc.property(near, (text) => pattern.test(text) === isVariableName(text)));
});
