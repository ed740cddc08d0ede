/** Sends a request as a program in Go sends it: its User-Agent, gzip, and no Accept header. */
import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { gunzipSync } from "node:zlib";

export interface GoRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Whether the connection serves only this request. */
  readonly closes: boolean;
}

export interface GoResponse {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

/** The connection ended within a response. */
export class CutResponse extends Error {
  constructor() {
    super("unexpected EOF");
  }
}

const HEADERS = { "User-Agent": "Go-http-client/1.1", "Accept-Encoding": "gzip" };
const TIMEOUT_MILLISECONDS = 60_000;

export function send({ method, url, headers, body, closes }: GoRequest): Promise<GoResponse> {
  return new Promise((resolve, reject) => {
    const start = url.startsWith("https:") ? requestHttps : requestHttp;
    const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
    const connection = closes ? { Connection: "close" } : {};
    const options = { method, headers: { ...HEADERS, ...headers, ...length, ...connection }, timeout: TIMEOUT_MILLISECONDS };
    const outgoing = start(url, options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.once("error", () => reject(new CutResponse()));
      incoming.once("end", () => {
        const bytes = Buffer.concat(chunks);
        const text = (incoming.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString("utf8");
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
      });
    });
    outgoing.once("timeout", () => outgoing.destroy(new Error("the server did not respond within 60 seconds")));
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

/** Ends the process like a nil pointer in Go: the engine reports that the plugin crashed. */
export function crash(): Promise<never> {
  setImmediate(() => {
    throw new Error("runtime error: invalid memory address or nil pointer dereference");
  });
  return new Promise(() => undefined);
}
