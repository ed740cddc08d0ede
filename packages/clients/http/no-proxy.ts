/** NO_PROXY by the rules of the engine (Go's httpproxy): hosts, domains, IP addresses and ranges, each with an optional port except ranges. */
import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";

type Rule = (host: string, port: string) => boolean;

/** Returns whether an address is reached without the proxy. Names are not resolved, so a range matches only addresses that are written as numbers. */
export function parseNoProxy(text: string): (url: URL) => boolean {
  const rules = text
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((entry) => entry !== "")
    .map(parseRule);
  return (url) => {
    const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
    const port = url.port === "" ? DEFAULT_PORTS[url.protocol] : url.port;
    return rules.some((rule) => rule(host, port ?? ""));
  };
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443" };

function parseRule(entry: string): Rule {
  if (entry === "*") return () => true;
  return parseRange(entry) ?? parseHost(entry);
}

/** `10.0.0.0/8`, `fd00::/8`. */
function parseRange(entry: string): Rule | undefined {
  const [, address = "", prefix = ""] = /^([\da-f.:]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const version = isIP(address);
  if (version === 0 || Number(prefix) > (version === 4 ? 32 : 128)) return undefined;
  return addressRule((list) => list.addSubnet(address, Number(prefix), family(address)));
}

/** `git.example.com`, `.example.com`, `*.example.com`, `10.1.2.3`, `fd00::1`, each also with a port. */
function parseHost(entry: string): Rule {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  const host = bracketed ?? plain ?? entry;
  const matches = isIP(host) === 0 ? domainRule(host) : addressRule((list) => list.addAddress(host, family(host)));
  return (candidate, candidatePort) => (port === undefined || port === candidatePort) && matches(candidate, candidatePort);
}

/** A name also matches its subdomains. With a leading dot or asterisk, it matches only them. */
function domainRule(text: string): Rule {
  const name = text.replace(/^\*?\./, "");
  const subdomains = `.${domainToASCII(name) || name}`;
  return (host) => isIP(host) === 0 && (host.endsWith(subdomains) || (name === text && `.${host}` === subdomains));
}

function addressRule(fill: (list: BlockList) => void): Rule {
  const list = new BlockList();
  fill(list);
  return (host) => isIP(host) !== 0 && list.check(host, family(host));
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}
