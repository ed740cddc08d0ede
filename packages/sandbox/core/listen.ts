// Starts one HTTP or HTTPS server on loopback for one emulated service.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Clock } from "./clock";
import { createDispatcher, listOperationNames } from "./dispatch";
import { Faults } from "./faults";
import { RequestLog } from "./request-log";
import type { Service } from "./service";

export interface Listening {
  readonly origin: string;
  readonly log: RequestLog;
  readonly faults: Faults;
  stop(): Promise<void>;
}

export interface ListenOptions {
  readonly clock: Clock;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** A server whose request log and faults this one shares. */
  readonly shareWith?: Pick<Listening, "log" | "faults"> | undefined;
}

/** Starts the service on 127.0.0.1 and a free port, with keep-alive. */
export async function listen(service: Service, { clock, tls, shareWith }: ListenOptions): Promise<Listening> {
  const log = shareWith?.log ?? new RequestLog(service.name);
  const faults = shareWith?.faults ?? new Faults(listOperationNames(service.routes));
  const dispatch = createDispatcher(service, { log, faults, clock });
  const onRequest = (message: IncomingMessage, connection: ServerResponse): void => {
    dispatch(message, connection).catch((error: unknown) => {
      // Only a broken connection or a bug in the dispatcher gets here: exceptions of routes become responses.
      connection.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  };
  const server: Server = tls === undefined ? createServer(onRequest) : createTlsServer(tls, onRequest);
  server.keepAliveTimeout = 60_000;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
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
