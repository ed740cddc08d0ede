/** The services beside the provider that a plugin launcher expects. */
import type { sendUnaryData, ServerDuplexStream, ServerUnaryCall, ServerWritableStream } from "@grpc/grpc-js";
import type { ConnInfo, Empty, GRPCBrokerServer, GRPCControllerServer, GRPCStdioServer, StdioData } from "./generated/goplugin";
import { HealthCheckResponse_ServingStatus, type HealthServer } from "./generated/health";

/** Replies first: without a reply the engine waits for ever, without an exit it waits two seconds and kills. */
export function controller(afterReply: () => void): GRPCControllerServer {
  return {
    shutdown: (_call: ServerUnaryCall<Empty, Empty>, reply: sendUnaryData<Empty>) => {
      reply(null, {});
      afterReply();
    },
  };
}

/** Standard output after the handshake is nobody's business here; the stream stays open until the engine ends it. */
export const stdio: GRPCStdioServer = {
  streamStdio: (call: ServerWritableStream<Empty, StdioData>) => {
    call.on("cancelled", () => call.end());
  },
};

/** Nothing in protocol 6 uses the broker. */
export const broker: GRPCBrokerServer = {
  startStream: (call: ServerDuplexStream<ConnInfo, ConnInfo>) => {
    call.on("data", () => undefined);
    call.on("end", () => call.end());
  },
};

export const health: HealthServer = {
  check: (_call, reply) => {
    reply(null, { status: HealthCheckResponse_ServingStatus.SERVING });
  },
};
