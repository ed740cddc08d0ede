/** Converts values to and from msgpack by way of plain objects. Slower than straight reading and writing, but it understands every form. */
import { Decoder, Encoder, ExtData, type ExtensionCodecType } from "@msgpack/msgpack";
import type { AttributeType, PrimitiveShape } from "../../schema/attribute-types";
import type { Attributes } from "../../schema/attributes";
import { numberFromBigInt, numberFromText, numberText } from "../../schema/number";
import { isNumberValue, UNKNOWN, type ObjectValue, type Value } from "../../schema/value";

/** How an unknown value is encoded: extension 0 with one byte. */
const UNKNOWN_EXTENSION = new ExtData(0, new Uint8Array(1));

/** Refined unknowns say more about the value, for example a prefix. They are still unknown. */
const REFINED_UNKNOWN = 12;

const extensions: ExtensionCodecType<undefined> = {
  tryToEncode: (object) => (object instanceof ExtData ? object : null),
  decode: (data, type) => {
    if (type === REFINED_UNKNOWN || data.length <= 1) return UNKNOWN;
    throw new TypeError(`msgpack extension ${type} is not part of the protocol`);
  },
};

const encoder = new Encoder({ extensionCodec: extensions });

type Reader = (raw: unknown) => Value;
type Writer = (value: Value) => unknown;

interface GenericCodec {
  /** Throws a TypeError if the bytes do not match the declaration, and another error if they are not msgpack. */
  decode(bytes: Buffer): ObjectValue | null;
  /** Throws a TypeError for a number that is not finite. */
  encode(value: ObjectValue): Uint8Array;
}

export function genericCodec(attributes: Attributes): GenericCodec {
  const read = objectReader(attributes);
  const write = objectWriter(attributes);
  return {
    decode: (bytes) => read(unpack(bytes)) as ObjectValue | null,
    encode: (value) => encoder.encode(write(value)),
  };
}

/** A forged length must not reserve memory: every part takes at least one byte. */
function unpack(bytes: Buffer): unknown {
  const limits = { maxArrayLength: bytes.length, maxMapLength: bytes.length };
  return new Decoder({ extensionCodec: extensions, useBigInt64: true, ...limits }).decode(bytes);
}

function reader(type: AttributeType): Reader {
  switch (type.shape) {
    case "string":
    case "number":
    case "boolean":
      return nullable(primitiveReader(type.shape));
    case "list":
    case "set":
    case "objects":
      return nullable(listReader(reader(type.element)));
    case "map":
      return nullable(mapReader(reader(type.element)));
    case "object":
      return nullable(objectReader(type.attributes));
  }
}

/** Reads null and unknown values, and values that are wrapped with their type, as under a dynamic type. */
function nullable(read: Reader): Reader {
  const readNullable: Reader = (raw) => {
    if (raw === null || raw === undefined) return null;
    if (raw === UNKNOWN) return UNKNOWN;
    if (Array.isArray(raw) && raw.length === 2 && raw[0] instanceof Uint8Array) return readNullable(raw[1]);
    return read(raw);
  };
  return readNullable;
}

function primitiveReader(shape: PrimitiveShape): Reader {
  if (shape === "number") return readNumber;
  return (raw) => {
    if (typeof raw !== shape) throw new TypeError(`${shape} expected, ${typeof raw} received`);
    return raw as string | boolean;
  };
}

function readNumber(raw: unknown): Value {
  if (typeof raw === "number") return raw + 0;
  if (typeof raw === "bigint") return numberFromBigInt(raw);
  if (typeof raw === "string") return numberFromText(raw);
  throw new TypeError(`number expected, ${typeof raw} received`);
}

function listReader(element: Reader): Reader {
  return (raw) => {
    if (!Array.isArray(raw)) throw new TypeError(`list expected, ${typeof raw} received`);
    return raw.map(element);
  };
}

function mapReader(element: Reader): Reader {
  return (raw) => Object.fromEntries(Object.entries(objectFrom(raw)).map(([key, value]) => [key, element(value)]));
}

function objectReader(attributes: Attributes): Reader {
  const fields = Object.entries(attributes).map(([name, attribute]) => [name, reader(attribute.type)] as const);
  return (raw) => {
    if (raw === null) return null;
    const received = objectFrom(raw);
    const value: Record<string, Value> = {};
    for (const [name, read] of fields) {
      try {
        value[name] = read(Object.hasOwn(received, name) ? received[name] : null);
      } catch (cause) {
        throw new TypeError(`${name}: ${cause instanceof Error ? cause.message : "unreadable"}`, { cause });
      }
    }
    return value;
  };
}

function objectFrom(raw: unknown): Readonly<Record<string, unknown>> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) throw new TypeError(`object expected, ${typeof raw} received`);
  return raw as Record<string, unknown>;
}

function writer(type: AttributeType): Writer {
  switch (type.shape) {
    case "string":
    case "boolean":
      return writeUnchanged;
    case "number":
      return writeNumber;
    case "list":
    case "set":
    case "objects":
      return listWriter(writer(type.element));
    case "map":
      return mapWriter(writer(type.element));
    case "object":
      return objectWriter(type.attributes);
  }
}

function writeUnchanged(value: Value): unknown {
  return value === UNKNOWN ? UNKNOWN_EXTENSION : value;
}

/** Writes numbers as decimal text, as value-writer.ts does. Rejects numbers that are not finite: they would crash the engine. */
function writeNumber(value: Value): unknown {
  if (value === UNKNOWN) return UNKNOWN_EXTENSION;
  if (!isNumberValue(value)) return value;
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError("a number must be finite");
  return numberText(value);
}

function listWriter(element: Writer): Writer {
  return (value) => (Array.isArray(value) ? (value as readonly Value[]).map(element) : writeUnchanged(value));
}

function mapWriter(element: Writer): Writer {
  return (value) => {
    if (typeof value !== "object" || value === null) return writeUnchanged(value);
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, element(part as Value)]));
  };
}

function objectWriter(attributes: Attributes): Writer {
  const fields = Object.entries(attributes).map(([name, attribute]) => [name, writer(attribute.type)] as const);
  return (value) => {
    if (value === UNKNOWN) return UNKNOWN_EXTENSION;
    if (value === null) return null;
    const object = value as ObjectValue;
    const written: Record<string, unknown> = {};
    for (const [name, write] of fields) written[name] = write(object[name] ?? null);
    return written;
  };
}
