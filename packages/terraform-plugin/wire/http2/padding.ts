/** Removes what surrounds the content of DATA and HEADERS frames (RFC 9113, sections 6.1 and 6.2). */
import { ConnectionError, ErrorCode } from "./errors";
import { Flag, type Frame } from "./frames";

/** The stream that this one depends on, and its weight: deprecated, but still sent. */
const PRIORITY_BYTES = 5;

export function withoutPadding({ flags, payload }: Frame): Buffer {
  if (!(flags & Flag.PADDED)) return payload;
  const [padding] = payload;
  if (padding === undefined) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, "a padded frame is empty");
  if (padding >= payload.length) throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "the padding is longer than its frame");
  return payload.subarray(1, payload.length - padding);
}

/** Also removes the priority of a HEADERS frame. */
export function headerFragment(frame: Frame): Buffer {
  const content = withoutPadding(frame);
  if (!(frame.flags & Flag.PRIORITY)) return content;
  if (content.length < PRIORITY_BYTES) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, "a HEADERS frame ends within its priority");
  return content.subarray(PRIORITY_BYTES);
}
