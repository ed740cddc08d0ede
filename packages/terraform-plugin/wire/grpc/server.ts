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
      if (this.#connections.size === 0) this.#onClosed?.();
    });
  }

  /** Accepts no more calls. Calls `onClosed` when the last connection is closed. */
  shutDown(onClosed: () => void): void {
    this.#onClosed = onClosed;
    for (const connection of this.#connections) connection.shutDown();
    if (this.#connections.size === 0) onClosed();
  }

  #request(stream: Stream, head: RequestHead, budget: BufferedBytes): BodyReader | undefined {
    const refuse = (block: Buffer) => {
      stream.answer({ head: block });
      return undefined;
    };
    if (head.method !== "POST") return refuse(httpFailureBlock(405));
    if (!head.contentType.startsWith("application/grpc")) return refuse(httpFailureBlock(415));
    const method = this.#methods.get(head.path);
    if (method === undefined) return refuse(failureBlock(new CallError(Status.UNIMPLEMENTED, `The server does not have ${head.path}.`)));
    return "run" in method ? new UnaryCall(stream, method, budget) : new OpenCall(stream, method);
  }
}
