/** Converts values to and from the protocol. A codec is built once per declaration. */
import type { Attributes } from "../schema/attributes";
import { conform } from "../schema/conform";
import { parseExactJson } from "../schema/exact-json";
import type { ObjectValue } from "../schema/value";
import type { DynamicValue } from "./generated/tfplugin6";
import { genericCodec } from "./msgpack/generic-codec";
import { valueReader } from "./msgpack/value-reader";
import { valueWriter } from "./msgpack/value-writer";

const NULL = Buffer.from([0xc0]);
const NO_JSON = Buffer.alloc(0);

export interface ValueCodec {
  /** Returns null for a null or absent value. Throws a TypeError if the bytes do not match the declaration. */
  decode(value: DynamicValue | undefined): ObjectValue | null;
  /** Throws a TypeError for a number that is not finite. */
  encode(value: ObjectValue | null): DynamicValue;
}

/** Reads and writes straight, in the forms that engines use. The generic codec decides about everything else: a value, or the error that names the attribute. */
export function valueCodec(attributes: Attributes): ValueCodec {
  const read = valueReader(attributes);
  const write = valueWriter(attributes);
  const generic = genericCodec(attributes);
  return {
    decode: (value) => {
      if (value === undefined) return null;
      const { msgpack, json } = value;
      if (msgpack.length === 0) return json.length > 0 ? fromJson(attributes, json) : null;
      if (msgpack.length === 1 && msgpack[0] === 0xc0) return null;
      try {
        return read(msgpack);
      } catch {
        return generic.decode(msgpack);
      }
    },
    encode: (value) => {
      if (value === null) return { msgpack: NULL, json: NO_JSON };
      try {
        return { msgpack: write(value), json: NO_JSON };
      } catch {
        return { msgpack: toBuffer(generic.encode(value)), json: NO_JSON };
      }
    },
  };
}

/** Whether the value is null or absent. Does not decode it. */
export function isNull(value: DynamicValue | undefined): boolean {
  if (value === undefined) return true;
  return value.msgpack.length > 0 ? value.msgpack[0] === 0xc0 : value.json.length === 0 || value.json.toString("utf8").trim() === "null";
}

/** Engines send msgpack, but the protocol allows JSON too. */
function fromJson(attributes: Attributes, json: Buffer): ObjectValue | null {
  const parsed = parseExactJson(json.toString("utf8"));
  return parsed === null ? null : conform(attributes, parsed, { unknown: false, missing: true }).value;
}

/** A view of the same bytes, without a copy. */
export function toBuffer(view: Uint8Array): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}
