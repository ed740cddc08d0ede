/** A buffer that grows while a message is written, and is reused for the next message. */

const INITIAL_BYTES = 4 * 1024;
/** A larger buffer is not kept for the next message. */
const KEPT_BYTES = 256 * 1024;

/** The buffer of the last message, unless another message is being written to it. */
let idle: Buffer | undefined;

export abstract class GrowingBytes {
  protected buffer: Buffer;
  protected position = 0;

  constructor() {
    this.buffer = idle ?? Buffer.allocUnsafeSlow(INITIAL_BYTES);
    idle = undefined;
  }

  /** Returns a copy of what was written. Nothing can be written after this: the next message overwrites the buffer. */
  finish(): Buffer {
    const { buffer, position } = this;
    const result = Buffer.allocUnsafe(position);
    buffer.copy(result, 0, 0, position);
    this.buffer = result;
    if (buffer.length <= KEPT_BYTES) idle = buffer;
    return result;
  }

  /** Makes room for this number of bytes. */
  protected reserve(length: number): void {
    const needed = this.position + length;
    if (needed > this.buffer.length) this.#grow(needed);
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.position);
    this.buffer = larger;
  }
}
