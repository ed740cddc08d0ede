/** Sends answers as far as the windows of the client allow, and the rest when they grow (RFC 9113, section 5.2). */
import { SendWindow, DEFAULT_WINDOW } from "./flow-window";
import { dataFrameHeader, headersFrame } from "./frames";
import { LIMITS } from "./limits";
import type { Output } from "./output";
import type { Answer, Stream } from "./stream";

export class AnswerSender {
  readonly #output: Output;
  readonly #onSent: (stream: Stream) => void;
  /** The window of the whole connection. */
  readonly window = new SendWindow(DEFAULT_WINDOW);
  /** Streams whose windows may be too small. */
  readonly #waiting = new Set<Stream>();

  /** `onSent` is called when an answer has left completely. */
  constructor(output: Output, onSent: (stream: Stream) => void) {
    this.#output = output;
    this.#onSent = onSent;
  }

  send(stream: Stream, { head, rest }: Answer): void {
    this.#output.push(headersFrame(stream.id, head, rest === undefined));
    if (rest === undefined) {
      this.#onSent(stream);
      return;
    }
    stream.unsent = { ...rest, position: 0 };
    this.#waiting.add(stream);
    this.sendWaiting();
  }

  /** Called when a window has grown. One frame per stream and round: a large answer does not delay the others. */
  sendWaiting(): void {
    let hasSent = true;
    while (hasSent) {
      hasSent = false;
      for (const stream of this.#waiting) hasSent = this.#sendFrame(stream) || hasSent;
    }
  }

  forget(stream: Stream): void {
    this.#waiting.delete(stream);
    stream.unsent = undefined;
  }

  /** Returns false if the windows allow nothing more on this stream. */
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
