/** Straight reading has the results of the generic codec: the same values for what engines send, and the same errors for all other bytes. */
import { encode as pack, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { optional } from "../../../schema/attributes";
import type { ObjectValue } from "../../../schema/value";
import { genericCodec } from "../../../wire/msgpack/generic-codec";
import { valueReader } from "../../../wire/msgpack/value-reader";
import { valueCodec } from "../../../wire/value-codec";
import { ATTRIBUTES, objectBytes } from "./engine-bytes";

const generic = genericCodec(ATTRIBUTES);
const read = valueReader(ATTRIBUTES);
const codec = valueCodec(ATTRIBUTES);
const NO_JSON = Buffer.alloc(0);
const decode = (msgpack: Buffer) => codec.decode({ msgpack, json: NO_JSON });

/** A value with the order of its keys, or the message of an error. */
function outcome(run: () => ObjectValue | null): unknown {
  try {
    const value = run();
    return [value, keysOf(value)];
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

function keysOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).map(([key, part]) => [key, keysOf(part)]);
}

function expectSameOutcome(bytes: Buffer): void {
  expect(outcome(() => decode(bytes))).toStrictEqual(outcome(() => generic.decode(bytes)));
}

it("what engines send is read without the generic codec, to the same value", () => {
  fc.assert(
    fc.property(objectBytes(ATTRIBUTES), (bytes) => {
      fc.pre(!bytes.includes("\ufffd"));
      expect(outcome(() => read(bytes))).toStrictEqual(outcome(() => generic.decode(bytes)));
    }),
    { numRuns: 1000 },
  );
});

it("bytes that end early, at any position, have the outcome of the generic codec", () => {
  fc.assert(
    fc.property(objectBytes(ATTRIBUTES), (bytes) => {
      for (let length = 1; length < bytes.length; length++) expectSameOutcome(bytes.subarray(0, length));
    }),
    { numRuns: 10 },
  );
});

it("bytes with random changes have the outcome of the generic codec", () => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(objectBytes(ATTRIBUTES), fc.array(change, { minLength: 1, maxLength: 4 }), (bytes, changes) => {
      const changed = Buffer.from(bytes);
      for (const [position, byte] of changes) changed[position % changed.length] = byte;
      expectSameOutcome(changed);
    }),
    { numRuns: 3000 },
  );
});

it("random bytes, and bytes after the value, have the outcome of the generic codec", () => {
  fc.assert(
    fc.property(objectBytes(ATTRIBUTES), fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes, random) => {
      expectSameOutcome(Buffer.from(random));
      expectSameOutcome(Buffer.concat([bytes, random]));
    }),
    { numRuns: 500 },
  );
});

it.each<[string, unknown]>([
  ["an attribute that is not declared", { text: "a", surplus: { more: [1] } }],
  ["the key __proto__ in a map", new Map([["map", new Map([["__proto__", 1]])]])],
  ["a number as the key of a map", new Map([["map", new Map([[7, 1]])]])],
  ["a value that is wrapped with its type", { text: [Buffer.from('"string"'), "a"], texts: [Buffer.from("x"), ["a"]] }],
  ["bytes instead of an object", { object: Buffer.from("x") }],
  ["a value of another type", { flag: 1 }],
  ["a number that is not decimal", { number: "0x10" }],
  ["another extension", { text: new ExtData(7, new Uint8Array(2)) }],
  ["an unknown value instead of the object", new ExtData(0, new Uint8Array(1))],
  ["a list instead of the object", [1]],
])("%s has the outcome of the generic codec", (_name, value) => {
  expectSameOutcome(packed(value));
});

/** The library encodes no Map. */
function packed(value: unknown): Buffer {
  if (!(value instanceof Map)) return Buffer.from(pack(value));
  const parts = [...value].flatMap(([key, part]) => [packed(key), packed(part)]);
  return Buffer.concat([Buffer.from([0x80 | value.size]), ...parts]);
}

it("text that is not UTF-8 has the outcome of the generic codec", () => {
  const bytes = Buffer.from(pack({ text: "abcd" }));
  bytes[bytes.length - 2] = 0xff;
  expectSameOutcome(bytes);
});

it("text keeps its byte order mark and U+FFFD, at any length", () => {
  for (const text of ["\ufeffa", `\ufeff${"a".repeat(300)}`, "\ufffd", `${"a".repeat(300)}\ufffd`]) {
    expect(decode(Buffer.from(pack({ text })))?.["text"]).toBe(text);
  }
});

it("an attribute that the engine did not send is null, also if every object has a property of that name", () => {
  const attributes = { constructor: optional.string("A.") };
  const bytes = packed({});
  expect([valueReader(attributes)(bytes)["constructor"], genericCodec(attributes).decode(bytes)?.["constructor"]]).toEqual([null, null]);
});

it.each([
  ["array 32", [0xdd, 0x01, 0xff, 0xff, 0xff]],
  ["map 32", [0xdf, 0x01, 0xff, 0xff, 0xff]],
  ["str 32", [0xdb, 0xff, 0xff, 0xff, 0xff]],
  ["bin 32", [0xc6, 0xff, 0xff, 0xff, 0xff]],
  ["ext 32", [0xc9, 0xff, 0xff, 0xff, 0xff, 0x0c]],
])("a forged length of %s reserves no memory", (_name, forged) => {
  const before = process.memoryUsage();
  const kept: unknown[] = [];
  for (const name of ["text", "number", "texts", "map", "object", "objects", "surplus"]) {
    const bytes = Buffer.concat([Buffer.from([0x81]), packed(name), Buffer.from(forged)]);
    kept.push(outcome(() => decode(bytes)));
  }
  expect(kept.every((message) => typeof message === "string")).toBe(true);
  const after = process.memoryUsage();
  expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(50 * 2 ** 20);
});
