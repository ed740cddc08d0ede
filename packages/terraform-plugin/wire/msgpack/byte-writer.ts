/** Writes msgpack, format by format, with the names of the specification. */
import { GrowingBytes } from "../protobuf/growing-bytes";

/** The value is none that the writer expects: the generic codec decides what becomes of it. */
export class UnexpectedValue extends Error {}

/** Up to this length, a loop over the characters is faster than a call of the encoder. */
const SHORT_TEXT = 64;
/** Format and length together take at most five bytes. */
const LONGEST_HEADER = 5;
const LONE_SURROGATE = /\p{Surrogate}/u;

export class ByteWriter extends GrowingBytes {
  /** Writes a nil. */
  null(): void {
    this.reserve(1);
    this.#byte(0xc0);
  }

  /** Writes a fixext 1 of type 0, which is an unknown value. */
  unknown(): void {
    this.reserve(3);
    this.#byte(0xd4);
    this.#byte(0x00);
    this.#byte(0x00);
  }

  boolean(value: boolean): void {
    this.reserve(1);
    this.#byte(value ? 0xc3 : 0xc2);
  }

  /** Writes bytes that are already msgpack. */
  raw(bytes: Buffer): void {
    this.reserve(bytes.length);
    const target = this.buffer;
    const start = this.position;
    const length = bytes.length;
    for (let index = 0; index < length; index++) target[start + index] = bytes[index] ?? 0;
    this.position = start + length;
  }

  /** Writes fixstr, str 8, str 16 or str 32. */
  string(text: string): void {
    if (text.length > SHORT_TEXT || !this.#shortAscii(text)) this.#anyText(text);
  }

  /** Starts a fixarray, array 16 or array 32. */
  array(length: number): void {
    this.reserve(LONGEST_HEADER);
    if (length < 16) this.#byte(0x90 | length);
    else this.#header(length, undefined, 0xdc, 0xdd);
  }

  /** Starts a fixmap, map 16 or map 32. */
  map(length: number): void {
    this.reserve(LONGEST_HEADER);
    if (length < 16) this.#byte(0x80 | length);
    else this.#header(length, undefined, 0xde, 0xdf);
  }

  /** Returns false if the text has a character beyond ASCII. */
  #shortAscii(text: string): boolean {
    const length = text.length;
    this.reserve(LONGEST_HEADER + length);
    const bytes = this.buffer;
    let position = this.position;
    if (length < 32) bytes[position++] = 0xa0 | length;
    else {
      bytes[position++] = 0xd9;
      bytes[position++] = length;
    }
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 0x80) return false;
      bytes[position++] = code;
    }
    this.position = position;
    return true;
  }

  #anyText(text: string): void {
    const length = Buffer.byteLength(text, "utf8");
    if (length !== text.length && LONE_SURROGATE.test(text)) throw new UnexpectedValue();
    this.reserve(LONGEST_HEADER + length);
    if (length < 32) this.#byte(0xa0 | length);
    else this.#header(length, 0xd9, 0xda, 0xdb);
    this.position += this.buffer.write(text, this.position, length, "utf8");
  }

  /** Writes a format and a length of one byte, if there is such a format, or of two or four bytes. The bytes are reserved. */
  #header(length: number, format8: number | undefined, format16: number, format32: number): void {
    if (format8 !== undefined && length < 0x100) {
      this.#byte(format8);
      this.position = this.buffer.writeUInt8(length, this.position);
    } else if (length < 0x10000) {
      this.#byte(format16);
      this.position = this.buffer.writeUInt16BE(length, this.position);
    } else {
      this.#byte(format32);
      this.position = this.buffer.writeUInt32BE(length, this.position);
    }
  }

  #byte(byte: number): void {
    this.buffer[this.position++] = byte;
  }
}

/** Returns the name of an attribute as msgpack. */
export function keyBytes(name: string): Buffer {
  const writer = new ByteWriter();
  writer.string(name);
  return writer.finish();
}
