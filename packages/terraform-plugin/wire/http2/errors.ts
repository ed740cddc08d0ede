/** What ends a stream or a connection (RFC 9113, sections 5.4 and 7). */

export const ErrorCode = {
  NO_ERROR: 0x0,
  PROTOCOL_ERROR: 0x1,
  INTERNAL_ERROR: 0x2,
  FLOW_CONTROL_ERROR: 0x3,
  STREAM_CLOSED: 0x5,
  FRAME_SIZE_ERROR: 0x6,
  REFUSED_STREAM: 0x7,
  CANCEL: 0x8,
  COMPRESSION_ERROR: 0x9,
  ENHANCE_YOUR_CALM: 0xb,
} as const;
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** Ends the connection: the server sends GOAWAY with this code and closes the socket. */
export class ConnectionError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Ends one stream: the server sends RST_STREAM with this code. */
export class StreamError extends Error {
  readonly stream: number;
  readonly code: ErrorCode;

  constructor(stream: number, code: ErrorCode, message: string) {
    super(message);
    this.stream = stream;
    this.code = code;
  }
}
