// One loopback HTTP(S) server for one service: routing, the control path, the request log and faults.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Clock } from "./clock";
import { CONTROL_PATH, createControlRoutes } from "./control";
import { type Fault, Faults } from "./faults";
import { RequestLog } from "./request-log";
import { compileRoutes, type Match } from "./routing";
import type { Route, SandboxRequest, SandboxResponse, Service } from "./service";

export interface Listening {
  readonly origin: string;
  readonly log: RequestLog;
  readonly faults: Faults;
  stop(): Promise<void>;
}

const MAX_BODY = 8 * 1024 * 1024;
const EMPTY = Buffer.alloc(0);
/** The name of whatever has no route. */
const NOT_IMPLEMENTED = "notImplemented";

export interface ListenOptions {
  readonly clock: Clock;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** Where the service listens already: both addresses have one log and the same faults. */
  readonly shareWith?: Pick<Listening, "log" | "faults"> | undefined;
}

/** Starts the service on 127.0.0.1 and a free port, with keep-alive. */
export async function listen(service: Service, options: ListenOptions): Promise<Listening> {
  const { clock, shareWith: also } = options;
  const log = also?.log ?? new RequestLog(service.name);
  const faults = also?.faults ?? new Faults(namesIn(service.routes));
  const find = compileRoutes(service.routes);
  const findControl = compileRoutes(createControlRoutes(service, { log, faults, clock }));

  const onRequest = (message: IncomingMessage, response: ServerResponse): void => {
    answer(message, response).catch((error: unknown) => {
      // Only a broken connection or a mistake in this file ends here: handlers' exceptions are answered.
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  };

  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    const body = await read(message);
    const url = message.url ?? "/";
    const mark = url.indexOf("?");
    const path = mark < 0 ? url : url.slice(0, mark);
    const query = mark < 0 ? "" : url.slice(mark + 1);
    const method = message.method ?? "GET";
    const isControl = path.startsWith(`${CONTROL_PATH}/`);
    const match = isControl ? findControl(method, path) : find(method, path);
    const request = toRequest(message, method, path, query, body ?? EMPTY, match);
    if (isControl) {
      const controlled = match === undefined ? noControl(path) : await match.route.handle(request);
      await send(response, controlled);
      return;
    }
    const names = namesOf(match, request);
    const operation = names.join(",");
    const fault = faults.take(match === undefined ? names : [...names, `${method} ${match.route.pattern}`]);
    const record = (status: number, marks: readonly string[] = []): void => {
      log.add({
        time: clock.now(),
        operation,
        method,
        path,
        query,
        headers: request.headers,
        body: request.body,
        status,
        durationMs: performance.now() - started,
        marks: fault === undefined ? marks : [...marks, "fault"],
      });
    };
    if (body === undefined) {
      record(413);
      await send(response, { status: 413, body: { error: "The body is larger than the sandbox takes." } });
      return;
    }
    if (fault === undefined) {
      const given = await run(service, match, request);
      record(given.status, given.marks);
      await send(response, given);
      return;
    }
    await sendFault(fault, () => run(service, match, request), { response, record, faults });
  };

  const server: Server = options.tls === undefined ? createServer(onRequest) : createTlsServer(options.tls, onRequest);
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    log,
    faults,
    stop: () =>
      new Promise((resolve) => {
        faults.clear();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Every name that a call can have here. */
function namesIn(routes: readonly Route[]): ReadonlySet<string> {
  const names = routes.flatMap(({ method, pattern, operation, possibleOperationNames: furtherNames = [] }) => [
    operation,
    `${method} ${pattern}`,
    ...furtherNames,
  ]);
  return new Set([NOT_IMPLEMENTED, ...names]);
}

function namesOf(match: Match | undefined, request: SandboxRequest): readonly string[] {
  if (match === undefined) return [NOT_IMPLEMENTED];
  const names = match.route.operationNames?.(request) ?? [];
  return names.length === 0 ? [match.route.operation] : names;
}

async function run(service: Service, match: Match | undefined, request: SandboxRequest): Promise<SandboxResponse> {
  try {
    const early = service.before?.(request, match?.route);
    if (early !== undefined) return early;
    return match === undefined ? service.handleUnmatched(request) : await match.route.handle(request);
  } catch (error) {
    // A sandbox that is wrong must be told from a service that refuses: nothing else answers with this shape.
    return { status: 500, body: { sandboxError: error instanceof Error ? error.message : String(error) }, marks: ["sandboxError"] };
  }
}

function noControl(path: string): SandboxResponse {
  return { status: 404, body: { error: `The sandbox has no control ${path} with this method.` } };
}

/** Undefined when the body is too large; it is read to its end all the same, so that the connection stays usable. */
function read(message: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    message.on("data", (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY) parts.push(part);
    });
    message.on("end", () => resolve(size > MAX_BODY ? undefined : parts.length === 1 ? parts[0] : Buffer.concat(parts)));
    message.on("error", reject);
    message.on("aborted", () => reject(new Error("The client closed the connection.")));
  });
}

function toRequest(
  message: IncomingMessage,
  method: string,
  path: string,
  query: string,
  body: Buffer,
  match: Match | undefined,
): SandboxRequest {
  let parsed: { value: unknown } | undefined;
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: message.headers as Record<string, string | undefined>,
    body,
    params: match?.params ?? {},
    json: () => (parsed ??= { value: JSON.parse(body.toString("utf8")) as unknown }).value,
  };
}

