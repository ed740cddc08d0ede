/** The head of a request, from its header fields. A malformed one ends its stream (RFC 9113, sections 8.1.1, 8.2 and 8.3). */
import type { HeaderField } from "../hpack/header-field";

export interface RequestHead {
  readonly method: string;
  /** Empty for CONNECT, which has none. */
  readonly path: string;
  /** Empty if the request has none. */
  readonly contentType: string;
  /** Bytes of the body; undefined if the client does not say. */
  readonly contentLength: number | undefined;
}

const PSEUDO_FIELDS = new Set([":method", ":scheme", ":authority", ":path"]);

/** They concern a connection of HTTP/1.1 (section 8.2.2). */
const CONNECTION_FIELDS = new Set(["connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade"]);

const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const FORBIDDEN_IN_VALUE = /[\0\r\n]|^[ \t]|[ \t]$/;

/** Returns what is wrong with the fields of a request, as a text. */
export function requestHead(fields: readonly HeaderField[]): RequestHead | string {
  const values = new Map<string, string>();
  let regularFields = 0;
  for (const { name, value } of fields) {
    if (name.startsWith(":")) {
      if (regularFields > 0 || values.has(name) || !PSEUDO_FIELDS.has(name)) return `the pseudo-field ${name} is not allowed here`;
    } else {
      const problem = regularFieldProblem(name, value);
      if (problem !== undefined) return problem;
      regularFields++;
    }
    if (FORBIDDEN_IN_VALUE.test(value)) return `the value of ${name} contains a forbidden character`;
    values.set(name, value);
  }
  const method = values.get(":method") ?? "";
  const path = values.get(":path") ?? "";
  if (method === "") return "the request has no :method";
  if (method !== "CONNECT" && (path === "" || !values.has(":scheme"))) return "the request has no :path or no :scheme";
  const length = values.get("content-length");
  if (length !== undefined && !/^\d{1,15}$/.test(length)) return "content-length is not a number";
  return { method, path, contentType: values.get("content-type") ?? "", contentLength: length === undefined ? undefined : Number(length) };
}

/** Trailers contain only regular fields (section 8.1). */
export function areTrailersValid(fields: readonly HeaderField[]): boolean {
  return fields.every(({ name, value }) => regularFieldProblem(name, value) === undefined && !FORBIDDEN_IN_VALUE.test(value));
}

function regularFieldProblem(name: string, value: string): string | undefined {
  if (!NAME.test(name)) return "the name of a field contains a forbidden character";
  if (CONNECTION_FIELDS.has(name) || (name === "te" && value !== "trailers")) return `the field ${name} is not allowed in HTTP/2`;
  return undefined;
}
