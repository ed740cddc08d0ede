/** Secrets are taken out of texts: in each of their forms, as a whole, and in no time however many there are. */
import { Secrets } from "../../http/secrets";

function hiding(...values: readonly string[]): Secrets {
  const secrets = new Secrets();
  secrets.add(...values);
  return secrets;
}

it.each<[string, readonly string[], string, string]>([
  ["none", [], "all is told", "all is told"],
  ["one in the middle", ["tok-1"], "the token tok-1 has ended", "the token (redacted) has ended"],
  ["one at both ends", ["tok-1"], "tok-1, and again tok-1", "(redacted), and again (redacted)"],
  ["one after the other", ["tok-1", "tok-2"], "tok-1tok-2", "(redacted)(redacted)"],
  ["one that another begins with", ["tok-1", "tok-1-and-more"], "tok-1-and-more", "(redacted)"],
  ["one inside another", ["-and-", "tok-and-more"], "tok-and-more", "(redacted)"],
  ["two that overlap", ["tok-and", "and-more"], "a tok-and-more b", "a (redacted) b"],
  ["a beginning without its end", ["tok-1"], "tok-", "tok-"],
  ["one that is too short to be one", ["tok"], "tok", "tok"],
  ["one in a page", ["a<b&'c"], "you said a&lt;b&amp;&#39;c", "you said (redacted)"],
  ["one as JSON for a page", ["a=b&c"], String.raw`you said a\u003db\u0026c`, "you said (redacted)"],
  ["one in a form", ["a b!c"], "you said a+b%21c", "you said (redacted)"],
  ["one as JSON, in an address, for Basic", ['a"b c'], 'a\\"b c a%22b%20c YSJiIGM=', "(redacted) (redacted) (redacted)"],
])("%s", (_name, values, text, expected) => {
  expect(hiding(...values).redact(text)).toBe(expected);
});

it("hides what is added later", () => {
  const secrets = hiding("tok-1");
  expect(secrets.redact("tok-1 tok-2")).toBe("(redacted) tok-2");
  secrets.add("tok-2", null, undefined, "");
  expect(secrets.redact("tok-1 tok-2")).toBe("(redacted) (redacted)");
});

it("looks at no secret that begins otherwise than the text does anywhere", () => {
  const startsWith = jest.spyOn(String.prototype, "startsWith");
  try {
    const secrets = hiding(...Array.from({ length: 1_000 }, (_, index) => `${String(index).padStart(4, "0")}-of-another-tool`));
    startsWith.mockClear();
    expect(secrets.redact("GET /rest/api/1.0/projects/PAY/repos/billing/webhooks 0042-of-another-tool")).toMatch(/webhooks \(redacted\)$/);
    expect(startsWith.mock.calls.length).toBeLessThan(10);
  } finally {
    startsWith.mockRestore();
  }
});
