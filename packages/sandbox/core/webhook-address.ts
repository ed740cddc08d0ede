// Checks the URL of a webhook: it must be http or https, and the rule can forbid private addresses. Host names are never resolved.
import { parsedUrl } from "./parsed-url";
import { BlockList, isIPv4, isIPv6 } from "node:net";

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const)
  PRIVATE.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  PRIVATE.addSubnet(network, prefix, "ipv6");

export interface AddressRule {
  /** Private and loopback addresses. paired: rejected, except the sandbox's own Spacelift; strict: all rejected; any: all accepted. */
  readonly mode: "any" | "paired" | "strict";
  /** The origins of the sandbox's own Spacelift. */
  readonly paired: readonly string[];
}

/** Undefined if the address is valid. */
export function findAddressProblem(value: string, { mode, paired }: AddressRule): "invalid" | "internal" | undefined {
  const url = parsedUrl(value);
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) return "invalid";
  if (mode === "any" || !isPrivate(url.hostname)) return undefined;
  return mode === "paired" && paired.includes(url.origin) ? undefined : "internal";
}

function isPrivate(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replaceAll(/^\[|\]$/g, "")
    .replace(/\.$/, "");
  if (isIPv4(host)) return PRIVATE.check(host, "ipv4");
  if (isIPv6(host)) return PRIVATE.check(host, "ipv6");
  return host === "localhost" || host.endsWith(".localhost");
}
