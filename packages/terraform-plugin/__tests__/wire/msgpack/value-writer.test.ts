/** Straight writing has the bytes of the generic codec, for every value. */
import fc from "fast-check";
import type { AttributeType } from "../../../schema/attribute-types";
import type { Attributes } from "../../../schema/attributes";
import { ExactNumber, UNKNOWN, type ObjectValue, type Value } from "../../../schema/value";
import { genericCodec } from "../../../wire/msgpack/generic-codec";
import { valueWriter } from "../../../wire/msgpack/value-writer";
import { valueCodec } from "../../../wire/value-codec";
import { ATTRIBUTES } from "./engine-bytes";

const generic = genericCodec(ATTRIBUTES);
const write = valueWriter(ATTRIBUTES);
const codec = valueCodec(ATTRIBUTES);

const text = fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.string({ minLength: 20, maxLength: 70 }));
const digits = fc.string({ unit: fc.integer({ min: 1, max: 9 }).map(String), minLength: 1, maxLength: 100 });
const primitives = {
  string: text,
  number: fc.oneof(
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    digits.map((all) => new ExactNumber(all)),
  ),
  boolean: fc.boolean(),
};

function known(type: AttributeType): fc.Arbitrary<Value> {
  switch (type.shape) {
    case "string":
    case "number":
    case "boolean":
      return primitives[type.shape];
    case "list":
    case "set":
    case "objects":
      return fc.array(valueOf(type.element), { maxLength: type.shape === "objects" ? 3 : 20 });
    case "map":
      return fc.dictionary(fc.string(), valueOf(type.element), { noNullPrototype: true, maxKeys: 20 });
    case "object":
      return objectOf(type.attributes);
  }
}

function valueOf(type: AttributeType): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 6, arbitrary: known(type) }, { weight: 1, arbitrary: fc.constantFrom<Value>(null, UNKNOWN) });
}

function objectOf(attributes: Attributes): fc.Arbitrary<ObjectValue> {
  return fc.record(Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, valueOf(type)])));
}

function outcome(run: () => Uint8Array): string {
  try {
    return Buffer.from(run()).toString("hex");
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

it("values of the declared types are written without the generic codec, to the same bytes", () => {
  fc.assert(
    fc.property(objectOf(ATTRIBUTES), (value) => {
      expect(outcome(() => write(value))).toBe(outcome(() => generic.encode(value)));
    }),
    { numRuns: 1000 },
  );
});

it("values of other types, and objects without some attributes, have the outcome of the generic codec", () => {
  const anything = fc.anything({ withBigInt: false }) as fc.Arbitrary<Value>;
  fc.assert(
    fc.property(objectOf(ATTRIBUTES), fc.dictionary(fc.constantFrom(...Object.keys(ATTRIBUTES)), anything), (value, changes) => {
      const changed = { ...value, ...changes };
      expect(outcome(() => codec.encode(changed).msgpack)).toBe(outcome(() => generic.encode(changed)));
      expect(outcome(() => codec.encode(changes).msgpack)).toBe(outcome(() => generic.encode(changes)));
    }),
    { numRuns: 1000 },
  );
});

it.each([0, 1, 15, 16, 31, 32, 63, 64, 65, 255, 256, 65535, 65536])(
  "a text of %d characters has the bytes of the generic codec",
  (length) => {
    for (const character of ["x", "é", "€", "😀", "\ud800"]) {
      const value = { text: character.repeat(length), texts: Array.from({ length: Math.min(length, 300) }, () => character) };
      expect(outcome(() => codec.encode(value).msgpack)).toBe(outcome(() => generic.encode(value)));
    }
  },
);

it.each([15, 16, 65535, 65536])("a list and a map of %d elements have the bytes of the generic codec", (length) => {
  const keys = Array.from({ length }, (_, index) => `k${index}`);
  const value = { texts: keys, map: Object.fromEntries(keys.map((key, index) => [key, index])) };
  expect(outcome(() => write(value))).toBe(outcome(() => generic.encode(value)));
});

it("encoded bytes stay the same when other values are encoded", () => {
  const values = ["a", "b".repeat(100_000), "c".repeat(300_000), "d"].map((part): ObjectValue => ({ text: part, texts: [part, part] }));
  const encoded = values.map((value) => codec.encode(value).msgpack);
  expect(encoded.map((bytes) => outcome(() => bytes))).toEqual(values.map((value) => outcome(() => generic.encode(value))));
});

it("a value that cannot be encoded does not spoil the next one", () => {
  expect(() => codec.encode({ text: "a", number: NaN })).toThrow("a number must be finite");
  expect(codec.encode({ text: "b" }).msgpack.equals(generic.encode({ text: "b" }))).toBe(true);
});
