/** One field of a header block, and its size as HPACK counts it. */

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** The size of an entry beyond its two texts (RFC 7541, section 4.1). */
const ENTRY_OVERHEAD = 32;

/** In bytes: every character of a decoded field is one byte. */
export function fieldSize({ name, value }: HeaderField): number {
  return name.length + value.length + ENTRY_OVERHEAD;
}

/** The block does not follow RFC 7541. The tables of both ends may differ from here on, so the connection must end. */
export class HpackError extends Error {}
