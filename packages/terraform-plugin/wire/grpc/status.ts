/** How gRPC reports the outcome of a call: status codes, and the header blocks of answers. */
import { encodeBlock } from "../hpack/encoder";
import type { HeaderField } from "../hpack/header-field";

/** The codes of gRPC that this server uses. */
export const Status = { UNKNOWN: 2, RESOURCE_EXHAUSTED: 8, UNIMPLEMENTED: 12, INTERNAL: 13 } as const;
export type Status = (typeof Status)[keyof typeof Status];

/** A call that fails without an answer of its method. */
export class CallError extends Error {
  readonly status: Status;

  constructor(status: Status, message: string) {
    super(message);
    this.status = status;
  }
}

/** Characters of a message. A block must fit into one frame, and a character takes up to nine bytes. */
const MESSAGE_CHARACTERS = 1_000;

const OK: readonly HeaderField[] = [
  { name: ":status", value: "200" },
  { name: "content-type", value: "application/grpc" },
];

/** Precedes the message of a successful call. */
export const OK_HEAD = encodeBlock(OK);

/** Follows the message of a successful call. */
export const OK_TRAILERS = encodeBlock([{ name: "grpc-status", value: "0" }]);

/** The whole answer to a call that ends without a message: because it succeeds without one, or because it fails. */
export const OK_WITHOUT_MESSAGE = encodeBlock([...OK, { name: "grpc-status", value: "0" }]);

export function failureBlock({ status, message }: CallError): Buffer {
  const fields = [
    { name: "grpc-status", value: String(status) },
    { name: "grpc-message", value: percentEncode(message.slice(0, MESSAGE_CHARACTERS)) },
  ];
  return encodeBlock([...OK, ...fields]);
}

/** The answer to a request that is not gRPC. */
export function httpFailureBlock(httpStatus: 405 | 415): Buffer {
  return encodeBlock([{ name: ":status", value: String(httpStatus) }]);
}

/** UTF-8, with every byte escaped that is not printable ASCII, and with `%` escaped. */
function percentEncode(text: string): string {
  return Buffer.from(text, "utf8")
    .toString("latin1")
    .replaceAll(/[^ -$&-~]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}
