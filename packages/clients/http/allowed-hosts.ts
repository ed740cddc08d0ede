/**
 * BITLIFT_ALLOWED_HOSTS: the only hosts that may receive a credential, whatever the configuration says. There is no argument for it, because a
 * change of the configuration must not be able to change it.
 */
import { parsedUrl, problem } from "../../domain";

const VARIABLE = "BITLIFT_ALLOWED_HOSTS";

type Environment = Readonly<Record<string, string | undefined>>;

/** An address, and what names it: an argument or a variable. */
interface PlacedAddress {
  readonly value: string;
  readonly name: string;
  /** Path of the argument; empty for a variable. */
  readonly at: readonly string[];
}

interface AllowedHost {
  readonly hostname: string;
  /** Null allows every port. */
  readonly port: string | null;
}

/** Whether the variable is unset or lists the host of this address. @throws Problem `provider-setting-invalid` for a list that cannot be read */
function isAllowedHost(address: string, environment: Environment): boolean {
  const allowed = allowedHosts(environment);
  if (allowed === null) return true;
  const { hostname, port, protocol } = new URL(address);
  const effectivePort = port === "" ? (protocol === "http:" ? "80" : "443") : port;
  return allowed.some((host) => host.hostname === hostname && (host.port === null || host.port === effectivePort));
}

/** @throws Problem `address-not-allowed`, before any request */
export function requireAllowedHost({ value, name, at }: PlacedAddress, environment: Environment): void {
  if (isAllowedHost(value, environment)) return;
  const { host } = new URL(value);
  throw problem("address-not-allowed", {
    why: `${name} is ${value}, but ${VARIABLE} allows credentials only at: ${environment[VARIABLE] ?? ""}.`,
    fix: `Correct the address. If credentials may be sent to ${host}, add ${host} to ${VARIABLE} in the environment of this command.`,
    at,
  });
}

/** Null if the variable is unset or empty, which allows every host. */
function allowedHosts(environment: Environment): readonly AllowedHost[] | null {
  const list = environment[VARIABLE];
  if (list === undefined || list === "") return null;
  return list
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map(parseHost);
}

/** Compares the names of hosts without regard to case. Supports no wildcards, so that the list matches exactly the hosts that people read in it. */
function parseHost(entry: string): AllowedHost {
  const [, host, port] = /^([^\s.:/\\@?#%*[\]][^\s:/\\@?#%*[\]]*|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i.exec(entry) ?? [];
  const url = parsedUrl(`http://${host ?? ""}`);
  if (host === undefined || host.endsWith(".") || url === undefined) {
    throw problem("provider-setting-invalid", {
      why: `${VARIABLE} contains "${entry.includes("@") ? "an address with an @" : entry}", which is not the name of a host.`,
      fix: `List hosts with commas between them, each with its port if only that port is allowed: ${VARIABLE}=api.bitbucket.org,bitbucket.acme.example:7990,[fd00::1]. Schemes, paths, and wildcards are not supported.`,
    });
  }
  // The URL parser writes addresses of version 6, and international names, in the form that it also gives to the addresses that are compared.
  return { hostname: url.hostname, port: port === undefined ? null : String(Number(port)) };
}
