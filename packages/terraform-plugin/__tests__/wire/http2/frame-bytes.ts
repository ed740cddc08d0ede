/** Writes and reads frames of HTTP/2, independently of the server: numbers are those of RFC 9113, section 6. */

export const PREFACE = Buffer.from("505249202a20485454502f322e300d0a0d0a534d0d0a0d0a", "hex");

export const TYPES = [
  "DATA",
  "HEADERS",
  "PRIORITY",
  "RST_STREAM",
  "SETTINGS",
  "PUSH_PROMISE",
  "PING",
  "GOAWAY",
  "WINDOW_UPDATE",
  "CONTINUATION",
] as const;
export type TypeName = (typeof TYPES)[number];

export const ERRORS = [
  "NO_ERROR",
  "PROTOCOL_ERROR",
  "INTERNAL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "REFUSED_STREAM",
  "CANCEL",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
  "ENHANCE_YOUR_CALM",
] as const;
export type ErrorName = (typeof ERRORS)[number];

export interface WrittenFrame {
  readonly type: TypeName | number;
  readonly flags?: number;
  readonly stream?: number;
  readonly payload?: Uint8Array;
  /** Instead of the length of the payload. */
  readonly length?: number;
}

export function frameBytes({ type, flags = 0, stream = 0, payload = Buffer.alloc(0), length = payload.length }: WrittenFrame): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(length, 0, 3);
  header.writeUInt8(typeof type === "number" ? type : TYPES.indexOf(type), 3);
  header.writeUInt8(flags, 4);
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

export interface ReadFrame {
  readonly type: TypeName;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** Throws if a frame is not one that a server may send. `rest` is an incomplete frame. */
export function readFrames(bytes: Buffer): { readonly frames: readonly ReadFrame[]; readonly rest: Buffer } {
  const frames: ReadFrame[] = [];
  let rest = bytes;
  while (rest.length >= 9) {
    const end = 9 + rest.readUIntBE(0, 3);
    if (end > 9 + 16_384) throw new Error(`the server sent a frame of ${end} bytes`);
    if (end > rest.length) break;
    const type = TYPES[rest.readUInt8(3)];
    if (type === undefined) throw new Error("the server sent a frame of an unknown type");
    frames.push({ type, flags: rest.readUInt8(4), stream: rest.readUInt32BE(5), payload: rest.subarray(9, end) });
    rest = rest.subarray(end);
  }
  return { frames, rest };
}

export function errorName(code: number): ErrorName {
  const name = ERRORS[code];
  if (name === undefined) throw new Error(`the server sent the unknown error ${code}`);
  return name;
}

export function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}

/** Entries of a SETTINGS frame. */
export function settings(...entries: readonly (readonly [setting: number, value: number])[]): Buffer {
  const bytes = Buffer.alloc(6 * entries.length);
  entries.forEach(([setting, value], index) => {
    bytes.writeUInt16BE(setting, 6 * index);
    bytes.writeUInt32BE(value, 6 * index + 2);
  });
  return bytes;
}

/** A header block of literals without indexing and without Huffman. */
export function literalBlock(fields: readonly (readonly [name: string, value: string])[]): Buffer {
  return Buffer.concat(fields.map(([name, value]) => Buffer.concat([Buffer.of(0), textBytes(name), textBytes(value)])));
}

function textBytes(text: string): Buffer {
  const content = Buffer.from(text, "latin1");
  if (content.length < 127) return Buffer.concat([Buffer.of(content.length), content]);
  const length = [127];
  let rest = content.length - 127;
  for (; rest >= 128; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128);
  return Buffer.concat([Buffer.from([...length, rest]), content]);
}
