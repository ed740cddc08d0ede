/** Cuts a stream of bytes into frames (RFC 9113, sections 3.4 and 4.1). */
import { ConnectionError, ErrorCode } from "./errors";
import { CLIENT_PREFACE, FRAME_HEADER_BYTES, type Frame } from "./frames";
import { LIMITS } from "./limits";

/** Bytes kept between two chunks: at most one frame. */
const CAPACITY = FRAME_HEADER_BYTES + LIMITS.frameBytes;

export class FrameReader {
  readonly #onFrame: (frame: Frame) => void;
  /** The start of a frame whose end has not arrived. */
  #kept: Buffer | undefined;
  #keptLength = 0;
  #prefaceBytes = 0;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  /** Whether the client's preface has arrived. */
  get started(): boolean {
    return this.#prefaceBytes === CLIENT_PREFACE.length;
  }

  /** Passes on every complete frame. Throws a ConnectionError if the bytes are not HTTP/2, or a frame is too large. */
  read(chunk: Buffer): void {
    let position = this.started ? 0 : this.#readPreface(chunk);
    if (this.#keptLength > 0) position = this.#completeKept(chunk, position);
    while (position + FRAME_HEADER_BYTES <= chunk.length) {
      const end = position + FRAME_HEADER_BYTES + payloadLength(chunk, position);
      if (end > chunk.length) break;
      this.#onFrame(frameAt(chunk, position, end));
      position = end;
    }
    if (position < chunk.length) this.#keep(chunk, position, chunk.length);
  }

  #readPreface(chunk: Buffer): number {
    const count = Math.min(CLIENT_PREFACE.length - this.#prefaceBytes, chunk.length);
    for (let index = 0; index < count; index++) {
      if (chunk[index] !== CLIENT_PREFACE[this.#prefaceBytes++]) {
        throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "the client does not speak HTTP/2");
      }
    }
    return count;
  }

  /** Adds bytes until the kept frame is complete. Returns the position after them. */
  #completeKept(chunk: Buffer, start: number): number {
    let position = this.#keepUpTo(FRAME_HEADER_BYTES, chunk, start);
    if (this.#keptLength < FRAME_HEADER_BYTES || this.#kept === undefined) return position;
    const size = FRAME_HEADER_BYTES + payloadLength(this.#kept, 0);
    position = this.#keepUpTo(size, chunk, position);
    if (this.#keptLength < size) return position;
    // The buffer is not used again: a payload may outlive the frame.
    const complete = this.#kept;
    this.#kept = undefined;
    this.#keptLength = 0;
    this.#onFrame(frameAt(complete, 0, size));
    return position;
  }

  #keepUpTo(size: number, chunk: Buffer, start: number): number {
    const end = Math.min(chunk.length, start + Math.max(0, size - this.#keptLength));
    this.#keep(chunk, start, end);
    return end;
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    this.#kept ??= Buffer.allocUnsafe(CAPACITY);
    this.#keptLength += chunk.copy(this.#kept, this.#keptLength, start, end);
  }
}

function payloadLength(bytes: Buffer, offset: number): number {
  const length = bytes.readUIntBE(offset, 3);
  if (length > LIMITS.frameBytes) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, `a frame has ${length} bytes`);
  return length;
}

function frameAt(bytes: Buffer, start: number, end: number): Frame {
  return {
    type: bytes[start + 3] ?? 0,
    flags: bytes[start + 4] ?? 0,
    // The first bit is reserved.
    stream: bytes.readUInt32BE(start + 5) & 0x7fffffff,
    payload: bytes.subarray(start + FRAME_HEADER_BYTES, end),
  };
}
