/** Serves a provider on the connections of an engine: the provider's own service, and those of the launcher. */
import type { Duplex } from "node:stream";
import type { AnyProvider } from "../provider";
import { redact } from "../schema/secrets";
import { Session } from "../server/session";
import { delayOptimization } from "./delayed-optimization";
import { ProviderDefinition } from "./generated/tfplugin6";
import { GrpcServer } from "./grpc/server";
import { bindService } from "./grpc/service";
import { launcherServices } from "./launcher-services";
import type { PluginLog } from "./log";
import { rpcMethods, type RpcMethods } from "./rpc";

/** Engines kill a plugin after two seconds; a shorter timeout keeps people from waiting. */
const SHUTDOWN_TIMEOUT_MILLISECONDS = 250;

export interface ProviderServer {
  accept(socket: Duplex): void;
  /** Hides the secrets of the provider block. */
  redact(text: string): string;
}

/** @param onShutdown called after the response to the engine's Shutdown call */
export function providerServer(provider: AnyProvider, log: PluginLog, onShutdown: () => void): ProviderServer {
  delayOptimization();
  const session = new Session(provider, log);
  const shutDown = () => {
    // The engine closes its connection when it has the response; until then the response may still be in transit.
    server.shutDown(onShutdown);
    setTimeout(onShutdown, SHUTDOWN_TIMEOUT_MILLISECONDS);
  };
  const services = [...bindService(ProviderDefinition, logged(rpcMethods(session), log)), ...launcherServices(shutDown)];
  const server = new GrpcServer(new Map(services), log);
  return {
    accept: (socket) => server.accept(socket),
    redact: (text) => redact(text, session.secrets),
  };
}

/** Logs the duration of each call, if the log includes it. */
function logged(methods: RpcMethods, log: PluginLog): RpcMethods {
  if (!log.includes("trace")) return methods;
  const entries = Object.entries(methods).map(([call, method]) => {
    const run = method as (request: unknown) => Promise<unknown>;
    const logging = async (request: unknown) => {
      const start = performance.now();
      const response = await run(request);
      log.trace("call completed", { call, milliseconds: (performance.now() - start).toFixed(1) });
      return response;
    };
    return [call, logging] as const;
  });
  return Object.fromEntries(entries) as unknown as RpcMethods;
}
