/** Assembles the message of a call from its parts. Each message has a prefix: one byte for compression, four bytes for the length. */
import { CallError, Status } from "./status";

export const PREFIX_BYTES = 5;

/** The limit of HashiCorp's plugin framework. */
const MESSAGE_BYTES = 256 * 2 ** 20;

/** Incomplete messages of all calls of a connection, in bytes. */
const BUFFERED_BYTES = 2 * MESSAGE_BYTES;

/** The first buffer of a message; it grows with what arrives, never with what a prefix claims. */
const FIRST_BUFFER_BYTES = 65_536;

/** Bytes that a connection keeps for incomplete messages. */
export class BufferedBytes {
  #used = 0;

  /** Throws a CallError if the connection keeps too much already. */
  add(bytes: number): void {
    if (this.#used + bytes > BUFFERED_BYTES) throw new CallError(Status.RESOURCE_EXHAUSTED, "too many large messages at once");
    this.#used += bytes;
  }

  release(bytes: number): void {
    this.#used -= bytes;
  }
}

export class MessageReader {
  readonly #budget: BufferedBytes;
  /** Undefined while the whole message may still arrive in one part. */
  #buffer: Buffer | undefined;
  #length = 0;
  #message: Buffer | undefined;

  constructor(budget: BufferedBytes) {
    this.#budget = budget;
  }

  /** The content of the message; undefined if it is incomplete. */
  get message(): Buffer | undefined {
    return this.#message;
  }

  /** Throws a CallError if the call does not consist of one message of acceptable size. */
  add(part: Buffer): void {
    if (this.#message !== undefined) throw new CallError(Status.INTERNAL, "The call has more than one message.");
    const received = this.#buffer === undefined ? part : this.#append(this.#buffer, part);
    if (received.length >= PREFIX_BYTES) {
      const size = PREFIX_BYTES + announcedLength(received);
      if (received.length > size) throw new CallError(Status.INTERNAL, "The call has more than one message.");
      if (received.length === size) {
        this.#message = received.subarray(PREFIX_BYTES);
        return;
      }
    }
    if (this.#buffer === undefined) this.#append(this.#allocate(FIRST_BUFFER_BYTES), part);
  }

  /** Must be called once the message is no longer needed. */
  release(): void {
    this.#budget.release(this.#buffer?.length ?? 0);
    this.#buffer = undefined;
    this.#message = undefined;
  }

  /** Returns everything that has been received. */
  #append(buffer: Buffer, part: Buffer): Buffer {
    const end = this.#length + part.length;
    const target = end <= buffer.length ? buffer : this.#grow(buffer, end);
    target.set(part, this.#length);
    this.#length = end;
    return target.subarray(0, end);
  }

  /** At least doubles the buffer, so that a message of many parts is copied only a few times. */
  #grow(buffer: Buffer, minimum: number): Buffer {
    const grown = this.#allocate(Math.max(minimum, 2 * buffer.length));
    grown.set(buffer.subarray(0, this.#length));
    this.#budget.release(buffer.length);
    return grown;
  }

  #allocate(bytes: number): Buffer {
    this.#budget.add(bytes);
    this.#buffer = Buffer.allocUnsafeSlow(bytes);
    return this.#buffer;
  }
}

function announcedLength(received: Buffer): number {
  if (received[0] !== 0) throw new CallError(Status.UNIMPLEMENTED, "The server does not support compression.");
  const length = received.readUInt32BE(1);
  if (length > MESSAGE_BYTES)
    throw new CallError(Status.RESOURCE_EXHAUSTED, `The message has ${length} bytes; the limit is ${MESSAGE_BYTES}.`);
  return length;
}
