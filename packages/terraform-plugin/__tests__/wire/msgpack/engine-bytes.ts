/** Random msgpack as engines may send it: every type of attribute, in every format that can contain the value. */
import fc from "fast-check";
import type { AttributeType, PrimitiveShape } from "../../../schema/attribute-types";
import { computed, optional, required, writeOnly, type Attributes } from "../../../schema/attributes";

const inner: Attributes = { level: required.string("A."), count: optional.number("B."), id: computed.string("C.") };
const middle: Attributes = { zone: optional.string("A."), deep: optional.object(inner, "B."), rows: optional.objects(inner, "C.") };

/** Every type, to a depth of three objects. One name is longer than a fixstr. */
export const ATTRIBUTES: Attributes = {
  text: required.string("A."),
  number: optional.number("B."),
  flag: optional.boolean("C."),
  texts: optional.list("string", "D."),
  numbers: optional.list("number", "E."),
  flags: optional.set("boolean", "F."),
  map: optional.map("number", "G."),
  labels: optional.map("string", "H."),
  object: optional.object(middle, "I."),
  objects: optional.objects(middle, "J."),
  a_name_that_is_longer_than_a_short_string: optional.string("K."),
  secret: writeOnly.string("L."),
};

const concat = (parts: readonly Buffer[]) => Buffer.concat(parts);
const bytes = (...values: readonly number[]) => Buffer.from(values);

function big(size: number, write: (target: Buffer) => unknown): Buffer {
  const target = Buffer.alloc(size);
  write(target);
  return target;
}

/** A length after its format: in the shortest form, or in any longer one. */
function header(length: number, short: { readonly base: number; readonly below: number }, formats: readonly [number, number][]) {
  const forms = formats
    .filter(([, size]) => length < 2 ** (8 * size))
    .map(([format, size]) => concat([bytes(format), big(size, (target) => target.writeUIntBE(length, 0, size))]));
  return fc.constantFrom(...(length < short.below ? [bytes(short.base | length)] : []), ...forms);
}

function stringBytes(text: string): fc.Arbitrary<Buffer> {
  const content = Buffer.from(text);
  const formats: [number, number][] = [
    [0xd9, 1],
    [0xda, 2],
    [0xdb, 4],
  ];
  return header(content.length, { base: 0xa0, below: 32 }, formats).map((head) => concat([head, content]));
}

const formatsOf16And32 = (format: number): [number, number][] => [
  [format, 2],
  [format + 1, 4],
];
const arrayHeader = (length: number) => header(length, { base: 0x90, below: 16 }, formatsOf16And32(0xdc));
const mapHeader = (length: number) => header(length, { base: 0x80, below: 16 }, formatsOf16And32(0xde));

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", "\ufffd", "é".repeat(40), "x".repeat(300), "__proto__"),
);
const integer = fc.oneof(
  fc.integer({ min: 0, max: 127 }).map((value) => bytes(value)),
  fc.integer({ min: -32, max: -1 }).map((value) => bytes(value & 0xff)),
  fc.integer({ min: 0, max: 255 }).map((value) => bytes(0xcc, value)),
  fc.integer({ min: -128, max: 127 }).map((value) => bytes(0xd0, value & 0xff)),
  fc.integer({ min: 0, max: 65535 }).map((value) => concat([bytes(0xcd), big(2, (target) => target.writeUInt16BE(value))])),
  fc.integer({ min: -32768, max: 32767 }).map((value) => concat([bytes(0xd1), big(2, (target) => target.writeInt16BE(value))])),
  fc.nat(2 ** 32 - 1).map((value) => concat([bytes(0xce), big(4, (target) => target.writeUInt32BE(value))])),
  fc.integer().map((value) => concat([bytes(0xd2), big(4, (target) => target.writeInt32BE(value))])),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => concat([bytes(0xcf), big(8, (target) => target.writeBigUInt64BE(value))])),
  fc
    .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    .map((value) => concat([bytes(0xd3), big(8, (target) => target.writeBigInt64BE(value))])),
  fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }).map((value) => concat([bytes(0xd3), big(8, (target) => target.writeBigInt64BE(value))])),
);
const float = fc.oneof(
  fc.float().map((value) => concat([bytes(0xca), big(4, (target) => target.writeFloatBE(value))])),
  fc.double().map((value) => concat([bytes(0xcb), big(8, (target) => target.writeDoubleBE(value))])),
);
const digits = fc.string({ unit: fc.nat(9).map(String), minLength: 1, maxLength: 100 });
const decimal = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.tuple(fc.constantFrom("", "-"), digits).map(([sign, whole]) => `${sign}${whole}`),
  fc.tuple(digits, digits).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.constantFrom("0.1", "1e400", "-1E-400", "18446744073709551616"),
);
const number = fc.oneof(integer, float, decimal.chain(stringBytes));

