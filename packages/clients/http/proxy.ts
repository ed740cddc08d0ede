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
        why: `${describeInvalidProxies()} is not the address of an http or https proxy.`,
        fix: "Set the variable to the complete address of the proxy, starting with http://, or unset it.",
      },
      { kind: "bad-input", execution: "no" },
    );
  }
}

/** The variables with an unusable address. A value with an @ may contain a password, so it is not shown. */
function describeInvalidProxies(): string {
  const invalid = ["HTTP_PROXY", "HTTPS_PROXY"].filter((name) => !/^(|https?:\/\/[^/].*)$/i.test(readVariable(name)));
  const described = invalid.map((name) => (readVariable(name).includes("@") ? name : `${name} (${readVariable(name)})`));
  return described.length === 0 ? "HTTP_PROXY or HTTPS_PROXY" : described.join(" and ");
}

/** The engine, like most programs, applies a domain name to all its subdomains. */
function withSubdomains(hosts: string): string {
  return hosts
    .split(/[,\s]+/)
    .filter((host) => host !== "")
    .flatMap((host) => (/^[.*]/.test(host) ? [host] : [host, `.${host}`]))
    .join(",");
}
