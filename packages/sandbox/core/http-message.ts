// Reads HTTP requests and writes HTTP responses of an emulated service.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { SandboxRequest, SandboxResponse } from "./service";

const MAX_BODY_BYTES = 8 * 1024 * 1024;

export interface RequestTarget {
  readonly method: string;
  readonly path: string;
  /** Without "?"; empty if the address has no query. */
  readonly query: string;
}

export function parseTarget({ method = "GET", url = "/" }: IncomingMessage): RequestTarget {
  const mark = url.indexOf("?");
  return mark < 0 ? { method, path: url, query: "" } : { method, path: url.slice(0, mark), query: url.slice(mark + 1) };
}

/** Undefined if the body is too large. Such a body is still read to its end, so that the connection stays usable. */
export function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    message.on("data", (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY_BYTES) parts.push(part);
    });
    message.on("end", () => resolve(size > MAX_BODY_BYTES ? undefined : parts.length === 1 ? parts[0] : Buffer.concat(parts)));
    message.on("error", reject);
    message.on("aborted", () => reject(new Error("The client closed the connection.")));
  });
}

export function createRequest(
  message: IncomingMessage,
  { method, path, query }: RequestTarget,
  { body, params }: Pick<SandboxRequest, "body" | "params">,
): SandboxRequest {
  let parsed: { value: unknown } | undefined;
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: message.headers as Record<string, string | undefined>,
    body,
    params,
    json: () => (parsed ??= { value: JSON.parse(body.toString("utf8")) as unknown }).value,
  };
}

export interface EncodedResponse {
  readonly headers: Record<string, string>;
  readonly payload: Buffer | string;
}

export function encodeResponse({ headers: responseHeaders = {}, body }: SandboxResponse): EncodedResponse {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(responseHeaders)) headers[name.toLowerCase()] = value;
  if (body === undefined) return { headers, payload: "" };
  if (headers["content-type"] !== undefined && (typeof body === "string" || Buffer.isBuffer(body))) return { headers, payload: body };
  headers["content-type"] ??= "application/json; charset=utf-8";
  return { headers, payload: JSON.stringify(body) };
}

export async function sendResponse(connection: ServerResponse, response: SandboxResponse): Promise<void> {
  const { headers, payload } = encodeResponse(response);
  if (response.status !== 204 && response.status !== 304) headers["content-length"] = `${Buffer.byteLength(payload)}`;
  connection.writeHead(response.status, headers);
  await endResponse(connection, payload);
}

export function endResponse(connection: ServerResponse, payload: Buffer | string): Promise<void> {
  return new Promise((resolve) => {
    // If the client has already closed the connection, "close" does not come again.
    if (connection.destroyed) {
      resolve();
      return;
    }
    connection.once("close", resolve);
    connection.end(payload);
  });
}
