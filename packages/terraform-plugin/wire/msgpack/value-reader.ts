/** Reads values straight from msgpack, in the forms that engines send. Built once per declaration, so that no value needs another look at its type. */
import type { AttributeType } from "../../schema/attribute-types";
import type { Attributes } from "../../schema/attributes";
import { UNKNOWN, type ObjectValue, type Value } from "../../schema/value";
import { ByteReader, UnexpectedBytes } from "./byte-reader";
import { keyBytes } from "./byte-writer";

type Read = (from: ByteReader) => Value;

interface Field {
  readonly name: string;
  readonly key: Buffer;
  readonly read: Read;
  /** Position in the order in which engines send attributes. */
  readonly order: number;
}

/**
 * Returns a function that reads an object. It throws if the bytes have any other form: forms that no engine sends, such as attributes that are not
 * declared, and bytes that no reader understands. The generic codec decides which of the two it is.
 */
export function valueReader(attributes: Attributes): (bytes: Buffer) => ObjectValue {
  const read = objectReader(attributes);
  return (bytes) => {
    const from = new ByteReader(bytes);
    const value = read(from);
    if (!from.isAtEnd) throw new UnexpectedBytes();
    return value;
  };
}

function reader(type: AttributeType): Read {
  const read = knownReader(type);
  return (from) => {
    if (from.takeNull()) return null;
    return from.takeUnknown() ? UNKNOWN : read(from);
  };
}

function knownReader(type: AttributeType): Read {
  switch (type.shape) {
    case "string":
      return (from) => from.string();
    case "number":
      return (from) => from.number();
    case "boolean":
      return (from) => from.boolean();
    case "list":
    case "set":
    case "objects":
      return listReader(reader(type.element));
    case "map":
      return mapReader(reader(type.element));
    case "object":
      return objectReader(type.attributes);
  }
}

function listReader(element: Read): Read {
  return (from) => {
    const length = from.arrayLength();
    if (length === 2 && from.isBeforeBinary) throw new UnexpectedBytes();
    const list: Value[] = [];
    for (let index = 0; index < length; index++) list.push(element(from));
    return list;
  };
}

function mapReader(element: Read): Read {
  return (from) => {
    const length = from.mapLength();
    const map: Record<string, Value> = {};
    for (let index = 0; index < length; index++) {
      const key = from.string();
      if (key === "__proto__") throw new UnexpectedBytes();
      map[key] = element(from);
    }
    return map;
  };
}

/** Every declared attribute is present in the result, in the order of the declaration. Engines send all of them, sorted by name. */
function objectReader(attributes: Attributes): (from: ByteReader) => ObjectValue {
  const blank: ObjectValue = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
  const fields = Object.entries(attributes)
    .map(([name, { type }]) => ({ name, key: keyBytes(name), read: reader(type) }))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map((field, order): Field => ({ ...field, order }));
  const byName = new Map(fields.map((field) => [field.name, field]));
  return (from) => {
    const length = from.mapLength();
    const value: Record<string, Value> = { ...blank };
    let order = 0;
    for (let index = 0; index < length; index++) {
      let field = fields[order];
      if (field === undefined || !from.takeKey(field.key)) field = byName.get(from.string());
      if (field === undefined) throw new UnexpectedBytes();
      value[field.name] = field.read(from);
      order = field.order + 1;
    }
    return value;
  };
}
