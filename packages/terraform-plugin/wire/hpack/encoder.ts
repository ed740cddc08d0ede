/** Encodes header blocks (RFC 7541) that need no state: nothing is added to the dynamic table, so blocks can be prepared once. */
import type { HeaderField } from "./header-field";
import { STATIC_TABLE } from "./static-table";

/**
 * Sets the size of the table to zero (section 6.3). Sent before the first block, it satisfies every table size that a client may require, because
 * the table never grows again (section 4.2).
 */
export const NO_TABLE = Buffer.of(0x20);

/** Each field is an entry of the static table, or a literal without indexing. Texts must be ASCII. */
export function encodeBlock(fields: readonly HeaderField[]): Buffer {
  return Buffer.concat(fields.map(encodeField));
}

function encodeField({ name, value }: HeaderField): Buffer {
  const wholeField = STATIC_TABLE.findIndex((entry) => entry.name === name && entry.value === value && value !== "");
  if (wholeField >= 0) return encodeInteger(wholeField + 1, 7, 0x80);
  const nameOnly = STATIC_TABLE.findIndex((entry) => entry.name === name);
  return Buffer.concat([encodeInteger(nameOnly + 1, 4, 0x00), ...(nameOnly >= 0 ? [] : [encodeText(name)]), encodeText(value)]);
}

function encodeText(text: string): Buffer {
  return Buffer.concat([encodeInteger(text.length, 7, 0x00), Buffer.from(text, "latin1")]);
}

/** Section 5.1. `pattern` contains the bits before the prefix. */
function encodeInteger(value: number, prefixBits: number, pattern: number): Buffer {
  const mask = 2 ** prefixBits - 1;
  if (value < mask) return Buffer.of(pattern | value);
  const bytes = [pattern | mask];
  let rest = value - mask;
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
