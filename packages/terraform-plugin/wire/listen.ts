/** The gRPC server: all services of the plugin at one address. */
import { createServer, type AddressInfo, type Server as Listener, type Socket } from "node:net";
import type * as Tls from "node:tls";
import { chooseSocket, LOOPBACK, type Address } from "./address";
import { decodePem, makeCertificate, type Certificate } from "./certificate";
import { ProviderDefinition } from "./generated/tfplugin6";
import { GrpcServer } from "./grpc/server";
import { bindService } from "./grpc/service";
import { launcherServices } from "./launcher-services";
import type { PluginLog } from "./log";
import type { RpcMethods } from "./rpc";

/** Engines kill a plugin after two seconds; a shorter timeout keeps people from waiting. */
const SHUTDOWN_TIMEOUT_MILLISECONDS = 250;

export interface ListeningServer {
  readonly address: Address;
  /** What the engine connects to: a socket path, or host and port. */
  readonly endpoint: string;
  /** The server's certificate; undefined without TLS. */
  readonly certificate: Buffer | undefined;
}

export interface ListenOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly log: PluginLog;
  /** Called after the response to the engine's Shutdown call. */
  readonly onShutdown: () => void;
}

/**
 * Binds to an address and serves. If the environment contains a client certificate, only the owner of that certificate can connect.
 * @public serve.ts loads it on demand, which tools that follow imports do not see
 */
export async function listen(methods: RpcMethods, { environment, log, onShutdown }: ListenOptions): Promise<ListeningServer> {
  const clientCertificate = environment.PLUGIN_CLIENT_CERT ?? "";
  const certificate = clientCertificate === "" ? undefined : makeCertificate();
  const server = grpcServer(methods, log, onShutdown);
  const accept = (socket: Socket) => server.accept(socket);
  const listener = certificate === undefined ? createServer(accept) : tlsListener(certificate, clientCertificate, accept);
  const address = await bindSocketOrPort(listener, environment, log);
  return { address, endpoint: address.endpoint(portOf(listener.address())), certificate: certificate?.der };
}

/** Binds to a loopback port if there is no socket: its directory is missing or read-only, or its file system has no sockets. */
async function bindSocketOrPort(listener: Listener, environment: NodeJS.ProcessEnv, log: PluginLog): Promise<Address> {
  const socket = chooseSocket(environment);
  if (socket !== undefined) {
    try {
      await bind(listener, socket);
      return socket;
    } catch (failure) {
      log.debug("no socket, using a loopback port", { reason: String(failure) });
      socket.remove();
    }
  }
  await bind(listener, LOOPBACK);
  return LOOPBACK;
}

function bind(listener: Listener, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(address.bind, resolve);
  });
}

function grpcServer(methods: RpcMethods, log: PluginLog, onShutdown: () => void): GrpcServer {
  const shutDown = () => {
    // The engine closes its connection when it has the response; until then the response may still be in transit.
    server.shutDown(onShutdown);
    setTimeout(onShutdown, SHUTDOWN_TIMEOUT_MILLISECONDS);
  };
  const server = new GrpcServer(new Map([...bindService(ProviderDefinition, logged(methods, log)), ...launcherServices(shutDown)]), log);
  return server;
}

/**
 * TLS in front of the gRPC server. The only client is known by its certificate, so the certificate is compared, not verified: with a trust
 * store, even of a single certificate, Node first parses every public authority, which takes more than half of the start-up time.
 */
function tlsListener(certificate: Certificate, clientCertificate: string, accept: (socket: Socket) => void): Listener {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only with TLS
  const { createServer: createTlsServer } = require("node:tls") as typeof Tls;
  const expected = decodePem(clientCertificate);
  const listener = createTlsServer({
    key: certificate.privateKeyPem,
    cert: certificate.certificatePem,
    ca: [],
    requestCert: true,
    // The handshake still proves that the client has the key of the certificate it presents.
    rejectUnauthorized: false,
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"],
  });
  listener.on("secureConnection", (socket) => {
    const presented = socket.getPeerX509Certificate()?.raw;
    if (presented?.equals(expected) === true) accept(socket);
    else socket.destroy();
  });
  // A client that aborts the handshake must not end the plugin.
  listener.on("tlsClientError", (_failure, socket) => socket.destroy());
  return listener;
}

function portOf(bound: AddressInfo | string | null): number {
  return bound !== null && typeof bound === "object" ? bound.port : 0;
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
