/** Numbers keep their exact value, whether they are JavaScript numbers or text. */
import fc from "fast-check";
import { parseExactJson } from "../../schema/exact-json";
import { numberFromBigInt, numberFromText, numberKey, sameNumber } from "../../schema/number";
import { ExactNumber } from "../../schema/value";

describe("a decimal text", () => {
  it.each([
    ["0", 0],
    ["-0", 0],
    ["0.1", 0.1],
    ["1.50", 1.5],
    ["1e3", 1000],
    ["1E+3", 1000],
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992],
    ["1152921504606846976", 2 ** 60],
    ["-9007199254740992", -9007199254740992],
  ])("%s becomes the JavaScript number %d", (text, expected) => {
    expect(numberFromText(text)).toBe(expected);
  });

  it.each([
    "9007199254740993",
    "-9007199254740993",
    "18446744073709551615",
    "1e300",
    "1e400",
    "1e-400",
    "0.10000000000000000001",
    "12345678901234567890123",
  ])("%s stays text, because no JavaScript number represents it exactly", (text) => {
    expect(numberFromText(text)).toEqual(new ExactNumber(text));
  });

  it.each(["", "abc", "1.2.3", "0x10", "NaN", "Infinity", "--1", "."])("%j is rejected", (text) => {
    expect(() => numberFromText(text)).toThrow(TypeError);
  });

  it("equals other spellings of the same number", () => {
    expect(sameNumber(numberFromText("1e400"), new ExactNumber("10e399"))).toBe(true);
    expect(sameNumber(new ExactNumber("9007199254740993"), new ExactNumber("9007199254740993.0"))).toBe(true);
    expect(sameNumber(new ExactNumber("9007199254740993"), 9007199254740992)).toBe(false);
    expect(sameNumber(new ExactNumber("15e-1"), 1.5)).toBe(true);
  });

  it("of any JavaScript number is read back as that number", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const readBack = numberFromText(numberText(value));
        expect(sameNumber(readBack, value + 0)).toBe(true);
      }),
    );
  });

  it("has the same key as another number only if both are equal", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (left, right) => {
        expect(numberKey(left) === numberKey(right)).toBe(left === right);
      }),
    );
  });
});

it("a 64-bit integer becomes a JavaScript number only if that is exact", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
      const number = numberFromBigInt(value);
      if (typeof number === "number") expect(BigInt(number)).toBe(value);
      else expect([number.text, BigInt(Number(value)) === value]).toEqual([value.toString(), false]);
    }),
  );
});

describe("JSON of a stored state", () => {
  it("keeps integers beyond 2^53, at any depth", () => {
    const text = '{"a":9007199254740993,"b":[1,{"c":12345678901234567890123}],"d":"9007199254740993","e":-1.5e3}';
    expect(parseExactJson(text)).toEqual({
      a: new ExactNumber("9007199254740993"),
      b: [1, { c: new ExactNumber("12345678901234567890123") }],
      d: "9007199254740993",
      e: -1500,
    });
  });

  it("leaves digits inside strings unchanged, also after escaped quotes", () => {
    const value = { 'a"9007199254740993': 'x\\"9007199254740993, 1e999 \\' };
    expect(parseExactJson(JSON.stringify(value))).toEqual(value);
  });

  it("that contains only exact numbers has the same result as with JSON.parse", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, (_key, part: unknown) => (isUnsafeInteger(part) ? 1 : part), 2);
        expect(parseExactJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("has the same values with and without an inexact number beside them, which decides how it is parsed", () => {
    const number = fc.oneof(
      fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.constantFrom("1.0000000000000000001", "9007199254740990.5", "0.1", "-0", "1e400", "5"),
    );
    const text = fc
      .oneof(fc.string(), fc.uuid(), fc.constantFrom("9007199254740993", '1"2\\', "1.5"))
      .map((value) => JSON.stringify(value));
    const leaf = fc.oneof(number, text, fc.constantFrom("null", "true", "false"));
    const { json } = fc.letrec<{ json: string }>((tie) => ({
      json: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(tie("json")).map((parts) => `[${parts.join(" , ")}]`),
        fc.array(fc.tuple(text, tie("json"))).map((parts) => `{\n${parts.map(([key, part]) => `${key}: ${part}`).join(",\n")}}`),
      ),
    }));
    fc.assert(
      fc.property(json, (part) => {
        const whole = parseExactJson(`{"inexact":1e400,"part":${part}}`) as { part: unknown };
        expect(parseExactJson(part)).toEqual(whole.part);
      }),
      { numRuns: 300 },
    );
  });

  it("may be nested more deeply than the stack allows", () => {
    const text = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    expect(parseExactJson(text)).toHaveLength(1);
  });

  it("rejects text that is not JSON", () => {
    expect(() => parseExactJson('{"a":9007199254740993')).toThrow(SyntaxError);
  });
});

/** All digits of an integer; the shortest exact text of any other number. */
function numberText(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function isUnsafeInteger(value: unknown): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}
