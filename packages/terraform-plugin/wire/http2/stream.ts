/** One stream: a request, and the answer to it (RFC 9113, section 5.1). */
import type { Connection } from "./connection";
import { ErrorCode, StreamError } from "./errors";
import { ReceiveWindow, SendWindow } from "./flow-window";
import { LIMITS } from "./limits";

/** Receives the body of one request. */
export interface BodyReader {
  /** A part of the body, never empty. Nobody overwrites the bytes later. */
  data(bytes: Buffer): void;
  /** The request is complete. */
  end(): void;
  /** The client has canceled the request, or the connection is closed. Returns whether an answer is still to come. */
  cancel(): boolean;
}

/** An answer. The blocks are encoded header blocks. */
export interface Answer {
  readonly head: Buffer;
  /** Undefined if the answer ends with its head. The body is not empty. */
  readonly rest?: { readonly body: Buffer; readonly trailers: Buffer } | undefined;
}

export class Stream {
  readonly id: number;
  readonly sendWindow: SendWindow;
  readonly receiveWindow = new ReceiveWindow(LIMITS.streamWindowBytes);
  /** Undefined if the request was answered because of its head. */
  reader: BodyReader | undefined;
  /** The client has sent everything. */
  requestEnded = false;
  /** The answer has left, or either end has canceled the request. */
  closed = false;
  /** The part of the answer that flow control holds back. */
  unsent: { readonly body: Buffer; position: number; readonly trailers: Buffer } | undefined;
  readonly #connection: Connection;
  /** Bytes of the body that the client has announced and not sent; undefined if it has announced no length. */
  #missingBytes: number | undefined;
  #answered = false;

  constructor(connection: Connection, id: number, initialWindow: number, contentLength: number | undefined) {
    this.#connection = connection;
    this.id = id;
    this.sendWindow = new SendWindow(initialWindow);
    this.#missingBytes = contentLength;
  }

  /** Sends the complete answer. Only the first one counts; nobody receives it if the stream is closed. */
  answer(answer: Answer): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#connection.send(this, answer);
  }

  /** Throws a StreamError if the body is longer than the client has announced (section 8.1.1). */
  countBody(bytes: number): void {
    if (this.#missingBytes === undefined) return;
    this.#missingBytes -= bytes;
    if (this.#missingBytes < 0) throw new StreamError(this.id, ErrorCode.PROTOCOL_ERROR, "the body is longer than its content-length");
  }

  /** Throws a StreamError if the body is shorter than the client has announced. */
  countEnd(): void {
    if (this.#missingBytes !== undefined && this.#missingBytes > 0) {
      throw new StreamError(this.id, ErrorCode.PROTOCOL_ERROR, "the body is shorter than its content-length");
    }
  }
}
