/** Redaction of secrets: in every encoding, as a whole, and fast even with many secrets. */
import { Secrets } from "../../http/secrets";

function secretsOf(...values: readonly string[]): Secrets {
  const secrets = new Secrets();
  secrets.add(...values);
  return secrets;
}

it.each<[string, readonly string[], string, string]>([
  ["no secret", [], "nothing to hide", "nothing to hide"],
  ["one in the middle", ["tok-1"], "the token tok-1 has expired", "the token (redacted) has expired"],
  ["one at both ends", ["tok-1"], "tok-1, and again tok-1", "(redacted), and again (redacted)"],
  ["two in a row", ["tok-1", "tok-2"], "tok-1tok-2", "(redacted)(redacted)"],
  ["one that is the start of another", ["tok-1", "tok-1-and-more"], "tok-1-and-more", "(redacted)"],
  ["one inside another", ["-and-", "tok-and-more"], "tok-and-more", "(redacted)"],
  ["two that overlap", ["tok-and", "and-more"], "a tok-and-more b", "a (redacted) b"],
  ["the start of one", ["tok-1"], "tok-", "tok-"],
  ["one that is too short", ["tok"], "tok", "tok"],
  ["one in HTML", ["a<b&'c"], "you sent a&lt;b&amp;&#39;c", "you sent (redacted)"],
  ["one as JSON inside HTML", ["a=b&c"], String.raw`you sent a\u003db\u0026c`, "you sent (redacted)"],
  ["one in a form", ["a b!c"], "you sent a+b%21c", "you sent (redacted)"],
  ["one as JSON, in a URL, in Basic authentication", ['a"b c'], 'a\\"b c a%22b%20c YSJiIGM=', "(redacted) (redacted) (redacted)"],
])("redacts %s", (_name, values, text, expected) => {
  expect(secretsOf(...values).redact(text)).toBe(expected);
});

it("redacts secrets that are added later", () => {
  const secrets = secretsOf("tok-1");
  expect(secrets.redact("tok-1 tok-2")).toBe("(redacted) tok-2");
  secrets.add("tok-2", null, undefined, "");
  expect(secrets.redact("tok-1 tok-2")).toBe("(redacted) (redacted)");
});

it("compares only secrets whose first characters occur in the text", () => {
  const startsWith = jest.spyOn(String.prototype, "startsWith");
  try {
    const secrets = secretsOf(...Array.from({ length: 1_000 }, (_, index) => `${`${index}`.padStart(4, "0")}-of-another-tool`));
    startsWith.mockClear();
    expect(secrets.redact("GET /rest/api/1.0/projects/PAY/repos/billing/webhooks 0042-of-another-tool")).toMatch(/webhooks \(redacted\)$/);
    expect(startsWith.mock.calls.length).toBeLessThan(10);
  } finally {
    startsWith.mockRestore();
  }
});
