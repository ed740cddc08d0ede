/** Values are encoded and decoded without loss, in every form that engines send. */
import { decode as unpack, encode as pack, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { computed, optional, required, writeOnly, type Attributes } from "../..";
import { sameObject } from "../../schema/equal";
import { ExactNumber, UNKNOWN, type ObjectValue, type Value } from "../../schema/value";
import { isNull, valueCodec } from "../../wire/value-codec";

const inner = { level: required.string("A."), count: optional.number("B."), id: computed.string("C.") };
const attributes: Attributes = {
  text: required.string("A."),
  number: optional.number("B."),
  flag: optional.boolean("C."),
  list: optional.list("number", "D."),
  set: optional.set("string", "E."),
  map: optional.map("number", "F."),
  object: optional.object(inner, "G."),
  objects: optional.objects(inner, "H."),
  secret: writeOnly.string("I."),
};
const codec = valueCodec(attributes);
const EMPTY: ObjectValue = {
  text: null,
  number: null,
  flag: null,
  list: null,
  set: null,
  map: null,
  object: null,
  objects: null,
  secret: null,
};
const NO_JSON = Buffer.alloc(0);
const dynamicValue = (value: unknown) => ({ msgpack: Buffer.from(pack(value, { useBigInt64: true })), json: NO_JSON });
const decode = (value: Record<string, unknown>) => codec.decode(dynamicValue({ ...EMPTY, ...value }));

const exact = fc.bigInt({ min: 2n ** 53n + 1n, max: 2n ** 80n }).map((value) => new ExactNumber((value | 1n).toString()));
const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }), exact);
const maybe = <T>(known: fc.Arbitrary<T>): fc.Arbitrary<T | null | typeof UNKNOWN> =>
  fc.oneof(
    { weight: 6, arbitrary: known },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant<typeof UNKNOWN>(UNKNOWN) },
  );
const nested = fc.record({ level: maybe(fc.string()), count: maybe(number), id: maybe(fc.string()) });
const key = fc.string().filter((name) => name !== "__proto__");
const value: fc.Arbitrary<ObjectValue> = fc.record({
  text: maybe(fc.string({ unit: "grapheme" })),
  number: maybe(number),
  flag: maybe(fc.boolean()),
  list: maybe(fc.array(maybe(number))),
  set: maybe(fc.uniqueArray(maybe(fc.string()))),
  map: maybe(fc.dictionary(key, maybe(number), { noNullPrototype: true })),
  object: maybe(nested),
  objects: maybe(fc.array(maybe(nested))),
  secret: maybe(fc.string()),
});

it("decoding an encoded value returns an equal value", () => {
  fc.assert(
    fc.property(value, (original) => {
      const decoded = codec.decode(codec.encode(original));
      expect(decoded === null ? [] : Object.keys(decoded)).toEqual(Object.keys(attributes));
      expect(sameObject(attributes, decoded ?? {}, original)).toBe(true);
    }),
  );
});

it("zero of either sign and integers of every width are decoded as they were encoded", () => {
  for (const number of [
    0,
    -0,
    1,
    -1,
    127,
    128,
    -32,
    -33,
    255,
    256,
    65536,
    2 ** 32,
    -(2 ** 31) - 1,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
    2 ** 60,
    1e21,
  ]) {
    expect(codec.decode(codec.encode({ ...EMPTY, number }))?.number).toBe(number + 0);
  }
});

