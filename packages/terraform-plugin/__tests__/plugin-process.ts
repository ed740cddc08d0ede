/** Starts a plugin as an engine does, and calls it over its own socket. */
import { credentials, makeGenericClientConstructor, Metadata } from "@grpc/grpc-js";
import type { ChannelCredentials, ServiceDefinition, ServiceError } from "@grpc/grpc-js";
import { spawn, type ChildProcess } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { makeCertificate } from "../wire/certificate";
import { GRPCBrokerDefinition, GRPCControllerDefinition, GRPCStdioDefinition } from "../wire/generated/goplugin";
import { HealthDefinition } from "../wire/generated/health";
import { ProviderDefinition } from "../wire/generated/tfplugin6";
import { clientService } from "./client-service";

export const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

export interface PluginProcess {
  readonly child: ChildProcess;
  /** The parts of the handshake line; empty if the process ended without one. */
  readonly handshake: readonly string[];
  readonly stderr: () => string;
  readonly stdout: () => string;
  /** The exit code, or the name of the signal. */
  readonly exit: Promise<number | string>;
  call(service: PluginService, method: string, request: object): Promise<unknown>;
  close(): void;
}

export type PluginService = "provider" | "controller" | "stdio" | "broker" | "health";
const SERVICES: Readonly<Record<PluginService, ServiceDefinition>> = {
  provider: clientService(ProviderDefinition),
  controller: clientService(GRPCControllerDefinition),
  stdio: clientService(GRPCStdioDefinition),
  broker: clientService(GRPCBrokerDefinition),
  health: clientService(HealthDefinition),
};

export interface StartOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly options?: readonly string[];
  /** Whether the launcher presents a certificate; true by default. */
  readonly tls?: boolean;
}

const launcherCertificate = makeCertificate();

/** Spawns `node <plugin>`, and waits for the handshake line or the end of the process. */
export async function startPlugin(
  plugin: string,
  { environment = {}, options = [], tls = true }: StartOptions = {},
): Promise<PluginProcess> {
  const env = {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    TF_PLUGIN_MAGIC_COOKIE: COOKIE,
    PLUGIN_PROTOCOL_VERSIONS: "6,5",
    PLUGIN_CLIENT_CERT: tls ? launcherCertificate.certificatePem : undefined,
    ...environment,
  };
  const child = spawn(process.execPath, [plugin, ...options], { env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exit = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string);
  const firstLine = new Promise<void>((resolve) => {
    child.stdout.on("data", () => {
      if (stdout.includes("\n")) resolve();
    });
  });
  await Promise.race([firstLine, exit]);
  const handshake = stdout.includes("|") ? (stdout.split("\n")[0] ?? "").split("|") : [];
  const clients = new PluginClients(handshake);
  return {
    child,
    handshake,
    exit,
    stdout: () => stdout,
    stderr: () => stderr,
    call: (service, method, request) => clients.call(service, method, request),
    close: () => {
      clients.close();
      child.kill("SIGKILL");
    },
  };
}

type Client = InstanceType<ReturnType<typeof makeGenericClientConstructor>>;

/** Creates one gRPC client for each service that a test calls. */
class PluginClients {
  readonly #handshake: readonly string[];
  readonly #clients = new Map<PluginService, Client>();

  constructor(handshake: readonly string[]) {
    this.#handshake = handshake;
  }

  call(service: PluginService, method: string, request: object): Promise<unknown> {
    const client = this.#client(service) as unknown as Record<string, (...parts: unknown[]) => void>;
    return new Promise((resolve, reject) => {
      client[method]?.(request, new Metadata(), { deadline: Date.now() + 5_000 }, (failure: ServiceError | null, response: unknown) => {
        if (failure === null) resolve(response);
        else reject(failure);
      });
    });
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #client(service: PluginService): Client {
    const existing = this.#clients.get(service);
    if (existing !== undefined) return existing;
    const [, , network, address = ""] = this.#handshake;
    const target = network === "unix" ? `unix://${address}` : address;
    const client = new (makeGenericClientConstructor(SERVICES[service], service))(target, clientCredentials(this.#handshake), {
      "grpc.max_receive_message_length": -1,
      "grpc.ssl_target_name_override": "localhost",
    });
    this.#clients.set(service, client);
    return client;
  }
}

/** Returns credentials that trust only the certificate in the sixth part of the handshake. */
function clientCredentials(handshake: readonly string[]): ChannelCredentials {
  if (handshake[5] === undefined || handshake[5] === "") return credentials.createInsecure();
  const server = new X509Certificate(Buffer.from(handshake[5], "base64")).toString();
  const { privateKeyPem, certificatePem } = launcherCertificate;
  return credentials.createSsl(Buffer.from(server), Buffer.from(privateKeyPem), Buffer.from(certificatePem));
}
