/** A client that sends frames as a test writes them, and reads what comes back with a parser of its own. */
import { decompressor } from "hpack.js";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { errorName, frameBytes, literalBlock, PREFACE, readFrames, type ErrorName, type ReadFrame, type WrittenFrame } from "./frame-bytes";

const ACK = 1;
const END_STREAM = 1;
const END_HEADERS = 4;
const PATIENCE_MILLISECONDS = 15_000;

/** What a stream has received. */
export interface StreamOutcome {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Undefined unless the server reset the stream. */
  readonly reset?: ErrorName;
  readonly ended: boolean;
}

export class RawClient {
  readonly socket: Socket;
  readonly frames: ReadFrame[] = [];
  isClosed = false;
  #received: Buffer = Buffer.alloc(0);
  readonly #onChange: (() => void)[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => {
      const { frames, rest } = readFrames(Buffer.concat([this.#received, chunk]));
      this.frames.push(...frames);
      this.#received = Buffer.from(rest);
      this.#changed();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.isClosed = true;
      this.#changed();
    });
  }

  /** Connects, and sends nothing. */
  static async connect(port: number): Promise<RawClient> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    return new RawClient(socket);
  }

  /** Connects, and exchanges prefaces. */
  static async open(port: number, settings: Uint8Array = Buffer.alloc(0)): Promise<RawClient> {
    const client = await RawClient.connect(port);
    client.send(PREFACE, { type: "SETTINGS", payload: settings }, { type: "SETTINGS", flags: ACK });
    await client.until(() => client.frames.some(({ type, flags }) => type === "SETTINGS" && flags === ACK));
    return client;
  }

  send(...parts: readonly (Uint8Array | WrittenFrame)[]): void {
    this.socket.write(Buffer.concat(parts.map((part) => (part instanceof Uint8Array ? part : frameBytes(part)))));
  }

  /** Waits until a condition holds; checks after each change. */
  async until(condition: () => boolean): Promise<void> {
    const end = Date.now() + PATIENCE_MILLISECONDS;
    while (!condition()) {
      if (Date.now() > end || this.isClosed) throw new Error(`not fulfilled: ${condition.toString()}; received: ${this.#summary()}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MILLISECONDS);
        this.#onChange.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Waits until the server has reacted to everything that was sent before, except for calls that wait. */
  async settle(): Promise<void> {
    await this.#ping();
    // The first acknowledgement may precede the responses of methods, which take a few promises.
    await this.#ping();
  }

  async #ping(): Promise<void> {
    const isAck = ({ type, flags }: ReadFrame) => type === "PING" && flags === ACK;
    const before = this.frames.filter(isAck).length;
    this.send({ type: "PING", payload: Buffer.alloc(8, 0x2e) });
    await this.until(() => this.frames.filter(isAck).length > before || this.goAway !== undefined || this.isClosed);
  }

  async closed(): Promise<void> {
    if (!this.isClosed) await once(this.socket, "close");
  }

  /** The error of the last GOAWAY frame. */
  get goAway(): { readonly error: ErrorName; readonly lastStream: number; readonly text: string } | undefined {
    const payload = this.frames.findLast(({ type }) => type === "GOAWAY")?.payload;
    if (payload === undefined) return undefined;
    return { lastStream: payload.readUInt32BE(0), error: errorName(payload.readUInt32BE(4)), text: payload.toString("utf8", 8) };
  }

  stream(id: number): StreamOutcome {
    const own = this.frames.filter(({ stream }) => stream === id);
    const reset = own.find(({ type }) => type === "RST_STREAM")?.payload.readUInt32BE(0);
    return {
      headers: headersOf(own),
      body: Buffer.concat(own.filter(({ type }) => type === "DATA").map(({ payload }) => payload)),
      ...(reset === undefined ? {} : { reset: errorName(reset) }),
      ended: own.some(({ type, flags }) => (type === "HEADERS" || type === "DATA") && (flags & END_STREAM) !== 0),
    };
  }

  async response(id: number): Promise<StreamOutcome> {
    await this.until(() => this.stream(id).ended || this.stream(id).reset !== undefined);
    return this.stream(id);
  }

  #changed(): void {
    for (const wake of this.#onChange.splice(0)) wake();
  }

  #summary(): string {
    const last = this.frames.slice(-20).map(({ type, stream, flags }) => `${type} ${stream} ${flags}`);
    return `${this.frames.length} frames, the last of them ${last.join(", ")}`;
  }
}

function headersOf(frames: readonly ReadFrame[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { type, payload } of frames) {
    if (type !== "HEADERS") continue;
    // The server keeps no table, so each block can be decoded on its own.
    const decoder = decompressor.create({ table: { maxSize: 4096 } });
    decoder.write(payload);
    decoder.execute();
    for (let next = decoder.read(); next !== null; next = decoder.read()) fields[next.name] = next.value;
  }
  return fields;
}

export type Fields = readonly (readonly [name: string, value: string])[];

export const REQUEST_FIELDS: Fields = [
  [":method", "POST"],
  [":scheme", "http"],
  [":path", "/test.Service/Echo"],
  [":authority", "localhost"],
  ["content-type", "application/grpc"],
  ["te", "trailers"],
];

/** The fields of a request, with some of them changed, or removed by undefined. */
export function requestFields(changes: Readonly<Record<string, string | undefined>> = {}): Fields {
  const rest = new Map(Object.entries(changes));
  const changed = REQUEST_FIELDS.flatMap(([name, value]) => {
    const next = rest.has(name) ? rest.get(name) : value;
    rest.delete(name);
    return next === undefined ? [] : [[name, next] as const];
  });
  return [...changed, ...[...rest].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))];
}

export function headers(stream: number, fields: Fields = REQUEST_FIELDS, flags = END_HEADERS): WrittenFrame {
  return { type: "HEADERS", stream, flags, payload: literalBlock(fields) };
}

/** A message of a call, with its prefix. */
export function message(content: Uint8Array): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(content.length, 1);
  return Buffer.concat([prefix, content]);
}

export function data(stream: number, payload: Uint8Array, flags = END_STREAM): WrittenFrame {
  return { type: "DATA", stream, flags, payload };
}

/** A complete call. */
export function call(stream: number, content = "hello", changes: Readonly<Record<string, string | undefined>> = {}): WrittenFrame[] {
  return [headers(stream, requestFields(changes)), data(stream, message(Buffer.from(content)))];
}
