/** The gRPC server: every service of the plugin on one address. */
import type { handleUnaryCall } from "@grpc/grpc-js";
import { createServer, type AddressInfo, type Server as Listener, type Socket } from "node:net";
import type { PluginLog } from "./log";
import { chooseAddress, type Address } from "./address";
import { derOf, makeCertificate, type Certificate } from "./certificate";
import { GRPCBrokerService, GRPCControllerService, GRPCStdioService } from "./generated/goplugin";
import { HealthService } from "./generated/health";
import { ProviderService, type ProviderServer } from "./generated/tfplugin6";
import { Server, ServerCredentials, setLogger } from "./grpc-server";
import { broker, controller, health, stdio } from "./launcher-services";
import type { Calls } from "./rpc";
import type * as Tls from "node:tls";

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

  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const accept = (socket: Socket) => {
    injector.injectConnection(socket);
  };
  const listener = own === undefined ? createServer(accept) : tlsListener(own, clientCertificate ?? "", accept);
  const address = chooseAddress(environment);
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(address.bind, resolve);
  });
  const bound = listener.address();
  return { address, text: address.text(portOf(bound)), certificate: own?.der };
}

/**
 * TLS in front of the gRPC server. The only client is known by its certificate, so it is compared, not verified: a trust store, even one with
 * a single certificate, makes Node parse every public authority first, which costs more than half of a start.
 */
function tlsListener(own: Certificate, clientCertificate: string, accept: (socket: Socket) => void): Listener {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only with TLS
  const { createServer: createTlsServer } = require("node:tls") as typeof Tls;
  const expected = derOf(clientCertificate);
  const listener = createTlsServer({
    key: own.privateKeyPem,
    cert: own.certificatePem,
    ca: [],
    requestCert: true,
    // The handshake still proves that the client has the key of the certificate that it shows.
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"],
  });
  listener.on("secureConnection", (socket) => {
    const shown = socket.getPeerX509Certificate()?.raw;
    if (shown?.equals(expected) === true) accept(socket);
    else socket.destroy();
  });
  // A client that breaks off during the handshake is no failure of the plugin.
  listener.on("tlsClientError", (_failure, socket) => socket.destroy());
  return listener;
}

function portOf(bound: AddressInfo | string | null): number {
  return bound !== null && typeof bound === "object" ? bound.port : 0;
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
