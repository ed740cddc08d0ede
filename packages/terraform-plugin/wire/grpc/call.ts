/** One call: reads its message, runs its method, and responds. */
import type { BodyReader, Stream } from "../http2/stream";
import { MessageReader, PREFIX_BYTES, type BufferedBytes } from "./message-reader";
import { CallError, failureBlock, OK_HEAD, OK_TRAILERS, OK_WITHOUT_MESSAGE, Status } from "./status";

/** A method with one request and one response. */
export interface UnaryMethod {
  /** Carries the call out. `request` is the message. Returns the response with PREFIX_BYTES before it, which the server fills in. */
  run(request: Buffer): Promise<Buffer>;
}

/** A method whose call stays open, and on which this server sends nothing. */
export interface OpenMethod {
  /** Whether the call ends when the client has sent everything. Otherwise only the client ends it. */
  readonly endsWithRequest: boolean;
}

export type Method = UnaryMethod | OpenMethod;

/** A call of a method with one request and one response. */
export class UnaryCall implements BodyReader {
  readonly #stream: Stream;
  readonly #method: UnaryMethod;
  readonly #reader: MessageReader;
  #isRunning = false;

  constructor(stream: Stream, method: UnaryMethod, budget: BufferedBytes) {
    this.#stream = stream;
    this.#method = method;
    this.#reader = new MessageReader(budget);
  }

  data(bytes: Buffer): void {
    try {
      this.#reader.add(bytes);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  end(): void {
    const { message } = this.#reader;
    if (message === undefined) {
      this.#fail(new CallError(Status.INTERNAL, "The call has no complete message."));
      return;
    }
    this.#isRunning = true;
    this.#method.run(message).then(
      (response) => this.#succeed(response),
      (thrown: unknown) => this.#fail(thrown),
    );
  }

  cancel(): boolean {
    if (!this.#isRunning) this.#reader.release();
    return this.#isRunning;
  }

  #succeed(body: Buffer): void {
    this.#finish();
    body[0] = 0;
    body.writeUInt32BE(body.length - PREFIX_BYTES, 1);
    this.#stream.respond({ head: OK_HEAD, rest: { body, trailers: OK_TRAILERS } });
  }

  #fail(thrown: unknown): void {
    this.#finish();
    this.#stream.respond({ head: failureBlock(callError(thrown)) });
  }

  #finish(): void {
    this.#isRunning = false;
    this.#reader.release();
  }
}

/** A call that stays open. The server ignores what the client sends. */
export class OpenCall implements BodyReader {
  readonly #stream: Stream;
  readonly #method: OpenMethod;

  constructor(stream: Stream, method: OpenMethod) {
    this.#stream = stream;
    this.#method = method;
  }

  data(): void {
    // Ignored.
  }

  end(): void {
    if (this.#method.endsWithRequest) this.#stream.respond({ head: OK_WITHOUT_MESSAGE });
  }

  cancel(): boolean {
    return false;
  }
}

function callError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown;
  return new CallError(Status.UNKNOWN, thrown instanceof Error ? thrown.message : "unknown failure");
}
