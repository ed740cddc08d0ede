/** Decodes header blocks (RFC 7541). One decoder serves one connection, because blocks refer to fields of earlier blocks. */
import { fieldSize, HpackError, type HeaderField } from "./header-field";
import { decodeHuffman } from "./huffman";
import { STATIC_TABLE } from "./static-table";

/** SETTINGS_HEADER_TABLE_SIZE has this value unless a server sends another one (RFC 9113, section 6.5.2). */
export const DEFAULT_TABLE_BYTES = 4096;

/** Enough for every length that fits into a block; larger numbers are an attack (RFC 7541, section 5.1). */
const MAXIMUM_INTEGER = 2 ** 24;

export interface DecodedBlock {
  /** In the order of the block. Incomplete if the list is too large. */
  readonly fields: readonly HeaderField[];
  /** Whether the fields exceed the limit, as HPACK counts their size. */
  readonly tooLarge: boolean;
}

export class HpackDecoder {
  readonly #maximumListBytes: number;
  /** The newest entry is the last one. */
  readonly #entries: HeaderField[] = [];
  #tableBytes = 0;
  #maximumTableBytes = DEFAULT_TABLE_BYTES;
  #block: Buffer = Buffer.alloc(0);
  #position = 0;

  constructor(maximumListBytes: number) {
    this.#maximumListBytes = maximumListBytes;
  }

  /** Decodes one complete block. Throws an HpackError; the decoder must not be used after that. */
  decode(block: Buffer): DecodedBlock {
    this.#block = block;
    this.#position = 0;
    const fields: HeaderField[] = [];
    let listBytes = 0;
    while (this.#position < block.length) {
      const field = this.#readRepresentation(listBytes === 0);
      if (field === undefined) continue;
      listBytes += fieldSize(field);
      // Fields beyond the limit are still decoded: they may change the table.
      if (listBytes <= this.#maximumListBytes) fields.push(field);
    }
    return { fields, tooLarge: listBytes > this.#maximumListBytes };
  }

  /** Section 6. Returns undefined for a change of the table size, which may only precede the first field. */
  #readRepresentation(isFirst: boolean): HeaderField | undefined {
    const byte = this.#block[this.#position] ?? 0;
    if (byte & 0x80) return this.#entry(this.#readInteger(7));
    if (byte & 0x40) return this.#remember(this.#readLiteral(6));
    if (byte & 0x20) {
      if (!isFirst) throw new HpackError("the size of the table changes after a field");
      return this.#resize(this.#readInteger(5));
    }
    // Without indexing, and never indexed: the difference only concerns intermediaries.
    return this.#readLiteral(4);
  }

  #readLiteral(prefixBits: number): HeaderField {
    const index = this.#readInteger(prefixBits);
    const name = index === 0 ? this.#readText() : this.#entry(index).name;
    return { name, value: this.#readText() };
  }

  /** Section 2.3.3: one address space for both tables, from 1. */
  #entry(index: number): HeaderField {
    const field =
      index <= STATIC_TABLE.length ? STATIC_TABLE[index - 1] : this.#entries[this.#entries.length + STATIC_TABLE.length - index];
    if (field === undefined) throw new HpackError(`the tables have no entry ${index}`);
    return field;
  }

  /** Section 4.4. A field larger than the table empties it. */
  #remember(field: HeaderField): HeaderField {
    this.#entries.push(field);
    this.#tableBytes += fieldSize(field);
    this.#evict();
    return field;
  }

  #resize(maximumBytes: number): undefined {
    if (maximumBytes > DEFAULT_TABLE_BYTES) throw new HpackError(`the table may not grow to ${maximumBytes} bytes`);
    this.#maximumTableBytes = maximumBytes;
    this.#evict();
  }

  #evict(): void {
    while (this.#tableBytes > this.#maximumTableBytes) {
      const oldest = this.#entries.shift();
      if (oldest === undefined) return;
      this.#tableBytes -= fieldSize(oldest);
    }
  }

  /** Section 5.1. */
  #readInteger(prefixBits: number): number {
    const mask = 2 ** prefixBits - 1;
    let value = this.#readByte() & mask;
    if (value < mask) return value;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#readByte();
      value += (byte & 0x7f) * factor;
      if (value > MAXIMUM_INTEGER || factor > MAXIMUM_INTEGER) throw new HpackError("a number is too large");
      if (byte < 0x80) return value;
    }
  }

  /** Section 5.2. */
  #readText(): string {
    const isHuffman = ((this.#block[this.#position] ?? 0) & 0x80) !== 0;
    const length = this.#readInteger(7);
    const start = this.#position;
    const end = start + length;
    if (end > this.#block.length) throw new HpackError("a text is longer than its block");
    this.#position = end;
    return isHuffman ? decodeHuffman(this.#block.subarray(start, end)) : this.#block.toString("latin1", start, end);
  }

  #readByte(): number {
    const byte = this.#block[this.#position++];
    if (byte === undefined) throw new HpackError("the block ends within a field");
    return byte;
  }
}
