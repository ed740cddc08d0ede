/** A socket without a network: a test delivers bytes to the server, and reads what the server has written. */
import { Duplex } from "node:stream";

export class MemorySocket extends Duplex {
  readonly #written: Buffer[] = [];
  readonly #clientReads: boolean;

  constructor(clientReads: boolean) {
    super({ allowHalfOpen: false });
    this.#clientReads = clientReads;
  }

  get written(): Buffer {
    return Buffer.concat(this.#written);
  }

  deliver(bytes: Buffer): void {
    if (!this.readableEnded && !this.destroyed) this.push(bytes);
  }

  /** The client closes its end. */
  hangUp(): void {
    if (!this.readableEnded && !this.destroyed) this.push(null);
  }

  override _read(): void {
    // `deliver` pushes.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    if (!this.#clientReads) return;
    this.#written.push(chunk);
    done();
  }
}
