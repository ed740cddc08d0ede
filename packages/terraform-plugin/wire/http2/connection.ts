/** One connection of a client: dispatches its frames to streams, and ends what breaks the rules (RFC 9113). */
import type { Duplex } from "node:stream";
import { HpackDecoder } from "../hpack/decoder";
import { NO_TABLE } from "../hpack/encoder";
import { HpackError } from "../hpack/header-field";
import { AnswerSender } from "./answer-sender";
import { initialWindowIn } from "./client-settings";
import { ConnectionError, ErrorCode, StreamError } from "./errors";
import { DEFAULT_WINDOW, ReceiveWindow } from "./flow-window";
import { FrameReader } from "./frame-reader";
import * as frames from "./frames";
import { Flag, FrameType, Setting, type Frame } from "./frames";
import { HeaderBlocks, type HeaderBlock } from "./header-blocks";
import { LIMITS } from "./limits";
import { Output } from "./output";
import { withoutPadding } from "./padding";
import { areTrailersValid, requestHead, type RequestHead } from "./request-head";
import { Stream, type Answer, type BodyReader } from "./stream";

/** How many streams that the server has reset are remembered: the client may have sent frames before it knew. */
const REMEMBERED_RESETS = 100;

export interface ConnectionHandler {
  /** A request begins. Returns what receives its body; undefined if the request is answered already. */
  request(stream: Stream, head: RequestHead): BodyReader | undefined;
  /** Why the server ended the connection or a stream, for people who debug it. `isOwnFault` marks an error of this program. */
  ended(reason: string, isOwnFault: boolean): void;
}

export class Connection {
  readonly #socket: Duplex;
  readonly #handler: ConnectionHandler;
  readonly #reader = new FrameReader((frame) => this.#onFrame(frame));
  readonly #headerBlocks = new HeaderBlocks();
  readonly #decoder = new HpackDecoder(LIMITS.headerListBytes);
  readonly #window = new ReceiveWindow(LIMITS.connectionWindowBytes);
  readonly #output: Output;
  readonly #sender: AnswerSender;
  readonly #streams = new Map<number, Stream>();
  /** Streams that the server has reset, oldest first. */
  readonly #resets = new Set<number>();
  #lastStream = 0;
  /** Canceled requests that are still being carried out. */
  #canceled = 0;
  #initialWindow = DEFAULT_WINDOW;
  #hasSettings = false;
  #hasSentBlock = false;
  /** The client or the server has announced the end: the connection closes after its last stream. */
  #draining = false;
  #ended = false;

