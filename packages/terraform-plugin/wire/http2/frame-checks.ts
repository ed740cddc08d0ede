/** What a frame must fulfill whatever the state of the connection (RFC 9113, section 6). */
import { ConnectionError, ErrorCode } from "./errors";
import type { Frame } from "./frames";

export function requireStream({ stream }: Frame): void {
  if (stream === 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a frame of a stream names the connection");
}

export function requireConnection({ stream }: Frame): void {
  if (stream !== 0) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "a frame of the connection names a stream");
}

export function requireSize({ payload }: Frame, size: number): void {
  if (payload.length !== size) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, `a frame has ${payload.length} bytes, not ${size}`);
}
