/** Names of environment variables, distinguished from tokens. */
import fc from "fast-check";
import { configurationSchema } from "../../configuration";
import { isVariableName } from "../variables";

it.each<[string, string, boolean]>([
  ["of the usual form", "PAYMENTS_BITBUCKET_API_TOKEN", true],
  ["of one letter", "T", true],
  ["with a leading underscore", "_TOKEN", true],
  ["in lower case", "payments_token", true],
  ["with a number at its end", "TOKEN2", true],
  ["of 19 letters and digits", "PAYMENTSAPITOKEN123", true],
  ["long, and without a digit", "BITBUCKETDATACENTERTOKEN", true],
  ["long, with digits and an underscore", "TOKEN_OF_SERVER_0000000000000000000000012", true],
  ["of 20 letters and digits", "PAYMENTSAPITOKEN1234", false],
  ["with a digit only at its end", "AbcdefghijklmnopqrstuvwxyzAbcd1", false],
  ["in the form of an HTTP access token", "BBDC0notarealtoken0notarealtoken0notareal", false],
  ["in the form of an access token of Bitbucket Cloud", "ATCTT3xFfGN0notarealtoken0123456789", false],
  ["in the form of an older token, in base64", "MDk4NzY1NDMyMTA5OnRva2VuLW5vdC1yZWFs", false],
  ["with a leading digit", "2TOKEN", false],
  ["with a hyphen", "API-TOKEN", false],
  ["with a line break at its end", "API_TOKEN\n", false],
  ["empty", "", false],
])("a text %s (%s) is a name: %s", (_case, text, expected) => {
  expect(isVariableName(text)).toBe(expected);
});

it("matches the pattern in the schema of bitlift.yaml", () => {
  const { definitions } = configurationSchema() as { readonly definitions: { readonly variable: { readonly pattern: string } } };
  const pattern = new RegExp(definitions.variable.pattern, "u");
  const similarText = fc.oneof(fc.stringMatching(/^[A-Za-z0-9]{17,23}$/), fc.stringMatching(/^[A-Za-z0-9_]{0,30}$/), fc.string());
  fc.assert(fc.property(similarText, (text) => pattern.test(text) === isVariableName(text)));
});
