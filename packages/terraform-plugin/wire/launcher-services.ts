/** The gRPC services that a plugin launcher expects in addition to the provider. */
import { GRPCBrokerDefinition, GRPCControllerDefinition, GRPCStdioDefinition } from "./generated/goplugin";
import { HealthCheckResponse_ServingStatus, HealthDefinition } from "./generated/health";
import type { Method } from "./grpc/call";
import { bindService } from "./grpc/service";

/** @param shutDown called before the response to Shutdown leaves: without the response the engine waits forever */
export function launcherServices(shutDown: () => void): (readonly [string, Method])[] {
  return [
    ...bindService(GRPCControllerDefinition, {
      shutdown: () => {
        shutDown();
        return Promise.resolve({});
      },
    }),
    // Standard output after the handshake is ignored, so this stream never carries anything.
    ...bindService(GRPCStdioDefinition, {}),
    // Protocol 6 does not use the broker.
    ...bindService(GRPCBrokerDefinition, {}),
    ...bindService(HealthDefinition, { check: () => Promise.resolve({ status: HealthCheckResponse_ServingStatus.SERVING }) }),
  ];
}
