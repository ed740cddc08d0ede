/** What an engine and a plugin tell each other before the first call: environment variables one way, one line the other way. */
import type { Address } from "./address";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const CORE_PROTOCOL = 1;
export const APP_PROTOCOL = 6;

/** Whether an engine has started this process. */
export function startedByEngine(environment: NodeJS.ProcessEnv): boolean {
  return environment.TF_PLUGIN_MAGIC_COOKIE === COOKIE;
}

/** Whether the engine speaks protocol 6. Launchers that do not say are taken at their word in the handshake line. */
export function engineSpeaksProtocol(environment: NodeJS.ProcessEnv): boolean {
  const versions = environment.PLUGIN_PROTOCOL_VERSIONS;
  return versions === undefined || versions === "" || versions.split(",").some((version) => version.trim() === String(APP_PROTOCOL));
}

export interface Handshake {
  readonly network: Address["network"];
  readonly address: string;
  /** The server's certificate; undefined without TLS. */
  readonly certificate: Buffer | undefined;
  /** Engines before Terraform 1.9 cannot read a seventh part, so it is there only when asked for. */
  readonly multiplex: boolean;
}

/** `1|6|unix|/tmp/plugin-abc/s|grpc|<certificate>`, without the line's end. The certificate is base64 without padding. */
export function handshakeLine({ network, address, certificate, multiplex }: Handshake): string {
  const encoded = certificate?.toString("base64").replace(/=+$/, "") ?? "";
  return [CORE_PROTOCOL, APP_PROTOCOL, network, address, "grpc", encoded, ...(multiplex ? ["true"] : [])].join("|");
}

/** The value of TF_REATTACH_PROVIDERS. With `Test` false engines take the process for protocol 5, and stop it. */
export function reattachJson(source: string, pid: number, network: Address["network"], address: string): string {
  return JSON.stringify({
    [source]: { Protocol: "grpc", ProtocolVersion: APP_PROTOCOL, Pid: pid, Test: true, Addr: { Network: network, String: address } },
  });
}
