/** Reads protobuf messages: the methods that the generated code calls, by the names that it expects. */

/** For fields of bytes that a message does not contain. */
export const NO_BYTES = Buffer.alloc(0);

const LONGEST_VARINT = 10;
const TWO_TO_32 = 2 ** 32;

/** Anything that is not a message throws a RangeError, for example a length beyond the end. */
export class BinaryReader {
  /** Position of the next byte. */
  pos = 0;
  /** The end of the message. */
  readonly len: number;
  /** The generated code counts the depth of nested messages here. */
  __tsProtoDecodeDepth = 0;
  readonly #message: Buffer;
  /** The high half of the last varint, as a signed number. */
  #high = 0;

  constructor(message: Uint8Array) {
    this.#message = Buffer.isBuffer(message) ? message : Buffer.from(message.buffer, message.byteOffset, message.byteLength);
    this.len = message.length;
  }

  uint32(): number {
    const first = this.#message[this.pos];
    if (first === undefined || first >= 0x80) return this.#varint();
    this.pos += 1;
    return first;
  }

  int32(): number {
    return this.uint32() | 0;
  }

  /** Exact for safe integers. The generated code rejects others. */
  int64(): number {
    const low = this.#varint();
    return this.#high * TWO_TO_32 + low;
  }

  bool(): boolean {
    const low = this.#varint();
    return low !== 0 || this.#high !== 0;
  }

  /** Returns a view of the message, not a copy. */
  bytes(): Buffer {
    const length = this.uint32();
    const start = this.#advance(length);
    return length === 0 ? NO_BYTES : this.#message.subarray(start, start + length);
  }

  string(): string {
    const length = this.uint32();
    const start = this.#advance(length);
    return this.#message.toString("utf8", start, start + length);
  }

  /** Consumes a field that the declaration does not have, after its tag. Version 3 of the language has no groups. */
  skip(wireType: number): void {
    switch (wireType) {
      case 0: // VARINT
        this.#varint();
        return;
      case 1: // I64
        this.#advance(8);
        return;
      case 2: // LEN
        this.#advance(this.uint32());
        return;
      case 5: // I32
        this.#advance(4);
        return;
      default:
        throw new RangeError(`a field has the wire type ${wireType}`);
    }
  }

  /** Returns the position before the consumed bytes. */
  #advance(length: number): number {
    const start = this.pos;
    if (length > this.len - start) throw new RangeError("the message ends early");
    this.pos = start + length;
    return start;
  }

  /** Returns the low half, as an unsigned number. */
  #varint(): number {
    let low = 0;
    this.#high = 0;
    for (let index = 0; index < LONGEST_VARINT; index++) {
      const byte = this.#message[this.pos];
      if (byte === undefined) throw new RangeError("the message ends early");
      this.pos += 1;
      const part = byte & 0x7f;
      const shift = 7 * index;
      if (shift <= 28) low |= part << shift;
      if (shift === 28) this.#high = part >> 4;
      else if (shift > 28) this.#high |= part << (shift - 32);
      if (byte < 0x80) return low >>> 0;
    }
    throw new RangeError("a number is longer than ten bytes");
  }
}
