/** Starts a plugin as an engine does, and talks to it over its own socket. */
import { credentials, makeGenericClientConstructor, Metadata } from "@grpc/grpc-js";
import type { ChannelCredentials, ServiceDefinition, ServiceError } from "@grpc/grpc-js";
import { spawn, type ChildProcess } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { GRPCBrokerService, GRPCControllerService, GRPCStdioService } from "../wire/generated/goplugin";
import { HealthService } from "../wire/generated/health";
import { ProviderService } from "../wire/generated/tfplugin6";
import { makeCertificate } from "../wire/certificate";

export const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

export interface Started {
  readonly child: ChildProcess;
  /** The first line on standard output, split; empty when the process ended without one. */
  readonly parts: readonly string[];
  readonly stderr: () => string;
  readonly stdout: () => string;
  /** Exit code, or the signal's name. */
  readonly exit: Promise<number | string>;
  call(service: Service, method: string, request: object): Promise<unknown>;
  close(): void;
}

export type Service = "provider" | "controller" | "stdio" | "broker" | "health";
const SERVICES: Readonly<Record<Service, ServiceDefinition>> = {
  provider: ProviderService,
  controller: GRPCControllerService,
  stdio: GRPCStdioService,
  broker: GRPCBrokerService,
  health: HealthService,
};

export interface StartOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly options?: readonly string[];
  /** Whether the launcher presents a certificate; true unless said otherwise. */
  readonly tls?: boolean;
}

export const launcherCertificate = makeCertificate();

/** Spawns `node <plugin>`, and waits for the first line or the end. */
export async function start(plugin: string, { environment = {}, options = [], tls = true }: StartOptions = {}): Promise<Started> {
  const all = {
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    TF_PLUGIN_MAGIC_COOKIE: COOKIE,
    PLUGIN_PROTOCOL_VERSIONS: "6,5",
    PLUGIN_CLIENT_CERT: tls ? launcherCertificate.certificatePem : undefined,
    ...environment,
  };
  const child = spawn(process.execPath, [plugin, ...options], { env: all, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const exit = once(child, "close").then(([code, signal]) => (code ?? signal) as number | string);
  const line = new Promise<void>((resolve) => {
    child.stdout.on("data", () => {
      if (stdout.includes("\n")) resolve();
    });
  });
  await Promise.race([line, exit]);
  const parts = stdout.includes("|") ? (stdout.split("\n")[0] ?? "").split("|") : [];
  const clients = new Map<Service, InstanceType<ReturnType<typeof makeGenericClientConstructor>>>();
  const clientOf = (service: Service) => {
    const known = clients.get(service);
    if (known !== undefined) return known;
    const made = new (makeGenericClientConstructor(SERVICES[service], service))(target(parts), trust(parts), {
      "grpc.max_receive_message_length": -1,
      "grpc.ssl_target_name_override": "localhost",
    });
    clients.set(service, made);
    return made;
  };
  return {
    child,
    parts,
    exit,
    stdout: () => stdout,
    stderr: () => stderr,
    call: (service, method, request) =>
      new Promise((resolve, reject) => {
        const client = clientOf(service) as unknown as Record<string, (...parts: unknown[]) => void>;
        client[method]?.(request, new Metadata(), { deadline: Date.now() + 5_000 }, (failure: ServiceError | null, answer: unknown) => {
          if (failure === null) resolve(answer);
          else reject(failure);
        });
      }),
    close: () => {
      for (const client of clients.values()) client.close();
      child.kill("SIGKILL");
    },
  };
}

function target([, , network, address]: readonly string[]): string {
  return network === "unix" ? `unix://${address ?? ""}` : (address ?? "");
}

/** The certificate of the sixth part is the only one that the launcher trusts. */
export function trust(parts: readonly string[], own = launcherCertificate): ChannelCredentials {
  if (parts[5] === undefined || parts[5] === "") return credentials.createInsecure();
  const server = new X509Certificate(Buffer.from(parts[5], "base64")).toString();
  return credentials.createSsl(Buffer.from(server), Buffer.from(own.privateKeyPem), Buffer.from(own.certificatePem));
}
