/** What engine and plugin exchange before the first call: environment variables to the plugin, one line back. */
import type { Address } from "./address";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const CORE_PROTOCOL = 1;
export const APP_PROTOCOL = 6;

/** Whether an engine has started this process. */
export function startedByEngine(environment: NodeJS.ProcessEnv): boolean {
  return environment.TF_PLUGIN_MAGIC_COOKIE === COOKIE;
}

/** Whether the engine speaks protocol 6. A launcher that lists no versions checks the version in the handshake line instead. */
export function engineSpeaksProtocol(environment: NodeJS.ProcessEnv): boolean {
  const versions = environment.PLUGIN_PROTOCOL_VERSIONS;
  return versions === undefined || versions === "" || versions.split(",").some((version) => version.trim() === String(APP_PROTOCOL));
}

export interface Handshake {
  readonly network: Address["network"];
  readonly address: string;
  /** The server's certificate; undefined without TLS. */
  readonly certificate: Buffer | undefined;
  /** Whether to add a seventh part. Only if the engine requests it: engines before Terraform 1.9 cannot read it. */
  readonly multiplex: boolean;
}

/** Returns `1|6|unix|/tmp/plugin-abc/s|grpc|<certificate>`, without a line break. The certificate is base64 without padding. */
export function handshakeLine({ network, address, certificate, multiplex }: Handshake): string {
  const encoded = certificate?.toString("base64").replace(/=+$/, "") ?? "";
  return [CORE_PROTOCOL, APP_PROTOCOL, network, address, "grpc", encoded, ...(multiplex ? ["true"] : [])].join("|");
}

/** Returns the value of TF_REATTACH_PROVIDERS. If `Test` is false, engines assume protocol 5 and stop the process. */
export function reattachJson(source: string, pid: number, network: Address["network"], address: string): string {
  return JSON.stringify({
    [source]: { Protocol: "grpc", ProtocolVersion: APP_PROTOCOL, Pid: pid, Test: true, Addr: { Network: network, String: address } },
  });
}
