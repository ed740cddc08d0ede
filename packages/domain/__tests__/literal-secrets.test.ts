/** Secrets that stand where a text belongs, distinguished from texts. */
import { containsSecret, isSecretBackendArgument } from "..";

it.each<[string, string, boolean]>([
  ["an API token of Atlassian", "ATATT3xFfGF0notarealtoken0123", true],
  ["an access token of Bitbucket Cloud", "use ATCTT3xFfGN0notarealtoken0123 here", true],
  ["an HTTP access token of Data Center", "BBDC-MDk4NzY1NDMyMTA5", true],
  ["a token of GitHub", "ghp_notarealtokennotarealtoken", true],
  ["a private key", "-----BEGIN RSA PRIVATE KEY-----", true],
  ["a JSON web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0", true],
  ["a name", "Bitbucket for Payments", false],
  ["a word that contains the start of a token", "BATATTLESHIPS_AND_CRUISERS", false],
  ["the name of a variable", "PAYMENTS_BITBUCKET_API_TOKEN", false],
  ["an ID of a Space", "payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7", false],
])("recognizes %s", (_what, text, expected) => {
  expect(containsSecret(text)).toBe(expected);
});

it("recognizes arguments of backends that would be secrets", () => {
  expect(["secret_key", "token", "conn_str", "key", "bucket", "kms_key_id"].map(isSecretBackendArgument)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