  constructor(socket: Duplex, handler: ConnectionHandler) {
    this.#socket = socket;
    this.#handler = handler;
    this.#output = new Output(socket);
    this.#sender = new AnswerSender(this.#output, (stream) => this.#afterAnswer(stream));
    this.#greet();
    const deadline = setTimeout(() => {
      if (!this.#hasSettings) this.#fail(new ConnectionError(ErrorCode.PROTOCOL_ERROR, "the client sent no preface"));
    }, LIMITS.prefaceMilliseconds).unref();
    socket.on("data", (chunk: Buffer) => this.#read(chunk));
    socket.on("error", (failure: Error) => this.#handler.ended(failure.message, false));
    socket.once("close", () => {
      clearTimeout(deadline);
      this.#cancelAll();
    });
  }

  /** Accepts no more streams, and closes the connection after the last one. */
  shutDown(): void {
    if (this.#ended) return;
    this.#draining = true;
    this.#output.push(frames.goAwayFrame(this.#lastStream, ErrorCode.NO_ERROR));
    this.#closeIfDrained();
  }

  /** Called by Stream.answer. */
  send(stream: Stream, answer: Answer): void {
    if (stream.closed) {
      this.#canceled--;
      return;
    }
    const head = this.#hasSentBlock ? answer.head : Buffer.concat([NO_TABLE, answer.head]);
    this.#hasSentBlock = true;
    this.#sender.send(stream, { ...answer, head });
  }

  /** Section 3.4. */
  #greet(): void {
    const settings = [
      [Setting.MAX_CONCURRENT_STREAMS, LIMITS.concurrentStreams],
      [Setting.INITIAL_WINDOW_SIZE, LIMITS.streamWindowBytes],
      [Setting.MAX_HEADER_LIST_SIZE, LIMITS.headerListBytes],
    ] as const;
    this.#output.push(frames.settingsFrame(settings));
    this.#output.push(frames.windowUpdateFrame(0, LIMITS.connectionWindowBytes - DEFAULT_WINDOW));
  }

  #read(chunk: Buffer): void {
    if (this.#ended) return;
    try {
      this.#reader.read(chunk);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #onFrame(frame: Frame): void {
    if (this.#ended) return;
    if (!this.#hasSettings && (frame.type !== FrameType.SETTINGS || frame.flags & Flag.ACK)) {
      throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "the client did not send SETTINGS first");
    }
    this.#headerBlocks.checkOrder(frame);
    try {
      this.#dispatch(frame);
    } catch (thrown) {
      if (!(thrown instanceof StreamError)) throw thrown;
      this.#handler.ended(`stream ${thrown.stream}: ${thrown.message}`, false);
      this.#reset(thrown.stream, thrown.code);
    }
  }

  /** Frames of unknown types are ignored (section 5.5). */
  #dispatch(frame: Frame): void {
    switch (frame.type) {
      case FrameType.DATA:
        return this.#onData(frame);
      case FrameType.HEADERS:
      case FrameType.CONTINUATION:
        return this.#onHeaders(frame);
      case FrameType.PRIORITY:
        return this.#onPriority(frame);
      case FrameType.RST_STREAM:
        return this.#onReset(frame);
      case FrameType.SETTINGS:
        return this.#onSettings(frame);
      case FrameType.PUSH_PROMISE:
        throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a client cannot push");
      case FrameType.PING:
        return this.#onPing(frame);
      case FrameType.GOAWAY:
        return this.#onGoAway(frame);
      case FrameType.WINDOW_UPDATE:
        return this.#onWindowUpdate(frame);
    }
  }

  /** Section 6.1. Padding counts against the windows. */
  #onData(frame: Frame): void {
    requireStream(frame);
    const size = frame.payload.length;
    if (!this.#window.receive(size)) throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "the window of the connection is exceeded");
    this.#allowMore(0, this.#window);
    const content = withoutPadding(frame);
    const stream = this.#openStream(frame);
    if (stream === undefined) return;
    if (!stream.receiveWindow.receive(size)) throw new StreamError(stream.id, ErrorCode.FLOW_CONTROL_ERROR, "the window is exceeded");
    stream.countBody(content.length);
    if (content.length > 0) stream.reader?.data(content);
    if (frame.flags & Flag.END_STREAM) this.#endRequest(stream);
    else if (!stream.closed) this.#allowMore(stream.id, stream.receiveWindow);
  }

  /** The stream of a DATA frame; undefined if the server has reset it, so that the frame does not count (section 5.1). */
  #openStream({ stream: id }: Frame): Stream | undefined {
    const stream = this.#streams.get(id);
    if (stream?.requestEnded === false) return stream;
    this.#requireKnown(id);
    if (stream === undefined && this.#resets.has(id)) return undefined;
    throw new StreamError(id, ErrorCode.STREAM_CLOSED, "the client sent data after the end of its request");
  }

  /** Section 6.2. */
  #onHeaders(frame: Frame): void {
    requireStream(frame);
    const block = this.#headerBlocks.add(frame);
    if (block === undefined) return;
    // Every block is decoded, whatever becomes of its stream: it may change the table.
    const { fields, tooLarge } = this.#decode(block);
    const existing = this.#streams.get(block.stream);
    if (existing !== undefined) {
      if (existing.requestEnded) throw new StreamError(existing.id, ErrorCode.STREAM_CLOSED, "the request has ended");
      if (!block.endStream || tooLarge || !areTrailersValid(fields)) {
        throw new StreamError(existing.id, ErrorCode.PROTOCOL_ERROR, "the trailers are malformed");
      }
      this.#endRequest(existing);
    } else if (block.stream <= this.#lastStream) {
      if (!this.#resets.has(block.stream)) throw new ConnectionError(ErrorCode.STREAM_CLOSED, `stream ${block.stream} has ended`);
    } else this.#openRequest(block, tooLarge ? "its header is too large" : requestHead(fields));
  }

  #decode(block: HeaderBlock) {
    try {
      return this.#decoder.decode(block.bytes);
    } catch (thrown) {
      if (thrown instanceof HpackError) throw new ConnectionError(ErrorCode.COMPRESSION_ERROR, thrown.message);
      throw thrown;
    }
  }

  /** Sections 5.1.1, 5.1.2 and 8.1.1. */
  #openRequest({ stream: id, endStream }: HeaderBlock, head: RequestHead | string): void {
    if (id % 2 === 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a client opens streams with odd numbers");
    this.#lastStream = id;
    if (this.#draining || this.#streams.size + this.#canceled >= LIMITS.concurrentStreams) {
      throw new StreamError(id, ErrorCode.REFUSED_STREAM, "too many streams");
    }
    if (typeof head === "string") throw new StreamError(id, ErrorCode.PROTOCOL_ERROR, head);
    const stream = new Stream(this, id, this.#initialWindow, head.contentLength);
    this.#streams.set(id, stream);
    stream.reader = this.#handler.request(stream, head);
    if (endStream) this.#endRequest(stream);
  }

  #endRequest(stream: Stream): void {
    if (stream.closed) return;
    stream.requestEnded = true;
    stream.countEnd();
    stream.reader?.end();
  }

  /** Section 6.3: priorities are deprecated, and have no effect here. */
  #onPriority(frame: Frame): void {
    requireStream(frame);
    requireSize(frame, 5);
  }

  /** Section 6.4. */
  #onReset(frame: Frame): void {
    requireStream(frame);
    requireSize(frame, 4);
    this.#requireKnown(frame.stream);
    const stream = this.#streams.get(frame.stream);
    if (stream !== undefined) this.#cancel(stream);
    this.#closeIfDrained();
  }

