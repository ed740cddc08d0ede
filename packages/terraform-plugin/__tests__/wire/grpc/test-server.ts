/** A gRPC server with methods that tests need, on a loopback port. Messages are bytes without a format. */
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import type { Method } from "../../../wire/grpc/call";
import { PREFIX_BYTES } from "../../../wire/grpc/message-reader";
import { GrpcServer } from "../../../wire/grpc/server";
import { CallError, Status } from "../../../wire/grpc/status";

/** A response before the server has filled in its prefix. */
export function withPrefix(message: Uint8Array): Buffer {
  return Buffer.concat([Buffer.alloc(PREFIX_BYTES), message]);
}

/** Calls of `Wait` that are running; each ends when its function is called. */
export type WaitingCalls = (() => void)[];

export function testMethods(waiting: WaitingCalls): ReadonlyMap<string, Method> {
  return new Map<string, Method>([
    ["/test.Service/Echo", { run: (request) => Promise.resolve(withPrefix(request)) }],
    // The request is a number of bytes, as a text.
    ["/test.Service/Produce", { run: async (request) => Promise.resolve(withPrefix(Buffer.alloc(Number(request.toString()), 0x70))) }],
    ["/test.Service/Count", { run: (request) => Promise.resolve(withPrefix(Buffer.from(String(request.length)))) }],
    ["/test.Service/Fail", { run: () => Promise.reject(new Error("50 % of größe\nfailed")) }],
    ["/test.Service/Exhaust", { run: () => Promise.reject(new CallError(Status.RESOURCE_EXHAUSTED, "")) }],
    [
      "/test.Service/Wait",
      {
        run: async (request) => {
          await new Promise<void>((resolve) => waiting.push(resolve));
          return withPrefix(request);
        },
      },
    ],
    [
      "/test.Service/Slow",
      {
        run: async (request) => {
          await new Promise((resolve) => setTimeout(resolve, Number(request.toString())));
          return withPrefix(request);
        },
      },
    ],
    ["/test.Service/Watch", { endsWithRequest: false }],
    ["/test.Service/Upload", { endsWithRequest: true }],
  ]);
}

export interface TestServer {
  readonly port: number;
  readonly server: GrpcServer;
  readonly waiting: WaitingCalls;
  /** Why connections and streams ended. */
  readonly reasons: string[];
  /** The same for errors of the server itself: always empty. */
  readonly faults: string[];
  /** Sockets that are not closed. */
  readonly sockets: ReadonlySet<Socket>;
  close(): void;
}

export async function testServer(): Promise<TestServer> {
  const waiting: WaitingCalls = [];
  const reasons: string[] = [];
  const faults: string[] = [];
  const server = new GrpcServer(testMethods(waiting), {
    debug: (_message, { reason }) => reasons.push(reason),
    error: (_message, { reason }) => faults.push(reason),
  });
  const sockets = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    server.accept(socket);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const close = () => {
    listener.close();
    for (const socket of sockets) socket.destroy();
    for (const end of waiting.splice(0)) end();
  };
  return { port: (listener.address() as AddressInfo).port, server, waiting, reasons, faults, sockets, close };
}
