/** Values as the test engine sends and receives them, encoded without the runtime's codec. */
import { decode as unpack, encode as pack, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import type { DynamicValue, Schema_Attribute } from "../wire/generated/tfplugin6";
import { isObject, KNOWN_AFTER_APPLY, type EngineObject, type EngineValue } from "./engine-checks";

const extensions = new ExtensionCodec();
extensions.register({
  type: 0,
  encode: (value) => (value === KNOWN_AFTER_APPLY ? new Uint8Array(1) : null),
  decode: () => KNOWN_AFTER_APPLY,
});

export const NO_BYTES = Buffer.alloc(0);

export function encodeValue(value: EngineValue): DynamicValue {
  return { msgpack: Buffer.from(pack(withExtensions(value), { extensionCodec: extensions, useBigInt64: true })), json: NO_BYTES };
}

/** With attributes, the texts of numbers become numbers. */
export function decodeValue(value: DynamicValue | undefined, attributes: readonly Schema_Attribute[] = []): EngineValue {
  if (value === undefined || value.msgpack.length === 0) return null;
  const decoded = unpack(value.msgpack, { extensionCodec: extensions, useBigInt64: true }) as EngineValue;
  return isObject(decoded) ? withNumbers(attributes, decoded) : decoded;
}

function withNumbers(attributes: readonly Schema_Attribute[], object: EngineObject): EngineObject {
  const numbers = attributes.map(({ name, type, nestedType }): [string, EngineValue] => {
    const value = object[name] ?? null;
    const convert = (part: EngineValue): EngineValue => {
      if (Array.isArray(part)) return (part as readonly EngineValue[]).map(convert);
      if (isObject(part) && nestedType !== undefined) return withNumbers(nestedType.attributes, part);
      if (isObject(part)) return Object.fromEntries(Object.entries(part).map(([key, element]) => [key, convert(element)]));
      return typeof part === "string" && type.includes('"number"') ? Number(part) : part;
    };
    return [name, convert(value)];
  });
  return { ...object, ...Object.fromEntries(numbers) };
}

/** Returns the configuration as engines send it: every attribute is present, and null if the user left it out, in nested objects too. */
export function completeConfig(attributes: readonly Schema_Attribute[], config: EngineObject): EngineObject {
  return Object.fromEntries(
    attributes.map(({ name, nestedType }) => {
      const value = config[name] ?? null;
      if (!nestedType) return [name, value];
      const completePart = (part: EngineValue) => (isObject(part) ? completeConfig(nestedType.attributes, part) : part);
      return [name, Array.isArray(value) ? value.map(completePart) : completePart(value)];
    }),
  );
}

function withExtensions(value: EngineValue): unknown {
  if (value === KNOWN_AFTER_APPLY) return new ExtData(0, new Uint8Array(1));
  if (Array.isArray(value)) return value.map(withExtensions);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withExtensions(part)]));
}
