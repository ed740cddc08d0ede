/** What the runtime says about a configuration before any handler looks at it. */
import { computed, defaulted, optional, required, UNKNOWN, writeOnly, type Attributes } from "../..";
import { checkConfig } from "../../schema/check";
import { ExactNumber } from "../../schema/value";

const attributes: Attributes = {
  name: required.string("The name."),
  size: optional.number("A number."),
  checks: defaulted("ALL").string("How to report.", { oneOf: ["ALL", "SOME"] }),
  colours: optional.list("string", "Colours.", { oneOf: ["red", "blue"] }),
  events: optional.set("string", "Events.", { known: ["push", "pull"] }),
  sizes: optional.map("number", "Sizes."),
  old: optional.string("Gone soon.", { deprecated: "use `name`." }),
  even: optional.number("Even.", { check: (value: never) => ((value as number) % 2 === 0 ? undefined : "It is odd.") }),
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
  ["nothing unusual", { checks: "ALL", colours: ["red"], events: ["push"], even: 2, block: { level: "low", made: null } }, []],
  ["a required argument without a value", { name: null }, ['error value-missing ["name"]']],
  ["a required argument that is not decided yet", { name: UNKNOWN }, []],
  ["a value outside of a closed list", { checks: "NONE" }, ['error value-not-allowed ["checks"]']],
  [
    "an element outside of a closed list, by its position",
    { colours: ["red", "green", UNKNOWN] },
    ['error value-not-allowed ["colours",1]'],
  ],
  ["an element of a list that is null", { colours: ["red", null, UNKNOWN] }, ['error value-missing ["colours"]']],
  ["an element of a set that is null", { events: [null, "push"] }, ['error value-missing ["events"]']],
  [
    "an element of a set outside of a published list, which has no position",
    { events: ["push", "fork"] },
    ['warning value-not-recognized ["events"]'],
  ],
  ["an undecided collection", { colours: UNKNOWN, events: UNKNOWN, block: UNKNOWN, blocks: [UNKNOWN] }, []],
  ["a number with too many digits", { size: new ExactNumber("9007199254740993") }, ['error number-not-exact ["size"]']],
  ["such a number in a map, by its key", { sizes: { a: 1, b: new ExactNumber("1e400") } }, ['error number-not-exact ["sizes","b"]']],
  ["a deprecated argument", { old: "x" }, ['warning argument-deprecated ["old"]']],
  ["a value that the declaration's own check refuses", { even: 3 }, ['error value-not-allowed ["even"]']],
  ["a nested value, by its path", { block: { level: "high", made: null } }, ['error value-not-allowed ["block","level"]']],
  ["a nested required value", { block: { level: null, made: null } }, ['error value-missing ["block","level"]']],
  [
    "an element of nested objects, by its position",
    { blocks: [{ level: "low" }, { level: "high" }] },
    ['error value-not-allowed ["blocks",1,"level"]'],
  ],
])("%s", (_name, config, expected) => {
  expect(check(config)).toEqual(expected);
});

describe("a write-only argument", () => {
  it("passes on an engine that has them", () => {
    expect(check({ pin: "1" })).toEqual([]);
  });

  it("is an error on an engine that would store it, at any depth", () => {
    expect(check({ token: "sesame", blocks: [{ level: "low", secret: UNKNOWN }] }, false)).toEqual([
      'error write-only-not-supported ["token"]',
      'error write-only-not-supported ["blocks",0,"secret"]',
    ]);
  });

  it("names the argument to use instead, and the engines that have it", () => {
    const [found, other] = checkConfig(attributes, { name: "n", token: "sesame", pin: "1" }, { writeOnly: false });
    expect(found?.fix).toBe("Use `token_env` instead. Or: upgrade the engine to 1.11 or later.");
    expect(found?.why).toMatch(/Terraform 1\.11 and OpenTofu 1\.11/);
    expect(other?.fix).toBe("Upgrade the engine to 1.11 or later.");
  });
});

it("a hidden value is in no message", () => {
  const found = checkConfig(attributes, { name: "n", token: "my-secret", hidden: "other-secret" }, { writeOnly: true });
  expect(found.map(({ code }) => code)).toEqual(["value-not-allowed", "value-not-recognized"]);
  expect(JSON.stringify(found)).not.toMatch(/my-secret|other-secret/);
});
