/** Cause and fix of a failed TLS handshake: every way to make this machine trust the server that works. */
import { accessSync, constants } from "node:fs";
import type { ExchangeFailure } from "./connection";
import type { RequestSummary } from "./request";

/** Where people set an additional authority, by system. The provider declares these arguments and variables. */
export const CA_SETTINGS: Readonly<Record<string, string>> = {
  Spacelift: "ca_certificate of the spacelift block (or SPACELIFT_CA_CERTIFICATE)",
  "Bitbucket Cloud": "ca_certificate of the bitbucket_cloud block (or BITBUCKET_CA_CERTIFICATE)",
  "Bitbucket Data Center": "ca_certificate of the bitbucket_datacenter block (or BITBUCKET_DATACENTER_CA_CERTIFICATE)",
};

/** Where to set an additional authority for a system. */
export function caSettingOf(system: string): string {
  return CA_SETTINGS[system] ?? "ca_certificate";
}

/** @param proxyHint what to check if requests go through a proxy */
export function tlsCause(
  failure: ExchangeFailure,
  request: RequestSummary,
  proxyHint: string,
): { readonly why: string; readonly fix: string } {
  const target = `${request.system} (${request.url.host})`;
  if (/^(ERR_SSL_|EPROTO$)/.test(failure.code)) {
    return {
      why: `This machine and ${target} could not agree on a TLS connection: ${tlsReason(failure.message)} (${failure.code}).`,
      fix: `Check the scheme and port of the address ${request.url.origin}. A server that expects http instead of https causes the same error. ${proxyHint}`,
    };
  }
  return {
    why: `This machine does not trust the certificate of ${target}: ${failure.message} (${failure.code}).`,
    fix: `${trustHint(failure.code, request)} Otherwise check the address and any proxy in between.`,
  };
}

/** OpenSSL surrounds the reason with numbers and locations in its source. */
function tlsReason(message: string): string {
  return /:SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message.replaceAll(/\s+/g, " ").trim();
}

/** How to make a certificate trusted. Another authority does not help against a wrong name or a date in the past. */
function trustHint(code: string, { url, system, caCertificate }: RequestSummary): string {
  if (/ALTNAME|HOSTNAME/.test(code))
    return `The certificate is for another host: use the name that it was issued for instead of ${url.hostname}.`;
  if (code === "CERT_NOT_YET_VALID") return `Check the clock of this machine and the start date of the certificate of ${url.hostname}.`;
  if (code === "CERT_HAS_EXPIRED") {
    const authority = caCertificate ? " or of the authority in ca_certificate, whichever has expired" : "";
    return `Renew the certificate of ${url.hostname}${authority}.`;
  }
  const setting = caSettingOf(system);
  if (caCertificate) {
    return `The authority in ${setting} did not sign this certificate, and this machine does not know the one that did. Use the certificate of the authority that signed it, and all intermediate certificates if the server does not send them.`;
  }
  const argument = caCertificate === null ? `, or set ${setting} to that file` : "";
  return `${unreadableFiles()}If ${url.hostname} uses a certificate of your own authority, ${machineWays()}${argument}.`;
}

/** Node.js before version 22.15 cannot read the keychain of macOS. */
function machineWays(): string {
  const store =
    process.platform === "darwin" ? "" : "add that authority to the certificate store of the machine where the provider runs, or ";
  return `${store}set NODE_EXTRA_CA_CERTS there to the authority's PEM file (or SSL_CERT_FILE, which then replaces the store for the engine too)`;
}

/** A file that is set but cannot be read is ignored, by Node.js and by the engine. */
function unreadableFiles(): string {
  const sentences = ["SSL_CERT_FILE", "SSL_CERT_DIR", "NODE_EXTRA_CA_CERTS"].flatMap((name) => {
    const paths = (process.env[name] ?? "").split(name === "SSL_CERT_DIR" ? ":" : "\0").filter((path) => path !== "");
    return paths.filter((path) => !isReadable(path)).map((path) => `${name} names ${path}, which cannot be read: correct it. `);
  });
  return sentences.join("");
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
