/** What one client may use. The only client is an engine that started this process, so the limits are wide; each bounds memory or time. */

const MIB = 2 ** 20;

export const LIMITS = {
  /** Payload of one frame, in bytes: SETTINGS_MAX_FRAME_SIZE, which RFC 9113 does not allow to be smaller. */
  frameBytes: 16_384,
  /** Calls that have not ended, including canceled calls whose handler still runs. Engines run ten at a time unless a user says otherwise. */
  concurrentStreams: 1_000,
  /** Size of one header list as HPACK counts it: SETTINGS_MAX_HEADER_LIST_SIZE. */
  headerListBytes: 65_536,
  /** Size of one encoded header block, over all its frames. */
  headerBlockBytes: 131_072,
  /** CONTINUATION frames of one header block, which may be empty. */
  continuationFrames: 64,
  /** What a client may send on one stream before the server has read it: SETTINGS_INITIAL_WINDOW_SIZE. */
  streamWindowBytes: 4 * MIB,
  /** The same for all streams of a connection. */
  connectionWindowBytes: 16 * MIB,
  /** Bytes waiting in the socket, beyond which the server stops reading: a client that does not read cannot collect answers here. */
  unsentBytes: 4 * MIB,
  /** Entries of one SETTINGS frame; the RFC defines six. */
  settings: 64,
  /** Time from the connection to the end of the client's preface. */
  prefaceMilliseconds: 10_000,
  /** Time for the last frame to leave after an error. */
  closeMilliseconds: 1_000,
} as const;
