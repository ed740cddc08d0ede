/** Reads msgpack from bytes, form by form, with the format names of the specification. Anything unexpected throws UnexpectedBytes. */
import { numberFromBigInt, numberFromText } from "../../schema/number";
import type { ExactNumber } from "../../schema/value";

/** The bytes are not what the reader expects: another format, a forged length, or the end of the bytes. */
export class UnexpectedBytes extends Error {}

const TWO_TO_32 = 2 ** 32;
/** The extension type of a refined unknown, which says more about the value, for example a prefix. It is still unknown. */
const REFINED_UNKNOWN = 12;

export class ByteReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#position === this.#bytes.length;
  }

  /** Consumes a nil. Returns false, and consumes nothing, if the next value is another one. */
  takeNull(): boolean {
    if (this.#bytes[this.#position] !== 0xc0) return false;
    this.#position += 1;
    return true;
  }

  /** Consumes an unknown value: an extension that is refined or has at most one byte. Returns false, and consumes nothing, before another format. */
  takeUnknown(): boolean {
    switch (this.#bytes[this.#position]) {
      case 0xd4: // fixext 1
        this.#skip(3);
        return true;
      case 0xd5: // fixext 2
        return this.#takeExtension(1, 2);
      case 0xd6: // fixext 4
        return this.#takeExtension(1, 4);
      case 0xd7: // fixext 8
        return this.#takeExtension(1, 8);
      case 0xd8: // fixext 16
        return this.#takeExtension(1, 16);
      case 0xc7: // ext 8
        return this.#takeExtension(2, this.#bytes.readUInt8(this.#position + 1));
      case 0xc8: // ext 16
        return this.#takeExtension(3, this.#bytes.readUInt16BE(this.#position + 1));
      case 0xc9: // ext 32
        return this.#takeExtension(5, this.#bytes.readUInt32BE(this.#position + 1));
      default:
        return false;
    }
  }

  /** Consumes a string with these bytes, format included. Returns false, and consumes nothing, before anything else. */
  takeKey(expected: Buffer): boolean {
    const bytes = this.#bytes;
    const start = this.#position;
    const length = expected.length;
    for (let index = 0; index < length; index++) {
      if (bytes[start + index] !== expected[index]) return false;
    }
    this.#position = start + length;
    return true;
  }

  /** Reads fixstr, str 8, str 16 or str 32. */
  string(): string {
    const head = this.#head();
    if ((head & 0xe0) === 0xa0) return this.#text(head & 0x1f);
    switch (head) {
      case 0xd9: // str 8
        return this.#text(this.#unsigned(1));
      case 0xda: // str 16
        return this.#text(this.#unsigned(2));
      case 0xdb: // str 32
        return this.#text(this.#unsigned(4));
      default:
        throw new UnexpectedBytes();
    }
  }

  boolean(): boolean {
    const head = this.#head();
    if (head !== 0xc2 && head !== 0xc3) throw new UnexpectedBytes();
    return head === 0xc3;
  }

  /** Reads every format of integers and floats, and numbers as strings. Zero has one sign. */
  number(): number | ExactNumber {
    const head = this.#head();
    if (head < 0x80) return head; // positive fixint
    if (head >= 0xe0) return head - 0x100; // negative fixint
    switch (head) {
      case 0xca: // float 32
        return this.#bytes.readFloatBE(this.#skip(4)) + 0;
      case 0xcb: // float 64
        return this.#bytes.readDoubleBE(this.#skip(8)) + 0;
      case 0xcc: // uint 8
        return this.#unsigned(1);
      case 0xcd: // uint 16
        return this.#unsigned(2);
      case 0xce: // uint 32
        return this.#unsigned(4);
      case 0xcf: // uint 64
        return this.#integer64(this.#bytes.readUInt32BE(this.#position), "unsigned");
      case 0xd0: // int 8
        return this.#bytes.readInt8(this.#skip(1));
      case 0xd1: // int 16
        return this.#bytes.readInt16BE(this.#skip(2));
      case 0xd2: // int 32
        return this.#bytes.readInt32BE(this.#skip(4));
      case 0xd3: // int 64
        return this.#integer64(this.#bytes.readInt32BE(this.#position), "signed");
      default:
        this.#position -= 1;
        return numberFromText(this.string());
    }
  }

  /** Reads the length of an array: fixarray, array 16 or array 32. */
  arrayLength(): number {
    const head = this.#head();
    if ((head & 0xf0) === 0x90) return this.#count(head & 0x0f, 1);
    if (head === 0xdc) return this.#count(this.#unsigned(2), 1);
    if (head === 0xdd) return this.#count(this.#unsigned(4), 1);
    throw new UnexpectedBytes();
  }

  /** Reads the number of entries of a map: fixmap, map 16 or map 32. */
  mapLength(): number {
    const head = this.#head();
    if ((head & 0xf0) === 0x80) return this.#count(head & 0x0f, 2);
    if (head === 0xde) return this.#count(this.#unsigned(2), 2);
    if (head === 0xdf) return this.#count(this.#unsigned(4), 2);
    throw new UnexpectedBytes();
  }

  /** Whether a bin format follows: the first half of a value that is wrapped with its type. */
  get isBeforeBinary(): boolean {
    const head = this.#bytes[this.#position] ?? 0;
    return head >= 0xc4 && head <= 0xc6;
  }

  /** A forged length fails here, before anything is allocated: every part takes at least one byte. */
  #count(length: number, bytesOfPart: number): number {
    if (length * bytesOfPart > this.#bytes.length - this.#position) throw new UnexpectedBytes();
    return length;
  }

  #head(): number {
    const head = this.#bytes[this.#position];
    if (head === undefined) throw new UnexpectedBytes();
    this.#position += 1;
    return head;
  }

  #unsigned(size: 1 | 2 | 4): number {
    const start = this.#skip(size);
    if (size === 1) return this.#bytes.readUInt8(start);
    return size === 2 ? this.#bytes.readUInt16BE(start) : this.#bytes.readUInt32BE(start);
  }

  #integer64(high: number, sign: "signed" | "unsigned"): number | ExactNumber {
    const start = this.#skip(8);
    const value = high * TWO_TO_32 + this.#bytes.readUInt32BE(start + 4);
    if (Number.isSafeInteger(value)) return value;
    return numberFromBigInt(sign === "signed" ? this.#bytes.readBigInt64BE(start) : this.#bytes.readBigUInt64BE(start));
  }

  #takeExtension(headerLength: number, length: number): boolean {
    const type = this.#bytes.readInt8(this.#position + headerLength);
    if (type !== REFINED_UNKNOWN && length > 1) throw new UnexpectedBytes();
    this.#skip(headerLength + 1 + length);
    return true;
  }

  /** Decoders differ in what they make of invalid UTF-8, and show it as U+FFFD. The byte order mark is part of a text. */
  #text(length: number): string {
    if (length === 0) return "";
    const start = this.#skip(length);
    const text = this.#bytes.toString("utf8", start, start + length);
    if (text.includes("\ufffd")) throw new UnexpectedBytes();
    return text;
  }

  /** Returns the position before the skipped bytes. */
  #skip(length: number): number {
    const start = this.#position;
    if (length > this.#bytes.length - start) throw new UnexpectedBytes();
    this.#position = start + length;
    return start;
  }
}
