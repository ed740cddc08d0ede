/** A remote system for one test: sends the responses that the test defines, and records the requests. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ApiLog, ApiLogFields, RemoteSettings } from "../../http/settings";

export interface ReceivedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The client's port: one per connection. */
  readonly port: number;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** `reset` breaks the connection after the request was read; `silence` never responds; `cut-off` ends in the middle of the body. */
export interface StubResponse {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly behavior?: "reset" | "silence" | "cut-off";
}

export type Responder = (request: ReceivedRequest, count: number) => StubResponse | Promise<StubResponse>;

export interface StubServer {
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** The largest number of requests in flight at one time. */
  maxConcurrent(): number;
  stop(): Promise<void>;
}

const running = new Set<StubServer>();

/** For `afterEach`. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop()));
}

export async function startServer(responder: Responder): Promise<StubServer> {
  const requests: ReceivedRequest[] = [];
  let inFlight = 0;
  let maxConcurrent = 0;
  const server = createServer((request, response) => {
    inFlight += 1;
    maxConcurrent = Math.max(maxConcurrent, inFlight);
    response.on("close", () => {
      inFlight -= 1;
    });
    void respond(request, response, responder, requests);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stub: StubServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    maxConcurrent: () => maxConcurrent,
    stop: () => stop(server, stub),
  };
  running.add(stub);
  return stub;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  responder: Responder,
  requests: ReceivedRequest[],
): Promise<void> {
  const received = await readRequest(request);
  requests.push(received);
  const { status = 200, headers, json, text, behavior } = await responder(received, requests.length);
  if (behavior === "silence") return;
  if (behavior === "reset") {
    request.socket.destroy();
    return;
  }
  const content = text ?? (json === undefined ? "" : JSON.stringify(json));
  const type = json === undefined ? undefined : { "content-type": "application/json" };
  if (behavior === "cut-off") {
    response.writeHead(status, { ...type, "content-length": `${content.length + 100}`, ...headers });
    response.write(content);
    request.socket.end();
    return;
  }
  response.writeHead(status, { ...type, ...headers });
  response.end(content);
}

async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: request.headers,
    port: request.socket.remotePort ?? 0,
    text,
    body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

async function stop(server: Server, stub: StubServer): Promise<void> {
  running.delete(stub);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Records everything that is logged. */
export class LogLines implements ApiLog {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: ApiLogFields }[] = [];
  includes(): boolean {
    return true;
  }
  debug(message: string, fields: ApiLogFields = {}): void {
    this.lines.push({ level: "debug", message, fields });
  }
  info(message: string, fields: ApiLogFields = {}): void {
    this.lines.push({ level: "info", message, fields });
  }
  warn(message: string, fields: ApiLogFields = {}): void {
    this.lines.push({ level: "warn", message, fields });
  }
  text(): string {
    return JSON.stringify(this.lines);
  }
}

/** Settings with short waits. */
export function settings(changes: Partial<RemoteSettings> = {}): RemoteSettings {
  return {
    requestTimeoutMs: 5_000,
    rateLimitMaxWaitMs: 10_000,
    maxConcurrentRequests: 8,
    log: new LogLines(),
    signal: new AbortController().signal,
    firstRetryMs: 1,
    ...changes,
  };
}

/** The reason of a rejected promise. Fails the test if the promise is fulfilled. */
export async function rejectionOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (failure) {
    return failure;
  }
  throw new Error("The promise was fulfilled, but a rejection was expected.");
}
