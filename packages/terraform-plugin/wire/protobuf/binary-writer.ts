/** Writes protobuf messages: the methods that the generated code calls, by the names that it expects. */
import { GrowingBytes } from "./growing-bytes";

const LONGEST_UINT32 = 5;
const LONGEST_INT64 = 10;
const TWO_TO_32 = 2 ** 32;

export class BinaryWriter extends GrowingBytes {
  readonly #starts: number[] = [];

  /** Starts a nested message. Its length is written by `join`; until then, one byte is reserved for it. */
  fork(): this {
    this.#starts.push(this.position);
    this.reserve(1);
    this.position += 1;
    return this;
  }

  /** Ends the nested message that was started last. */
  join(): this {
    const start = this.#starts.pop();
    if (start === undefined) throw new Error("no nested message was started");
    const length = this.position - start - 1;
    const shift = varintLength(length) - 1;
    if (shift > 0) {
      this.reserve(shift);
      this.buffer.copyWithin(start + 1 + shift, start + 1, this.position);
    }
    this.position = start;
    this.uint32(length);
    this.position += length;
    return this;
  }

  uint32(value: number): this {
    this.reserve(LONGEST_UINT32);
    let rest = value;
    while (rest > 0x7f) {
      this.buffer[this.position++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[this.position++] = rest;
    return this;
  }

  /** Negative numbers take as many bytes as those of 64 bits. */
  int32(value: number): this {
    return value < 0 ? this.int64(value) : this.uint32(value);
  }

  /** The number must be a safe integer. */
  int64(value: number): this {
    this.reserve(LONGEST_INT64);
    let low = value >>> 0;
    let high = Math.floor(value / TWO_TO_32) >>> 0;
    while (high > 0 || low > 0x7f) {
      this.buffer[this.position++] = (low & 0x7f) | 0x80;
      low = ((low >>> 7) | (high << 25)) >>> 0;
      high >>>= 7;
    }
    this.buffer[this.position++] = low;
    return this;
  }

  bool(value: boolean): this {
    return this.uint32(value ? 1 : 0);
  }

  bytes(value: Uint8Array): this {
    return this.uint32(value.length).raw(value);
  }

  /** Writes bytes without their length: what precedes a message. */
  raw(bytes: Uint8Array): this {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.position);
    this.position += bytes.length;
    return this;
  }

  string(text: string): this {
    const length = Buffer.byteLength(text, "utf8");
    this.uint32(length);
    this.reserve(length);
    this.position += this.buffer.write(text, this.position, length, "utf8");
    return this;
  }
}

/** The number of bytes of a length. */
function varintLength(value: number): number {
  if (value < 2 ** 7) return 1;
  if (value < 2 ** 14) return 2;
  if (value < 2 ** 21) return 3;
  return value < 2 ** 28 ? 4 : LONGEST_UINT32;
}
