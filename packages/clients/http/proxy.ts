/** The proxy settings of the environment: HTTP_PROXY, HTTPS_PROXY, and NO_PROXY, in upper or lower case. */
import { problem } from "../../domain";

function readVariable(name: string): string {
  return process.env[name.toLowerCase()] ?? process.env[name] ?? "";
}

export function isProxied(): boolean {
  return readVariable("HTTP_PROXY") !== "" || readVariable("HTTPS_PROXY") !== "";
}

/**
 * Creates an agent for connections through the proxy.
 * @param create receives the hosts that are reached without the proxy
 * @throws Problem `provider-setting-invalid`, without the proxy's address: it may contain a password
 */
export function createProxyAgent<Agent>(create: (noProxy: string) => Agent): Agent {
  try {
    return create(withSubdomains(readVariable("NO_PROXY")));
  } catch {
    throw problem(
      "provider-setting-invalid",
      {
        why: "HTTP_PROXY or HTTPS_PROXY is not the address of an http or https proxy.",
        fix: "Set both variables to the complete address of the proxy, starting with http://, or unset them.",
      },
      { kind: "bad-input", execution: "no" },
    );
  }
}

/** The engine, like most programs, applies a domain name to all its subdomains. */
function withSubdomains(hosts: string): string {
  return hosts
    .split(/[,\s]+/)
    .filter((host) => host !== "")
    .flatMap((host) => (/^[.*]/.test(host) ? [host] : [host, `.${host}`]))
    .join(",");
}
