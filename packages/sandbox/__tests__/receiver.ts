/** A receiver that replaces the paired Spacelift: it stores deliveries and responds with the given statuses. */
import { createServer as createPlain, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { createServer as createTls } from "node:https";
import type { AddressInfo } from "node:net";

export interface ReceivedDelivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly origin: string;
  readonly received: ReceivedDelivery[];
  /** The statuses of the next responses, then 200. 0: no response. -1: closes the connection. */
  statuses: number[];
  /** The event key of each delivery. */
  eventKeys(): (string | string[] | undefined)[];
  payloads(): any[]; // eslint-disable-line @typescript-eslint/no-explicit-any -- parsed JSON, checked by the tests
  stop(): Promise<void>;
}

export async function startReceiver(tls?: { readonly key: string; readonly cert: string }): Promise<Receiver> {
  const received: ReceivedDelivery[] = [];
  const receiver = { statuses: [] as number[] };
  const onRequest: RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(parts).toString() });
      const status = receiver.statuses.shift() ?? 200;
      if (status === -1) request.socket.destroy();
      else if (status !== 0) response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("ok");
    });
  };
  const server = tls === undefined ? createPlain(onRequest) : createTls(tls, onRequest);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // The address of a server that listens on a port.
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, {
    origin: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    received,
    eventKeys: () => received.map(({ headers }) => headers["x-event-key"]),
    payloads: () => received.map(({ body }) => JSON.parse(body) as unknown),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
