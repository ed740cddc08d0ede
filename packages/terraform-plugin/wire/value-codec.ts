/** Values <-> msgpack, driven by the declaration. One codec per declaration, made once. */
import { Decoder, Encoder, ExtData, type ExtensionCodecType } from "@msgpack/msgpack";
import type { Attributes, AttributeType, PrimitiveType } from "../schema/attributes";
import { conform } from "../schema/conform";
import { parseExactJson } from "../schema/exact-json";
import { nestedIn } from "../schema/kinds";
import { numberFromBigInt, numberFromText } from "../schema/number";
import { ExactNumber, UNKNOWN, type ObjectValue, type Value } from "../schema/value";
import type { DynamicValue } from "./generated/tfplugin6";

/** What an undecided value is on the wire: extension 0 with one byte. */
const UNDECIDED = new ExtData(0, new Uint8Array(1));

/** Refined unknowns (extension 12) say more about a value that is undecided all the same. */
const REFINED = 12;

const extensions: ExtensionCodecType<undefined> = {
  tryToEncode: (object) => (object instanceof ExtData ? object : null),
  decode: (data, type) => {
    if (type === REFINED || data.length <= 1) return UNKNOWN;
    throw new TypeError(`msgpack extension ${String(type)} is not part of the protocol`);
  },
};

const decoder = new Decoder({ extensionCodec: extensions, useBigInt64: true });
const encoder = new Encoder({ extensionCodec: extensions });
const NULL = Buffer.from([0xc0]);

type Reader = (raw: unknown) => Value;
type Writer = (value: Value) => unknown;

export interface ValueCodec {
  /** Null for a null or absent value. Throws when the bytes do not fit the declaration. */
  decode(value: DynamicValue | undefined): ObjectValue | null;
  encode(value: ObjectValue | null): DynamicValue;
}

export function valueCodec(attributes: Attributes): ValueCodec {
  const read = objectReader(attributes);
  const write = objectWriter(attributes);
  return {
    decode: (value) => {
      if (value === undefined) return null;
      if (value.msgpack.length > 0) return read(decoder.decode(value.msgpack)) as ObjectValue | null;
      return value.json.length > 0 ? fromJson(attributes, value.json) : null;
    },
    encode: (value) => ({ msgpack: value === null ? NULL : bytes(encoder.encode(write(value))), json: Buffer.alloc(0) }),
  };
}

/** True when the value is null or absent, without decoding it. */
export function isNull(value: DynamicValue | undefined): boolean {
  if (value === undefined) return true;
  return value.msgpack.length > 0 ? value.msgpack[0] === 0xc0 : value.json.length === 0 || value.json.toString("utf8").trim() === "null";
}

/** Engines send msgpack; the form exists in the protocol all the same. */
function fromJson(attributes: Attributes, json: Buffer): ObjectValue | null {
  const parsed = parseExactJson(json.toString("utf8"));
  return parsed === null ? null : conform(attributes, parsed, { unknown: false, missing: true }).value;
}

function reader(kind: AttributeType): Reader {
  if (typeof kind === "string") return nullable(primitiveReader(kind));
  const nested = nestedIn(kind);
  if (nested) {
    const object = objectReader(nested.attributes);
    return nested.many ? nullable(listReader(nullable(object))) : nullable(object);
  }
  if ("list" in kind) return nullable(listReader(nullable(primitiveReader(kind.list))));
  if ("set" in kind) return nullable(listReader(nullable(primitiveReader(kind.set))));
  const element = nullable(primitiveReader("map" in kind ? kind.map : "string"));
  return nullable((raw) => Object.fromEntries(Object.entries(record(raw)).map(([key, value]) => [key, element(value)])));
}

/** Null, undecided, and values that come wrapped with their type, as under a dynamic type. */
function nullable(read: Reader): Reader {
  return (raw) => {
    if (raw === null || raw === undefined) return null;
    if (raw === UNKNOWN) return UNKNOWN;
    if (Array.isArray(raw) && raw.length === 2 && raw[0] instanceof Uint8Array) return nullable(read)(raw[1]);
    return read(raw);
  };
}

function primitiveReader(kind: PrimitiveType): Reader {
  if (kind === "number") return readNumber;
  return (raw) => {
    if (typeof raw !== kind) throw new TypeError(`${kind} expected, ${typeof raw} received`);
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

function objectReader(attributes: Attributes): Reader {
  const fields = Object.entries(attributes).map(([name, attribute]) => [name, reader(attribute.type)] as const);
  return (raw) => {
    if (raw === null) return null;
    const given = record(raw);
    const value: Record<string, Value> = {};
    for (const [name, read] of fields) {
      try {
        value[name] = read(given[name]);
      } catch (cause) {
        throw new TypeError(`${name}: ${cause instanceof Error ? cause.message : "unreadable"}`, { cause });
      }
    }
    return value;
  };
}

function record(raw: unknown): Readonly<Record<string, unknown>> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) throw new TypeError(`object expected, ${typeof raw} received`);
  return raw as Record<string, unknown>;
}

/** Undefined where the values can be written as they are. */
function writer(kind: AttributeType): Writer {
  if (kind === "number") return writeNumber;
  if (typeof kind === "string") return (value) => (value === UNKNOWN ? UNDECIDED : value);
  const nested = nestedIn(kind);
  if (nested && !nested.many) return objectWriter(nested.attributes);
  const element = nested
    ? objectWriter(nested.attributes)
    : writer("list" in kind ? kind.list : "set" in kind ? kind.set : "map" in kind ? kind.map : "string");
  return (value) => {
    if (value === UNKNOWN) return UNDECIDED;
    if (Array.isArray(value)) return value.map(element);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, element(part as Value)]));
  };
}

/** Not-a-number would crash the engine, so it never gets there. */
function writeNumber(value: Value): unknown {
  if (value === UNKNOWN) return UNDECIDED;
  if (value instanceof ExactNumber) return value.text;
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError("a number must be finite");
  return value;
}

function objectWriter(attributes: Attributes): Writer {
  const fields = Object.entries(attributes).map(([name, attribute]) => [name, writer(attribute.type)] as const);
  return (value) => {
    if (value === UNKNOWN) return UNDECIDED;
    if (value === null) return null;
    const given = value as ObjectValue;
    const out: Record<string, unknown> = {};
    for (const [name, write] of fields) out[name] = write(given[name] ?? null);
    return out;
  };
}

function bytes(view: Uint8Array): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}
