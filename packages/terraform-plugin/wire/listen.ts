/** Where the engine connects: a socket or a port, with TLS if the engine asks for it. */
import { createServer, type AddressInfo, type Server as Listener, type Socket } from "node:net";
import type * as Tls from "node:tls";
import { chooseSocket, LOOPBACK, type Address } from "./address";
import { decodePem, makeCertificate, type Certificate } from "./certificate";
import type { PluginLog } from "./log";

export interface ListeningServer {
  readonly address: Address;
  /** What the engine connects to: a socket path, or host and port. */
  readonly endpoint: string;
  /** The server's certificate; undefined without TLS. */
  readonly certificate: Buffer | undefined;
  /** Serves connections, including those that are waiting already. Called once. */
  acceptWith(accept: (socket: Socket) => void): void;
}

/** Binds to an address. If the environment contains a client certificate, only the owner of that certificate can connect. */
export async function listen(environment: NodeJS.ProcessEnv, log: PluginLog): Promise<ListeningServer> {
  const clientCertificate = environment.PLUGIN_CLIENT_CERT ?? "";
  const certificate = clientCertificate === "" ? undefined : makeCertificate();
  let acceptWith: ListeningServer["acceptWith"] = () => undefined;
  const ready = new Promise<(socket: Socket) => void>((resolve) => (acceptWith = resolve));
  const accept = (socket: Socket) => void ready.then((serve) => serve(socket));
  const listener = certificate === undefined ? createServer(accept) : tlsListener(certificate, clientCertificate, accept);
  const address = await bindSocketOrPort(listener, environment, log);
  return { address, endpoint: address.endpoint(portOf(listener.address())), certificate: certificate?.der, acceptWith };
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
