/** The way out through a proxy, as the environment has it: HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in small letters too. */
import { problem } from "../../domain";

function variable(name: string): string {
  return process.env[name.toLowerCase()] ?? process.env[name] ?? "";
}

export function isProxied(): boolean {
  return variable("HTTP_PROXY") !== "" || variable("HTTPS_PROXY") !== "";
}

/**
 * Makes the connections that go through the proxy; they are told which hosts do not.
 * @throws Problem `provider-setting-invalid`; the proxy's address may carry a password, and is never repeated
 */
export function proxiedBy<Made>(make: (noProxy: string) => Made): Made {
  try {
    return make(withSubdomains(variable("NO_PROXY")));
  } catch {
    throw problem(
      "provider-setting-invalid",
      {
        why: "HTTP_PROXY or HTTPS_PROXY is not the address of an http or https proxy.",
        fix: "Write the whole address of the proxy, beginning with http://, in both variables, or unset them.",
      },
      { kind: "bad-input", execution: "no" },
    );
  }
}

/** To the engine, and to most programs, the name of a domain stands for all that is in it. */
function withSubdomains(hosts: string): string {
  return hosts
    .split(/[,\s]+/)
    .filter((host) => host !== "")
    .flatMap((host) => (/^[.*]/.test(host) ? [host] : [host, `.${host}`]))
    .join(",");
}
