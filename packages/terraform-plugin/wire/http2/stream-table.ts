/** The streams of one connection: the open ones, and what is remembered of the others (RFC 9113, sections 5.1 and 5.1.1). */
import { ConnectionError, ErrorCode } from "./errors";
import { LIMITS } from "./limits";
import type { Stream } from "./stream";

/** How many streams that the server has reset are remembered. */
const REMEMBERED_RESETS = 100;

export class StreamTable {
  readonly #open = new Map<number, Stream>();
  /** Streams that the server has reset, oldest first: the client may have sent frames before it knew. */
  readonly #resets = new Set<number>();
  #lastUsed = 0;
  #lastServed = 0;
  #canceled = 0;

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** A canceled call counts until it ends: otherwise a client that cancels each of its calls could start any number of them. */
  get isFull(): boolean {
    return this.#open.size >= LIMITS.concurrentStreams || this.#canceled >= LIMITS.canceledCalls;
  }

  /** The last stream whose request was served, for GOAWAY. */
  get lastServed(): number {
    return this.#lastServed;
  }

  get(id: number): Stream | undefined {
    return this.#open.get(id);
  }

  all(): Iterable<Stream> {
    return this.#open.values();
  }

  wasReset(id: number): boolean {
    return this.#resets.has(id);
  }

  /** Whether the client has used the number of this stream, or of a later one. Such a stream cannot be opened again. */
  wasUsed(id: number): boolean {
    return id <= this.#lastUsed;
  }

  /** Only HEADERS and PRIORITY may name a stream that was never open. */
  requireUsed(id: number): void {
    requireOdd(id);
    if (!this.wasUsed(id)) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, `stream ${id} is not open`);
  }

  /** The client opens the stream, whatever becomes of it. */
  use(id: number): void {
    this.#lastUsed = id;
  }

  add(stream: Stream): void {
    this.#open.set(stream.id, stream);
    this.#lastServed = stream.id;
  }

  remove(stream: Stream): void {
    this.#open.delete(stream.id);
  }

  rememberReset(id: number): void {
    this.#resets.add(id);
    const [oldest = 0] = this.#resets;
    if (this.#resets.size > REMEMBERED_RESETS) this.#resets.delete(oldest);
  }

  /** A canceled call still runs. */
  canceledCallRuns(): void {
    this.#canceled++;
  }

  canceledCallEnded(): void {
    this.#canceled--;
  }
}

/** Even numbers belong to streams that a server opens, and this one opens none. */
export function requireOdd(id: number): void {
  if (id % 2 === 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, `a client opens streams with odd numbers, not ${id}`);
}
