/** What the server sends on one connection. Everything that is ready at the same time leaves in one write. */
import type { Duplex } from "node:stream";
import { LIMITS } from "./limits";

/** Up to this size, copying the parts into one buffer is cheaper than passing each one to the operating system. */
const COPIED_BYTES = 65_536;

export class Output {
  readonly #socket: Duplex;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on("drain", () => socket.resume());
  }

  /** Adds bytes, which must not change. They leave together with all others of this turn of the event loop. */
  push(part: Buffer): void {
    if (this.#parts.length === 0) setImmediate(() => this.flush());
    this.#parts.push(part);
    this.#bytes += part.length;
  }

  flush(): void {
    const parts = this.#parts;
    if (parts.length === 0) return;
    const bytes = this.#bytes;
    this.#parts = [];
    this.#bytes = 0;
    if (this.#socket.writable) this.#write(parts, bytes);
  }

  #write(parts: readonly Buffer[], bytes: number): void {
    const socket = this.#socket;
    if (bytes <= COPIED_BYTES) socket.write(parts.length === 1 ? parts[0] : Buffer.concat(parts, bytes));
    else {
      socket.cork();
      for (const part of parts) socket.write(part);
      socket.uncork();
    }
    // Until the client reads, its frames stay in the socket, so the responses do not accumulate here.
    if (socket.writableLength > LIMITS.unsentBytes) socket.pause();
  }
}
