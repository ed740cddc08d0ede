/** The rules for the address of each login: its form, and the hosts that may receive a credential. */
import { problem } from "../../domain";
import { requireAllowedHost } from "../../clients";
import { parseHttpAddress, type PlacedValue } from "./http-address";
import type { LoginSystem } from "./login-systems";
import type { Environment } from "./provider-variables";

/**
 * The address without trailing slashes.
 * @throws Problem `provider-setting-invalid`, `address-not-allowed`
 */
export function parseLoginAddress(system: LoginSystem, placed: PlacedValue, environment: Environment): string {
  const address = parseHttpAddress(placed);
  if (system.name === "spacelift") requireAccountAddress(placed, address);
  if (system.name === "bitbucket_datacenter") requireServerAddress(placed, address);
  if (system.name === "bitbucket_cloud") requireApiAddress(placed, address, system.defaultAddress ?? "");
  requireAllowedHost({ ...placed, value: address }, environment);
  return address;
}

/** Without encryption, anyone on the network path could read the credential. */
function requireAccountAddress({ name, at }: PlacedValue, address: string): void {
  const { hostname, protocol } = new URL(address);
  if (protocol === "https:" || !hostname.endsWith(".spacelift.io")) return;
  throw problem("provider-setting-invalid", {
    why: `${name} is "${address}", which is not encrypted.`,
    fix: `Set ${name} to https://${hostname}.`,
    at,
  });
}

function requireServerAddress({ name, at }: PlacedValue, address: string): void {
  const { pathname } = new URL(address);
  const restPath = /\/rest(\/.*)?$/.exec(pathname)?.[0];
  if (restPath === undefined) return;
  throw problem("provider-setting-invalid", {
    why: `${name} is "${address}", which is an address of the REST API, not of the server.`,
    fix: `Set ${name} to the address of the server, including its context path if it has one: ${address.slice(0, -restPath.length)}`,
    at,
  });
}

function requireApiAddress({ name, at }: PlacedValue, address: string, standard: string): void {
  const { hostname, origin, pathname } = new URL(address);
  const isBitbucketOrg = ["bitbucket.org", "www.bitbucket.org", "api.bitbucket.org"].includes(hostname);
  if (isBitbucketOrg && `${origin}${pathname}` !== standard) {
    throw problem("provider-setting-invalid", {
      why: `${name} is "${address}", which is not the address of Bitbucket Cloud's REST API.`,
      fix: `Set ${name} to ${standard}, or remove it: this is its default.`,
      at,
    });
  }
  if (!/\/rest(\/|$)/.test(pathname)) return;
  throw problem("provider-setting-invalid", {
    why: `${name} is "${address}". Its path is that of a Bitbucket Data Center server, not of Bitbucket Cloud.`,
    fix: `For a server, use the bitbucket_datacenter block and the bitbucket_datacenter resources. For Bitbucket Cloud, remove ${name}: its default is ${standard}.`,
    at,
  });
}