interface Wire {
  readonly headers: Record<string, string>;
  readonly payload: Buffer | string;
}

function toWire(answer: SandboxResponse): Wire {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers ?? {})) headers[name.toLowerCase()] = value;
  if (answer.body === undefined) return { headers, payload: "" };
  if (headers["content-type"] !== undefined && (typeof answer.body === "string" || Buffer.isBuffer(answer.body))) {
    return { headers, payload: answer.body };
  }
  headers["content-type"] ??= "application/json; charset=utf-8";
  return { headers, payload: JSON.stringify(answer.body) };
}

async function send(response: ServerResponse, answer: SandboxResponse): Promise<void> {
  const { headers, payload } = toWire(answer);
  if (answer.status !== 204 && answer.status !== 304) headers["content-length"] = String(Buffer.byteLength(payload));
  response.writeHead(answer.status, headers);
  await finish(response, payload);
}

function finish(response: ServerResponse, payload: Buffer | string): Promise<void> {
  return new Promise((resolve) => {
    // A client that gave up meanwhile has closed it already, and "close" comes only once.
    if (response.destroyed) {
      resolve();
      return;
    }
    response.once("close", resolve);
    response.end(payload);
  });
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface FaultContext {
  readonly response: ServerResponse;
  readonly record: (status: number, marks?: readonly string[]) => void;
  readonly faults: Faults;
}

/** Plays one fault. Kinds that say so execute the operation first: that is the point of reset-after and hold. */
async function sendFault(fault: Fault, execute: () => Promise<SandboxResponse>, context: FaultContext): Promise<void> {
  const { response, record, faults } = context;
  const instead = async (answer: SandboxResponse): Promise<void> => {
    record(answer.status);
    await send(response, { ...answer, headers: { ...answer.headers, ...fault.headers } });
  };
  const executed = async (): Promise<SandboxResponse> => {
    const given = await execute();
    record(given.status, given.marks);
    return given;
  };
  switch (fault.kind) {
    case "status":
      return instead({ status: fault.status ?? 500, ...plain(fault.body ?? `sandbox fault ${fault.status ?? 500}`) });
    case "html":
      return instead({
        status: fault.status ?? 200,
        ...plain(fault.body ?? "<!doctype html><html><body>Sign in</body></html>", "text/html; charset=utf-8"),
      });
    case "redirect":
      return instead({ status: fault.status ?? 307, headers: { location: fault.location ?? "/" } });
    case "delay":
      await wait(fault.milliseconds ?? 1000);
      return send(response, await executed());
    case "reset-before":
      record(0);
      response.socket?.resetAndDestroy();
      return;
    case "reset-after":
      await execute();
      record(0);
      response.socket?.resetAndDestroy();
      return;
    case "hold": {
      const given = await executed();
      await faults.hold();
      return send(response, given);
    }
    case "wrong-shape": {
      const given = await executed();
      return send(response, { status: given.status, body: fault.body ?? [[{ unexpected: true }]] });
    }
    case "content-type": {
      const given = await executed();
      const { payload } = toWire(given);
      return send(response, {
        status: fault.status ?? given.status,
        headers: { "content-type": "text/plain", ...fault.headers },
        body: String(payload),
      });
    }
    case "truncated": {
      const given = await executed();
      const { headers, payload } = toWire(given);
      const whole = Buffer.from(payload);
      response.writeHead(given.status, { ...headers, "content-length": String(whole.length) });
      await new Promise<void>((resolve) => response.write(whole.subarray(0, whole.length >> 1), () => resolve()));
      response.socket?.destroy();
      return;
    }
    case "slow-body": {
      const given = await executed();
      const { headers, payload } = toWire(given);
      const whole = Buffer.from(payload);
      response.writeHead(given.status, { ...headers, "content-length": String(whole.length) });
      response.write(whole.subarray(0, 1));
      await wait(fault.milliseconds ?? 1000);
      await finish(response, whole.subarray(1));
      return;
    }
  }
}

function plain(body: unknown, type = "text/plain; charset=utf-8"): { headers?: Record<string, string>; body: unknown } {
  return typeof body === "string" ? { headers: { "content-type": type }, body } : { body };
}
