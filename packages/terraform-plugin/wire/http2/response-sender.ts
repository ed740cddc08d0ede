/** Sends responses as far as the windows of the client allow, and the rest when they grow (RFC 9113, section 5.2). */
import { SendWindow, DEFAULT_WINDOW } from "./flow-window";
import { dataFrameHeader, headersFrame } from "./frames";
import { LIMITS } from "./limits";
import type { Output } from "./output";
import type { Response, Stream } from "./stream";

export class ResponseSender {
  readonly #output: Output;
  readonly #onSent: (stream: Stream) => void;
  /** The window of the whole connection. */
  readonly window = new SendWindow(DEFAULT_WINDOW);
  /** Streams whose windows may be too small. */
  readonly #waiting = new Set<Stream>();

  /** `onSent` is called when a response has left completely. */
  constructor(output: Output, onSent: (stream: Stream) => void) {
    this.#output = output;
    this.#onSent = onSent;
  }

  send(stream: Stream, { head, rest }: Response): void {
    this.#output.push(headersFrame(stream.id, head, rest === undefined));
    if (rest === undefined) {
      this.#onSent(stream);
      return;
    }
    stream.unsent = { ...rest, position: 0 };
    this.#waiting.add(stream);
    this.sendWaiting();
  }

  /** Called when a window has grown. A stream that has sent a frame goes to the end: a large response does not delay the others. */
  sendWaiting(): void {
    for (const stream of this.#waiting) {
      if (!this.#sendFrame(stream)) continue;
      this.#waiting.delete(stream);
      this.#waiting.add(stream);
    }
  }

  forget(stream: Stream): void {
    this.#waiting.delete(stream);
    stream.unsent = undefined;
  }

  /** Returns false if the response is complete, or the windows allow nothing more on this stream. */
  #sendFrame(stream: Stream): boolean {
    const { unsent } = stream;
    if (unsent === undefined) return false;
    const { body, position, trailers } = unsent;
    const size = Math.min(LIMITS.frameBytes, body.length - position, this.window.available, stream.sendWindow.available);
    if (size <= 0) return false;
    this.window.use(size);
    stream.sendWindow.use(size);
    unsent.position += size;
    this.#output.push(dataFrameHeader(stream.id, size));
    this.#output.push(body.subarray(position, unsent.position));
    if (unsent.position < body.length) return true;
    this.forget(stream);
    this.#output.push(headersFrame(stream.id, trailers, true));
    this.#onSent(stream);
    return false;
  }
}
