/** A remote system for one test: answers what the test says, and keeps what it was asked. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ApiLog, ApiLogFields, RemoteSettings } from "../../http/http";

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The client's port: one for each connection. */
  readonly port: number;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

/** What a test answers. `reset` breaks the connection after the request was read; `silence` never answers. */
export interface Told {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly does?: "reset" | "silence" | "cut-off";
}

export type Answers = (asked: Asked, count: number) => Told | Promise<Told>;

export interface RemoteServer {
  readonly url: string;
  readonly asked: Asked[];
  /** Most requests that were under way at one time. */
  busiest(): number;
  stop(): Promise<void>;
}

const running = new Set<RemoteServer>();

/** For `afterEach`. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map((server) => server.stop()));
}

export async function startServer(answers: Answers): Promise<RemoteServer> {
  const asked: Asked[] = [];
  let inside = 0;
  let busiest = 0;
  const server = createServer((request, response) => {
    inside += 1;
    busiest = Math.max(busiest, inside);
    response.on("close", () => {
      inside -= 1;
    });
    void respond(request, response, answers, asked);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const remote: RemoteServer = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    busiest: () => busiest,
    stop: () => stop(server, remote),
  };
  running.add(remote);
  return remote;
}

async function respond(request: IncomingMessage, response: ServerResponse, answers: Answers, asked: Asked[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  const seen: Asked = {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: request.headers,
    port: request.socket.remotePort ?? 0,
    text,
    body,
  };
  asked.push(seen);
  const told = await answers(seen, asked.length);
  if (told.does === "reset") {
    request.socket.destroy();
    return;
  }
  if (told.does === "silence") return;
  const content = told.text ?? (told.json === undefined ? "" : JSON.stringify(told.json));
  const type = told.json === undefined ? {} : { "content-type": "application/json" };
  const length = told.does === "cut-off" ? { "content-length": String(content.length + 100) } : {};
  response.writeHead(told.status ?? 200, { ...type, ...length, ...told.headers });
  if (told.does === "cut-off") {
    response.write(content);
    request.socket.end();
    return;
  }
  response.end(content);
}

async function stop(server: Server, remote: RemoteServer): Promise<void> {
  running.delete(remote);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Everything that was logged, as text. */
export class LogLines implements ApiLog {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: ApiLogFields }[] = [];
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

/** Settings for a hurry. */
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

/** What a promise was rejected with; fails the test when it was not. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (failure) {
    return failure;
  }
  throw new Error("It was expected to fail, and it did not.");
}
