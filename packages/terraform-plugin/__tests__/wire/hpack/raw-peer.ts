/** A server of HTTP/2 that leaves header blocks to the test: it collects those of requests, and responds with given ones. */
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { frameBytes, readFrames, settings, type ReadFrame } from "../http2/frame-bytes";

const HEADER_TABLE_SIZE = 1;
const ACK = 1;
const END_STREAM = 1;
const END_HEADERS = 4;

export interface RawPeer {
  readonly url: string;
  close(): void;
}

export interface RawPeerOptions {
  /** The table size that the client's encoder may use. */
  readonly tableBytes: number;
  /** Receives the block of each request, in order, and returns the block of the response. */
  readonly respond: (block: Buffer) => Buffer;
}

export async function rawPeer({ tableBytes, respond }: RawPeerOptions): Promise<RawPeer> {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    let hasPreface = false;
    let block: Buffer[] = [];
    const onFrame = ({ type, flags, stream, payload }: ReadFrame) => {
      if (type === "SETTINGS" && (flags & ACK) === 0) socket.write(frameBytes({ type: "SETTINGS", flags: ACK }));
      if (type !== "HEADERS" && type !== "CONTINUATION") return;
      // Node's client sends the priority of a stream (flag 0x20): five bytes before the block.
      block.push(type === "HEADERS" && (flags & 0x20) !== 0 ? payload.subarray(5) : payload);
      if ((flags & END_HEADERS) === 0) return;
      const response = respond(Buffer.concat(block));
      block = [];
      socket.write(frameBytes({ type: "HEADERS", flags: END_HEADERS | END_STREAM, stream, payload: response }));
    };
    socket.write(frameBytes({ type: "SETTINGS", payload: settings([HEADER_TABLE_SIZE, tableBytes]) }));
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (!hasPreface && received.length < 24) return;
      const { frames, rest } = readFrames(hasPreface ? received : received.subarray(24));
      hasPreface = true;
      received = Buffer.from(rest);
      frames.forEach(onFrame);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
