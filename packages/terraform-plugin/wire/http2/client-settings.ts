/** The SETTINGS of a client: the ones that concern this server, validated (RFC 9113, section 6.5.2). */
import { ConnectionError, ErrorCode } from "./errors";
import { MAXIMUM_WINDOW } from "./flow-window";
import { Setting } from "./frames";
import { LIMITS } from "./limits";

const ENTRY_BYTES = 6;
const LARGEST_FRAME = 2 ** 24 - 1;

/**
 * Returns the last initial window of the payload; undefined if it sets none. The other settings change nothing here: this server pushes nothing,
 * keeps no table, and sends frames of the smallest maximum.
 */
export function initialWindowIn(payload: Buffer): number | undefined {
  if (payload.length % ENTRY_BYTES !== 0) throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, "a SETTINGS frame has an incomplete entry");
  if (payload.length > LIMITS.settings * ENTRY_BYTES)
    throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "a SETTINGS frame is too long");
  let initialWindow: number | undefined;
  for (let offset = 0; offset < payload.length; offset += ENTRY_BYTES) {
    const setting = payload.readUInt16BE(offset);
    const value = payload.readUInt32BE(offset + 2);
    if (setting === Setting.ENABLE_PUSH && value > 1) {
      throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, `ENABLE_PUSH is ${value}`);
    }
    if (setting === Setting.MAX_FRAME_SIZE && (value < LIMITS.frameBytes || value > LARGEST_FRAME)) {
      throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, `MAX_FRAME_SIZE is ${value}`);
    }
    if (setting === Setting.INITIAL_WINDOW_SIZE) {
      if (value > MAXIMUM_WINDOW) throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, `INITIAL_WINDOW_SIZE is ${value}`);
      initialWindow = value;
    }
  }
  return initialWindow;
}
