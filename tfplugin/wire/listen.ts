/** The gRPC server: every service of the plugin on one address. */
import type { handleUnaryCall } from "@grpc/grpc-js";
import type { PluginLog } from "./log";
import { chooseAddress, type Address } from "./address";
import { makeCertificate, type Certificate } from "./certificate";
import { GRPCBrokerService, GRPCControllerService, GRPCStdioService } from "./generated/goplugin";
import { HealthService } from "./generated/health";
import { ProviderService, type ProviderServer } from "./generated/tfplugin6";
import { Server, ServerCredentials, setLogger } from "./grpc-server";
import { broker, controller, health, stdio } from "./launcher-services";
import type { Calls } from "./rpc";

/** What the official runtime allows; grpc-js alone stops at 4 MiB. */
const LONGEST_MESSAGE = 256 * 2 ** 20;

/** Engines kill after two seconds, and a person waits for each. */
const LONGEST_FAREWELL_MILLISECONDS = 250;

export interface Listening {
  readonly address: Address;
  readonly text: string;
  /** The server's certificate; undefined without TLS. */
  readonly certificate: Buffer | undefined;
}

export interface ListenOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly log: PluginLog;
  /** Called after the reply to the engine's goodbye. */
  readonly onShutdown: () => void;
}

/**
 * Binds and serves. With a client certificate in the environment, only its owner may connect.
 * @public serve.ts loads it when it is needed, which tools that follow imports do not see
 */
export async function listen(calls: Calls, { environment, log, onShutdown }: ListenOptions): Promise<Listening> {
  const clientCertificate = environment.PLUGIN_CLIENT_CERT;
  const own = clientCertificate === undefined || clientCertificate === "" ? undefined : makeCertificate();
  setLogger({
    error: (...parts: readonly unknown[]) => {
      log.debug("grpc", { text: parts.map(String).join(" ") });
    },
  });
  const server = new Server({
    "grpc.max_receive_message_length": LONGEST_MESSAGE,
    "grpc.max_send_message_length": LONGEST_MESSAGE,
    "grpc.enable_channelz": 0,
  });
  server.addService(ProviderService, providerServer(calls, log));
  server.addService(GRPCControllerService, controller(farewell));
  server.addService(GRPCStdioService, stdio);
  server.addService(GRPCBrokerService, broker);
  server.addService(HealthService, health);

  function farewell(): void {
    // The engine closes its connection once it has the reply; until then the reply may still be on its way.
    server.tryShutdown(onShutdown);
    setTimeout(onShutdown, LONGEST_FAREWELL_MILLISECONDS);
  }

  const address = chooseAddress(environment);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address.target, credentials(clientCertificate ?? "", own), (failure, bound) => {
      if (failure === null) resolve(bound);
      else reject(failure);
    });
  });
  return { address, text: address.text(port), certificate: own?.der };
}

function credentials(clientCertificate: string, own: Certificate | undefined): ServerCredentials {
  if (own === undefined) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(own.privateKeyPem), cert_chain: Buffer.from(own.certificatePem) };
  return ServerCredentials.createSsl(Buffer.from(clientCertificate), [pair], true);
}

/** Each call with its duration in the log. An exception that still arrives here is a mistake of the runtime. */
function providerServer(calls: Calls, log: PluginLog): ProviderServer {
  const entries = Object.entries(calls).map(([name, call]) => {
    const handle: handleUnaryCall<unknown, unknown> = ({ request }, reply) => {
      const start = performance.now();
      (call as (request: unknown) => Promise<unknown>)(request).then(
        (response) => {
          log.trace("call answered", { call: name, milliseconds: (performance.now() - start).toFixed(1) });
          reply(null, response);
        },
        (reason: unknown) => {
          reply(reason instanceof Error ? reason : new Error("unknown failure"));
        },
      );
    };
    return [name, handle] as const;
  });
  return Object.fromEntries(entries) as unknown as ProviderServer;
}
