/** Writes values straight to msgpack. Built once per declaration, so that no value needs another look at its type. */
import type { AttributeType } from "../../schema/attribute-types";
import type { Attributes } from "../../schema/attributes";
import { numberText } from "../../schema/number";
import { isNumberValue, isObjectValue, UNKNOWN, type ObjectValue, type Value } from "../../schema/value";
import { ByteWriter, keyBytes, UnexpectedValue } from "./byte-writer";

type Write = (value: Value, to: ByteWriter) => void;

/** Returns a function that writes an object. It throws for a value that does not have the declared type: the generic codec decides what becomes of it. */
export function valueWriter(attributes: Attributes): (value: ObjectValue) => Buffer {
  const write = objectWriter(attributes);
  return (value) => {
    const to = new ByteWriter();
    write(value, to);
    return to.finish();
  };
}

function writer(type: AttributeType): Write {
  const write = knownWriter(type);
  return (value, to) => {
    if (value === null) to.null();
    else if (value === UNKNOWN) to.unknown();
    else write(value, to);
  };
}

function knownWriter(type: AttributeType): Write {
  switch (type.shape) {
    case "string":
      return writeString;
    case "number":
      return writeNumber;
    case "boolean":
      return writeBoolean;
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

function writeString(value: Value, to: ByteWriter): void {
  if (typeof value !== "string") throw new UnexpectedValue();
  to.string(value);
}

function writeBoolean(value: Value, to: ByteWriter): void {
  if (typeof value !== "boolean") throw new UnexpectedValue();
  to.boolean(value);
}

/**
 * Writes numbers as decimal text, with the precision that engines use for numbers in a state file. Terraform 1.11 counts any other precision as a
 * change of the object, so `plan -refresh-only -detailed-exitcode` would exit with 2.
 */
function writeNumber(value: Value, to: ByteWriter): void {
  if (!isNumberValue(value) || (typeof value === "number" && !Number.isFinite(value))) throw new UnexpectedValue();
  to.string(numberText(value));
}

function listWriter(element: Write): Write {
  return (value, to) => {
    if (!Array.isArray(value)) throw new UnexpectedValue();
    const list = value as readonly Value[];
    to.array(list.length);
    for (const part of list) element(part, to);
  };
}

function mapWriter(element: Write): Write {
  return (value, to) => {
    if (!isObjectValue(value)) throw new UnexpectedValue();
    const keys = Object.keys(value);
    to.map(keys.length);
    for (const key of keys) {
      to.string(key);
      element(value[key] ?? null, to);
    }
  };
}

function objectWriter(attributes: Attributes): Write {
  const fields = Object.entries(attributes).map(([name, { type }]) => ({ name, key: keyBytes(name), write: writer(type) }));
  return (value, to) => {
    if (!isObjectValue(value)) throw new UnexpectedValue();
    to.map(fields.length);
    for (const { name, key, write } of fields) {
      to.raw(key);
      write(value[name] ?? null, to);
    }
  };
}
