/** The runtime checks a configuration before any handler sees it. */
import { computed, defaulted, optional, required, UNKNOWN, writeOnly, type Attributes } from "../..";
import { checkConfig } from "../../schema/check";
import { ExactNumber } from "../../schema/value";

const attributes: Attributes = {
  name: required.string("The name."),
  size: optional.number("A number."),
  checks: defaulted("ALL").string("Which checks run.", { oneOf: ["ALL", "SOME"] }),
  colors: optional.list("string", "Colors.", { oneOf: ["red", "blue"] }),
  events: optional.set("string", "Events.", { known: ["push", "pull"] }),
  sizes: optional.map("number", "Sizes."),
  old: optional.string("Gone soon.", { deprecated: "use `name`." }),
  even: optional.number("Even.", {
    check: (value: never) => ((value as number) % 2 === 0 ? undefined : { why: "It is odd.", fix: "Add one." }),
  }),
  token: writeOnly.string("A token.", { alternative: "token_env", oneOf: ["sesame"] }),
  pin: writeOnly.string("A pin."),
  hidden: optional.string("Hidden.", { sensitive: true, known: ["a"] }),
  block: optional.object({ level: required.string("Level.", { oneOf: ["low"] }), made: computed.string("Made.") }, "Nested."),
  blocks: optional.objects({ level: required.string("Level.", { oneOf: ["low"] }), secret: writeOnly.string("S.") }, "Many nested."),
};

const check = (config: Record<string, unknown>, writeOnlyArguments = true) =>
  checkConfig(attributes, { name: "n", ...config }, { writeOnly: writeOnlyArguments }).map(
    ({ severity, code, at }) => `${severity} ${code} ${JSON.stringify(at)}`,
  );

it.each<[string, Record<string, unknown>, readonly string[]]>([
  ["a valid configuration", { checks: "ALL", colors: ["red"], events: ["push"], even: 2, block: { level: "low", made: null } }, []],
  ["a required argument without a value", { name: null }, ['error value-missing ["name"]']],
  ["a required argument that is unknown", { name: UNKNOWN }, []],
  ["a value outside a closed list", { checks: "NONE" }, ['error value-not-allowed ["checks"]']],
  ["an element outside a closed list, by its position", { colors: ["red", "green", UNKNOWN] }, ['error value-not-allowed ["colors",1]']],
  ["an element of a list that is null", { colors: ["red", null, UNKNOWN] }, ['error value-missing ["colors"]']],
  ["an element of a set that is null", { events: [null, "push"] }, ['error value-missing ["events"]']],
  ["an undocumented element of a set, by the path of the set", { events: ["push", "fork"] }, ['warning value-not-recognized ["events"]']],
  ["an unknown collection", { colors: UNKNOWN, events: UNKNOWN, block: UNKNOWN, blocks: [UNKNOWN] }, []],
  ["a number with too many digits", { size: new ExactNumber("9007199254740993") }, ['error number-not-exact ["size"]']],
  [
    "a number with too many digits in a map, by its key",
    { sizes: { a: 1, b: new ExactNumber("1e400") } },
    ['error number-not-exact ["sizes","b"]'],
  ],
  ["a deprecated argument", { old: "x" }, ['warning argument-deprecated ["old"]']],
  ["a value that the attribute's own check rejects", { even: 3 }, ['error value-not-allowed ["even"]']],
  ["a nested value, by its path", { block: { level: "high", made: null } }, ['error value-not-allowed ["block","level"]']],
  ["a nested required value", { block: { level: null, made: null } }, ['error value-missing ["block","level"]']],
  [
    "an element of nested objects, by its position",
    { blocks: [{ level: "low" }, { level: "high" }] },
    ['error value-not-allowed ["blocks",1,"level"]'],
  ],
])("checks %s", (_name, config, expected) => {
  expect(check(config)).toEqual(expected);
});

it("reports the cause and the fix of an attribute's own check", () => {
  expect(checkConfig(attributes, { name: "n", even: 3 }, { writeOnly: true })).toMatchObject([
    { code: "value-not-allowed", why: "It is odd.", fix: "Add one.", at: ["even"] },
  ]);
});

describe("a write-only argument", () => {
  it("passes on an engine that supports write-only arguments", () => {
    expect(check({ pin: "1" })).toEqual([]);
  });

  it("is an error on an engine that would store it, at any depth", () => {
    expect(check({ token: "sesame", blocks: [{ level: "low", secret: UNKNOWN }] }, false)).toEqual([
      'error write-only-not-supported ["token"]',
      'error write-only-not-supported ["blocks",0,"secret"]',
    ]);
  });

  it("names the alternative argument, and the engines that support it", () => {
    const [withAlternative, withoutAlternative] = checkConfig(attributes, { name: "n", token: "sesame", pin: "1" }, { writeOnly: false });
    expect(withAlternative?.fix).toBe("Use `token_env` instead, or upgrade the engine to 1.11 or later.");
    expect(withAlternative?.why).toMatch(/Terraform 1\.11 or OpenTofu 1\.11/);
    expect(withoutAlternative?.fix).toBe("Upgrade the engine to 1.11 or later.");
  });
});

it("no message contains a hidden value", () => {
  const found = checkConfig(attributes, { name: "n", token: "my-secret", hidden: "other-secret" }, { writeOnly: true });
  expect(found.map(({ code }) => code)).toEqual(["value-not-allowed", "value-not-recognized"]);
  expect(JSON.stringify(found)).not.toMatch(/my-secret|other-secret/);
});
