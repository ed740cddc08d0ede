/** A gRPC server on sockets that are already secure. It serves unary calls, and calls on which only the client sends. */
import type { Duplex } from "node:stream";
import { Connection } from "../http2/connection";
import type { RequestHead } from "../http2/request-head";
import type { BodyReader, Stream } from "../http2/stream";
import { OpenCall, UnaryCall, type Method } from "./call";
import { BufferedBytes } from "./message-reader";
import { CallError, failureBlock, httpFailureBlock, Status } from "./status";

/** Methods by their paths, such as `/tfplugin6.Provider/ReadResource`. */
export type Methods = ReadonlyMap<string, Method>;

/** With a format or a parameter after it; `application/grpc-web` is another protocol. */
const GRPC_CONTENT = /^application\/grpc(?:$|[+;])/;

/** For people who debug a connection. */
export interface ServerLog {
  debug(message: string, fields: { readonly reason: string }): void;
  error(message: string, fields: { readonly reason: string }): void;
}

export class GrpcServer {
  readonly #methods: Methods;
  readonly #log: ServerLog;
  readonly #connections = new Set<Connection>();
  #onClosed: (() => void) | undefined;

  constructor(methods: Methods, log: ServerLog) {
    this.#methods = methods;
    this.#log = log;
  }

  /** Serves one connection until the client or an error ends it. */
  accept(socket: Duplex): void {
    // The client closed it while it waited.
    if (socket.destroyed) return;
    const budget = new BufferedBytes();
    const connection = new Connection(socket, {
      request: (stream, head) => this.#request(stream, head, budget),
      ended: (reason, isOwnFault) => {
        if (isOwnFault) this.#log.error("connection failed", { reason });
        else this.#log.debug("connection", { reason });
      },
    });
    this.#connections.add(connection);
    socket.once("close", () => {
      this.#connections.delete(connection);
      this.#reportClosed();
    });
  }

  /** Accepts no more calls on the present connections. Calls `onClosed` once, when the last connection is closed. */
  shutDown(onClosed: () => void): void {
    this.#onClosed = onClosed;
    for (const connection of this.#connections) connection.shutDown();
    this.#reportClosed();
  }

  #reportClosed(): void {
    if (this.#connections.size > 0) return;
    this.#onClosed?.();
    this.#onClosed = undefined;
  }

  #request(stream: Stream, head: RequestHead, budget: BufferedBytes): BodyReader | undefined {
    const refuse = (block: Buffer) => {
      stream.respond({ head: block });
      return undefined;
    };
    if (head.method !== "POST") return refuse(httpFailureBlock(405));
    if (!GRPC_CONTENT.test(head.contentType)) return refuse(httpFailureBlock(415));
    const method = this.#methods.get(head.path);
    if (method === undefined) return refuse(failureBlock(new CallError(Status.UNIMPLEMENTED, `The server does not have ${head.path}.`)));
    return "run" in method ? new UnaryCall(stream, method, budget) : new OpenCall(stream, method);
  }
}
