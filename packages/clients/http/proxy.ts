/** The proxy settings of the environment: HTTP_PROXY, HTTPS_PROXY, and NO_PROXY, in upper or lower case. */
import { problem } from "../../domain";
import { parseNoProxy } from "./no-proxy";

/**
 * Reads the environment. Returns a function that selects the agent for a request.
 * @param direct the agent for connections without a proxy
 * @param create creates an agent for connections through the proxy at an address
 * @throws Problem `provider-setting-invalid`
 */
export function selectByProxy<Agent>(direct: Agent, create: (address: string) => Agent): (url: URL) => Agent {
  const httpAgent = createAgent("HTTP_PROXY", direct, create);
  const httpsAgent = createAgent("HTTPS_PROXY", httpAgent, create);
  const isExempt = parseNoProxy(readVariable("NO_PROXY").value);
  return (url) => {
    // A proxy is only for requests that leave this machine.
    if (isLoopback(url.hostname) || isExempt(url)) return direct;
    return url.protocol === "https:" ? httpsAgent : httpAgent;
  };
}

function createAgent<Agent>(variable: string, otherwise: Agent, create: (address: string) => Agent): Agent {
  const { name, value } = readVariable(variable);
  if (value === "") return otherwise;
  try {
    return create(value);
  } catch {
    // An address with an @ may contain a password.
    throw problem(
      "provider-setting-invalid",
      {
        why: `${name}${value.includes("@") ? "" : ` (${value})`} is not the address of an http or https proxy.`,
        fix: `Set ${name} to the complete address of the proxy, starting with http:// or https://, or unset it.`,
      },
      { kind: "bad-input", execution: "no" },
    );
  }
}

function readVariable(name: string): { readonly name: string; readonly value: string } {
  const lowerCase = name.toLowerCase();
  const value = process.env[lowerCase];
  return value === undefined ? { name, value: process.env[name] ?? "" } : { name: lowerCase, value };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d+){3}$/.test(host);
}
