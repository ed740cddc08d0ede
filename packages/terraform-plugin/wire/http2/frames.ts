/** The frames of HTTP/2: their layout, and the ones that this server writes (RFC 9113, sections 4.1 and 6). */
import type { ErrorCode } from "./errors";

/** Length (3 bytes), type, flags, stream (4 bytes). */
export const FRAME_HEADER_BYTES = 9;

/** What a client sends first (section 3.4). */
export const CLIENT_PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

export const FrameType = {
  DATA: 0x0,
  HEADERS: 0x1,
  PRIORITY: 0x2,
  RST_STREAM: 0x3,
  SETTINGS: 0x4,
  PUSH_PROMISE: 0x5,
  PING: 0x6,
  GOAWAY: 0x7,
  WINDOW_UPDATE: 0x8,
  CONTINUATION: 0x9,
} as const;

export const Flag = { ACK: 0x1, END_STREAM: 0x1, END_HEADERS: 0x4, PADDED: 0x8, PRIORITY: 0x20 } as const;

export const Setting = {
  HEADER_TABLE_SIZE: 0x1,
  ENABLE_PUSH: 0x2,
  MAX_CONCURRENT_STREAMS: 0x3,
  INITIAL_WINDOW_SIZE: 0x4,
  MAX_FRAME_SIZE: 0x5,
  MAX_HEADER_LIST_SIZE: 0x6,
} as const;

/** One frame. `payload` is a view of the received bytes, which nobody overwrites. */
export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** Writes a frame header at `offset`, and returns the offset of the payload. */
function writeFrameHeader(target: Buffer, offset: number, length: number, type: number, flags: number, stream: number): number {
  target[offset] = length >>> 16;
  target[offset + 1] = length >>> 8;
  target[offset + 2] = length;
  target[offset + 3] = type;
  target[offset + 4] = flags;
  target.writeUInt32BE(stream, offset + 5);
  return offset + FRAME_HEADER_BYTES;
}

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payload.length);
  bytes.set(payload, writeFrameHeader(bytes, 0, payload.length, type, flags, stream));
  return bytes;
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

/** Section 6.5: what this server announces. */
export function settingsFrame(values: readonly (readonly [setting: number, value: number])[]): Buffer {
  const payload = Buffer.allocUnsafe(values.length * 6);
  values.forEach(([setting, value], index) => {
    payload.writeUInt16BE(setting, index * 6);
    payload.writeUInt32BE(value, index * 6 + 2);
  });
  return frame(FrameType.SETTINGS, 0, 0, payload);
}

export const SETTINGS_ACK = frame(FrameType.SETTINGS, Flag.ACK, 0, Buffer.alloc(0));

/** Section 6.7: the payload comes back unchanged. */
export function pingAck(payload: Buffer): Buffer {
  return frame(FrameType.PING, Flag.ACK, 0, payload);
}

/** Section 6.4. */
export function resetFrame(stream: number, code: ErrorCode): Buffer {
  return frame(FrameType.RST_STREAM, 0, stream, words(code));
}

/** Section 6.8. The text is for people who debug the connection. */
export function goAwayFrame(lastStream: number, code: ErrorCode, text = ""): Buffer {
  return frame(FrameType.GOAWAY, 0, 0, Buffer.concat([words(lastStream, code), Buffer.from(text, "utf8").subarray(0, 1_000)]));
}

/** Section 6.9. Stream 0 is the connection. */
export function windowUpdateFrame(stream: number, increment: number): Buffer {
  return frame(FrameType.WINDOW_UPDATE, 0, stream, words(increment));
}

/** Section 6.2. The block must fit into one frame. */
export function headersFrame(stream: number, block: Buffer, endStream: boolean): Buffer {
  return frame(FrameType.HEADERS, Flag.END_HEADERS | (endStream ? Flag.END_STREAM : 0), stream, block);
}

/** Section 6.1: the header of a DATA frame, whose payload follows it. */
export function dataFrameHeader(stream: number, length: number): Buffer {
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  writeFrameHeader(header, 0, length, FrameType.DATA, 0, stream);
  return header;
}