  /** Section 6.5. A change of the initial window also changes the windows of open streams (section 6.9.2). */
  #onSettings(frame: Frame): void {
    requireConnection(frame);
    if (frame.flags & Flag.ACK) return requireSize(frame, 0);
    this.#hasSettings = true;
    const initialWindow = initialWindowIn(frame.payload) ?? this.#initialWindow;
    const growth = initialWindow - this.#initialWindow;
    this.#initialWindow = initialWindow;
    for (const { sendWindow } of this.#streams.values()) {
      if (!sendWindow.extend(growth)) throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "a window is too large");
    }
    this.#output.push(frames.SETTINGS_ACK);
    this.#sender.sendWaiting();
  }

  /** Section 6.7. */
  #onPing(frame: Frame): void {
    requireConnection(frame);
    requireSize(frame, 8);
    if (!(frame.flags & Flag.ACK)) this.#output.push(frames.pingAck(frame.payload));
  }

  /** Section 6.8. */
  #onGoAway(frame: Frame): void {
    requireConnection(frame);
    if (frame.payload.length < 8) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, "a GOAWAY frame is too short");
    this.#draining = true;
    this.#closeIfDrained();
  }

  /** Section 6.9. */
  #onWindowUpdate(frame: Frame): void {
    requireSize(frame, 4);
    const increment = frame.payload.readUInt32BE(0) & 0x7fffffff;
    const { stream: id } = frame;
    if (id !== 0) this.#requireKnown(id);
    const window = id === 0 ? this.#sender.window : this.#streams.get(id)?.sendWindow;
    // A stream that has ended.
    if (window === undefined) return;
    if (increment === 0) throw windowError(id, ErrorCode.PROTOCOL_ERROR, "a window grows by nothing");
    if (!window.extend(increment)) throw windowError(id, ErrorCode.FLOW_CONTROL_ERROR, "a window is too large");
    this.#sender.sendWaiting();
  }

  #allowMore(stream: number, window: ReceiveWindow): void {
    const increment = window.takeIncrement();
    if (increment > 0) this.#output.push(frames.windowUpdateFrame(stream, increment));
  }

  /** Section 5.1: only HEADERS and PRIORITY may name a stream that is not open yet. */
  #requireKnown(id: number): void {
    if (id > this.#lastStream || id % 2 === 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, `stream ${id} is not open`);
  }

  /** Section 8.1: a client that is still sending hears that nobody will read the rest. */
  #afterAnswer(stream: Stream): void {
    if (stream.requestEnded) this.#forget(stream);
    else this.#reset(stream.id, ErrorCode.NO_ERROR);
    this.#closeIfDrained();
  }

  #reset(id: number, code: ErrorCode): void {
    this.#output.push(frames.resetFrame(id, code));
    this.#resets.add(id);
    const [oldest = 0] = this.#resets;
    if (this.#resets.size > REMEMBERED_RESETS) this.#resets.delete(oldest);
    const stream = this.#streams.get(id);
    if (stream !== undefined) this.#cancel(stream);
  }

  #cancel(stream: Stream): void {
    this.#forget(stream);
    if (stream.reader?.cancel() === true) this.#canceled++;
  }

  #forget(stream: Stream): void {
    stream.closed = true;
    this.#sender.forget(stream);
    this.#streams.delete(stream.id);
  }

  #cancelAll(): void {
    this.#ended = true;
    for (const stream of this.#streams.values()) this.#cancel(stream);
  }

  #closeIfDrained(): void {
    if (this.#draining && this.#streams.size === 0) this.#end();
  }

  /** Section 5.4.1. An exception of any other kind is an error of this program, and ends only this connection. */
  #fail(thrown: unknown): void {
    const isOwnFault = !(thrown instanceof ConnectionError);
    const code = isOwnFault ? ErrorCode.INTERNAL_ERROR : thrown.code;
    const text = thrown instanceof Error ? thrown.message : "unknown reason";
    this.#handler.ended(text, isOwnFault);
    this.#output.push(frames.goAwayFrame(this.#lastStream, code, isOwnFault ? "" : text));
    this.#end();
    this.#cancelAll();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#output.flush();
    this.#socket.end();
    // The client may still be sending. If nobody reads that, the operating system may discard the last frame.
    this.#socket.resume();
    setTimeout(() => this.#socket.destroy(), LIMITS.closeMilliseconds).unref();
  }
}

function requireStream({ stream }: Frame): void {
  if (stream === 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a frame of a stream names the connection");
}

function requireConnection({ stream }: Frame): void {
  if (stream !== 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a frame of the connection names a stream");
}

function requireSize({ payload }: Frame, size: number): void {
  if (payload.length !== size) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, `a frame has ${payload.length} bytes, not ${size}`);
}

function windowError(id: number, code: ErrorCode, message: string): Error {
  return id === 0 ? new ConnectionError(code, message) : new StreamError(id, code, message);
}
