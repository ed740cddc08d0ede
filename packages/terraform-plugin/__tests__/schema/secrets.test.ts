/** Which texts of a value no message may repeat. */
import { computed, optional } from "../../schema/attributes";
import { redact, secretsIn } from "../../schema/secrets";
import { ExactNumber } from "../../schema/value";

const ATTRIBUTES = {
  plain: optional.string("P."),
  token: optional.string("T.", { sensitive: true }),
  pin: computed.number("N.", { sensitive: true }),
  nested: optional.objects({ key: optional.string("K.", { sensitive: true }) }, "O."),
};

it.each([
  ["a text", { token: "t0ken" }, ["t0ken"]],
  ["a number", { pin: 1234 }, ["1234"]],
  ["a number that JavaScript cannot represent exactly", { pin: new ExactNumber("9007199254740993") }, ["9007199254740993"]],
  ["a nested attribute", { nested: [{ key: "a" }, { key: "b" }] }, ["a", "b"]],
  ["nothing that is not sensitive", { plain: "visible" }, []],
])("the secrets of a value include %s", (_case, value, expected) => {
  expect(secretsIn(ATTRIBUTES, value)).toEqual(expected);
});

it("a longer secret is redacted before a shorter one that it contains", () => {
  expect(redact("key abcdef", ["abc", "abcdef"])).toBe("key (hidden)");
});