describe("an unknown value", () => {
  it.each([
    ["extension 0 with one byte", new ExtData(0, new Uint8Array(1))],
    ["any extension without content", new ExtData(5, new Uint8Array(0))],
    ["a refined unknown", new ExtData(12, pack({ 1: false, 2: "pre-" }))],
    ["a value wrapped with its type", [Buffer.from('"string"'), new ExtData(0, new Uint8Array(1))]],
  ])("is recognized as %s", (_name, form) => {
    expect(decode({ text: form, number: form, list: form, set: form, map: form, object: form, objects: form })).toMatchObject({
      text: UNKNOWN,
      number: UNKNOWN,
      list: UNKNOWN,
      set: UNKNOWN,
      map: UNKNOWN,
      object: UNKNOWN,
      objects: UNKNOWN,
    });
  });

  it("is written in the form that every engine supports", () => {
    const smallCodec = valueCodec({ id: computed.string("A."), name: required.string("B."), tag: optional.string("C.") });
    expect(smallCodec.encode({ id: UNKNOWN, name: "n1", tag: null }).msgpack.toString("hex")).toBe(
      "83a26964d40000a46e616d65a26e31a3746167c0",
    );
  });

  it("may be inside collections and nested objects", () => {
    const refined = new ExtData(12, pack({ 1: false }));
    const decoded = decode({ list: [1, refined], object: { level: refined, count: null, id: "x" }, objects: [refined] });
    expect(decoded).toMatchObject({ list: [1, UNKNOWN], object: { level: UNKNOWN, count: null, id: "x" }, objects: [UNKNOWN] });
  });
});

describe("a number", () => {
  it.each<[string, unknown, Value]>([
    ["a 64-bit integer below 2^53", 2n ** 40n, 2 ** 40],
    ["a 64-bit integer that only text represents exactly", 9007199254740993n, new ExactNumber("9007199254740993")],
    ["a decimal text", "0.1", 0.1],
    ["a decimal text beyond any machine number", "1e400", new ExactNumber("1e400")],
    ["a float", 1.5, 1.5],
  ])("is read from %s", (_name, raw, expected) => {
    expect(decode({ number: raw })?.number).toEqual(expected);
  });

  it.each<[string, Value, string]>([
    ["an integer", 42, "42"],
    ["a large integer", 1e21, "1000000000000000000000"],
    ["a fraction", 0.1, "0.1"],
    ["a number that no JavaScript number represents exactly", new ExactNumber("9007199254740993"), "9007199254740993"],
  ])("is sent as text, with the precision of numbers in a state file: %s", (_name, number, text) => {
    const sent = unpack(codec.encode({ ...EMPTY, number, list: [number] }).msgpack) as Record<string, unknown>;
    expect([sent.number, sent.list]).toEqual([text, [text]]);
  });

  it.each([NaN, Infinity, -Infinity])("cannot be encoded if it is %d", (notFinite) => {
    expect(() => codec.encode({ ...EMPTY, number: notFinite })).toThrow("finite");
  });
});

describe("a whole value", () => {
  it("is null if it is null, empty or absent", () => {
    expect([codec.decode(undefined), codec.decode({ msgpack: NO_JSON, json: NO_JSON }), codec.decode(dynamicValue(null))]).toEqual([
      null,
      null,
      null,
    ]);
    expect([isNull(undefined), isNull({ msgpack: NO_JSON, json: NO_JSON }), isNull(dynamicValue(null)), isNull(dynamicValue({}))]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it("has every attribute, also if the engine sent fewer or more", () => {
    expect(codec.decode(dynamicValue({ text: "a", surplus: 1 }))).toEqual({ ...EMPTY, text: "a" });
    const sent = unpack(codec.encode({ text: "a" }).msgpack) as Record<string, unknown>;
    expect(Object.keys(sent).sort()).toEqual(Object.keys(attributes).sort());
  });

  it("is read from JSON if an engine sends JSON", () => {
    const json = Buffer.from('{"text":"a","number":9007199254740993}');
    expect(codec.decode({ msgpack: NO_JSON, json })).toMatchObject({ text: "a", number: new ExactNumber("9007199254740993"), list: null });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a number instead of a string", { text: 1 }, "text: string expected"],
    ["a string that is not a number", { number: "many" }, "number: not a decimal number"],
    ["a map instead of a list", { list: {} }, "list: list expected"],
    ["a wrong value inside a nested object", { object: { level: true, count: null, id: null } }, "object: level: string expected"],
    ["an unknown extension", { text: new ExtData(7, new Uint8Array(4)) }, "extension 7"],
  ])("with %s is an error that names the attribute", (_name, raw, message) => {
    expect(() => decode(raw)).toThrow(message);
  });
});