const extension = fc
  .tuple(fc.constantFrom<[number, number]>([0xc7, 1], [0xc8, 2], [0xc9, 4]), fc.integer({ min: 0, max: 300 }))
  .filter(([[, size], length]) => length < 2 ** (8 * size))
  .map(([[format, size], length]) =>
    concat([bytes(format), big(size, (target) => target.writeUIntBE(length, 0, size)), bytes(length > 1 ? 12 : 0), Buffer.alloc(length)]),
  );
const fixedExtension = fc
  .constantFrom(0, 1, 2, 3, 4)
  .map((power) => concat([bytes(0xd4 + power, power === 0 ? 0 : 12), Buffer.alloc(2 ** power, 7)]));
const unknown = fc.oneof(fc.constant(bytes(0xd4, 0x00, 0x00)), extension, fixedExtension);

const primitives: Readonly<Record<PrimitiveShape, fc.Arbitrary<Buffer>>> = {
  string: text.chain(stringBytes),
  number,
  boolean: fc.constantFrom(bytes(0xc2), bytes(0xc3)),
};

function known(type: AttributeType): fc.Arbitrary<Buffer> {
  switch (type.shape) {
    case "string":
    case "number":
    case "boolean":
      return primitives[type.shape];
    case "list":
    case "set":
    case "objects":
      return fc
        .array(valueBytes(type.element), { maxLength: type.shape === "objects" ? 3 : 20 })
        .chain((parts) => arrayHeader(parts.length).map((head) => concat([head, ...parts])));
    case "map": {
      const key = fc
        .string()
        .filter((name) => name !== "__proto__")
        .chain(stringBytes);
      return fc
        .array(fc.tuple(key, valueBytes(type.element)), { maxLength: 20 })
        .chain((entries) => mapHeader(entries.length).map((head) => concat([head, ...entries.flat()])));
    }
    case "object":
      return objectBytes(type.attributes);
  }
}

function valueBytes(type: AttributeType): fc.Arbitrary<Buffer> {
  return fc.oneof(
    { weight: 6, arbitrary: known(type) },
    { weight: 1, arbitrary: fc.constant(bytes(0xc0)) },
    { weight: 1, arbitrary: unknown },
  );
}

/** Most often sorted and complete, as engines send objects; sometimes in another order, without some attributes, or with one of them twice. */
export function objectBytes(attributes: Attributes): fc.Arbitrary<Buffer> {
  const names = Object.keys(attributes).sort();
  const order = fc.oneof(
    { weight: 4, arbitrary: fc.constant(names) },
    { weight: 1, arbitrary: fc.shuffledSubarray(names) },
    { weight: 1, arbitrary: fc.subarray(names).map((chosen) => [...names, ...chosen]) },
  );
  const field = (name: string) => fc.tuple(stringBytes(name), valueBytes(attributes[name]!.type));
  return order.chain((chosen) =>
    fc.tuple(mapHeader(chosen.length), ...chosen.map(field)).map(([head, ...fields]) => concat([head, ...fields.flat()])),
  );
}
