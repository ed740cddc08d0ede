/** The gRPC services that a plugin launcher expects in addition to the provider. */
import type { sendUnaryData, ServerDuplexStream, ServerUnaryCall, ServerWritableStream } from "@grpc/grpc-js";
import type { ConnInfo, Empty, GRPCBrokerServer, GRPCControllerServer, GRPCStdioServer, StdioData } from "./generated/goplugin";
import { HealthCheckResponse_ServingStatus, type HealthServer } from "./generated/health";

/** Responds before shutting down: without a response the engine waits forever, and without an exit it kills the plugin after two seconds. */
export function controller(afterResponse: () => void): GRPCControllerServer {
  return {
    shutdown: (_call: ServerUnaryCall<Empty, Empty>, respond: sendUnaryData<Empty>) => {
      respond(null, {});
      afterResponse();
    },
  };
}

/** Standard output after the handshake is ignored. The stream stays open until the engine ends it. */
export const stdio: GRPCStdioServer = {
  streamStdio: (call: ServerWritableStream<Empty, StdioData>) => {
    call.on("cancelled", () => call.end());
  },
};

/** Protocol 6 does not use the broker. */
export const broker: GRPCBrokerServer = {
  startStream: (call: ServerDuplexStream<ConnInfo, ConnInfo>) => {
    call.on("data", () => undefined);
    call.on("end", () => call.end());
  },
};

export const health: HealthServer = {
  check: (_call, respond) => {
    respond(null, { status: HealthCheckResponse_ServingStatus.SERVING });
  },
};
