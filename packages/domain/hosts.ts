/** Validates the two addresses of a Data Center server that Spacelift receives: the one that Spacelift calls, and the one that people open. */
import { parsedUrl } from "./parsed-url";
import type { DiagnosticCode } from "./catalog";

/** A problem with an address. An address with an error can never work; one with a warning may be intended. */
export interface HostFinding {
  readonly severity: "error" | "warning";
  readonly kind: "unencrypted" | "private" | "rest-path" | "unusable";
  /** Complete sentences that include the address, unless it contains a credential. */
  readonly why: string;
  readonly fix: string;
}

/** The diagnostic code of each kind. Every kind has its own, because an engine merges warnings with the same summary. */
export const HOST_FINDING_CODES = {
  unencrypted: "host-not-encrypted",
  private: "user-facing-host-private",
  "rest-path": "host-with-rest-path",
  unusable: "value-not-allowed",
} as const satisfies Readonly<Record<HostFinding["kind"], DiagnosticCode>>;

const API_HOST_FORMS = "https://bitbucket.example.com, or private://<VCS agent pool> if Spacelift connects through a VCS agent";

const USER_FACING_HOST_FORM = "https://bitbucket.example.com";

const LINKS_NOTE = "Spacelift builds its links to commits and pull requests from the user-facing host";

/** `private://<pool>`, optionally followed by a path. */
const VCS_AGENT_ADDRESS = /^private:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i;

/** Checks the address that Spacelift calls: `https://…`, `http://…` (a warning), or `private://<VCS agent pool>[/path]`. */
export function apiHostFinding(address: string): HostFinding | undefined {
  if (goesThroughAgents(address)) return vcsAgentAddressFinding(address);
  return (
    webAddressFinding(address, API_HOST_FORMS) ?? plainHttpFinding(address) ?? restPathFinding(address, "Spacelift adds that path itself.")
  );
}

/** Checks the address that people open in a browser: an http or https URL. An address that only VCS agents can reach is a warning. */
export function userFacingHostFinding(address: string): HostFinding | undefined {
  if (goesThroughAgents(address)) return credentialFinding(address) ?? privateFinding(address);
  return webAddressFinding(address, USER_FACING_HOST_FORM) ?? restPathFinding(address, `${LINKS_NOTE}.`);
}

/** Whether the address has the scheme of a VCS agent pool. The rest of the address may still be invalid. */
export function goesThroughAgents(address: string): boolean {
  return /^private:/i.test(address);
}

function vcsAgentAddressFinding(address: string): HostFinding | undefined {
  if (VCS_AGENT_ADDRESS.test(address)) return undefined;
  return (
    credentialFinding(address) ??
    unusableFinding(
      `"${address}" does not name a VCS agent pool. private:// must be followed by the name of the pool, and optionally a path.`,
      "Use private://<VCS agent pool> with the name of the pool as Spacelift shows it.",
    )
  );
}

function webAddressFinding(address: string, forms: string): HostFinding | undefined {
  if (address.trim() === "") return unusableFinding("The address is empty.", `Use ${forms}.`);
  const credential = credentialFinding(address);
  if (credential !== undefined) return credential;
  if (/\s/.test(address)) return unusableFinding(`"${address}" contains a space or a line break.`, `Use ${forms}.`);
  if (!/^https?:\/\/[^/]/i.test(address) || parsedUrl(address) === undefined)
    return unusableFinding(`"${address}" is not a supported address.`, `Use ${forms}.`);
  if (/[?#]/.test(address)) return unusableFinding(`"${address}" contains a query or a fragment.`, "Remove everything from the ? or # on.");
  return undefined;
}

/** Whether an address has a user name, with or without a password, before the host. A message must not contain such an address. */
export function containsLogin(address: string): boolean {
  return /^\s*[a-z]*:?\/*[^/]*@/i.test(address);
}

/** An address with a user name may also contain a password, so the message never includes such an address. */
function credentialFinding(address: string): HostFinding | undefined {
  if (!containsLogin(address)) return undefined;
  return unusableFinding(
    "The address contains a user name or password before an @.",
    "Remove the login from the address, and configure it separately.",
  );
}

function unusableFinding(why: string, fix: string): HostFinding {
  return { severity: "error", kind: "unusable", why, fix };
}

function privateFinding(address: string): HostFinding {
  return {
    severity: "warning",
    kind: "private",
    why: `"${address}" cannot be opened in a browser. ${LINKS_NOTE}.`,
    fix: "Use the URL at which people open Bitbucket. A private:// address is meant for the API host.",
  };
}

function plainHttpFinding(address: string): HostFinding | undefined {
  if (!/^http:/i.test(address)) return undefined;
  return {
    severity: "warning",
    kind: "unencrypted",
    why: `"${address}" is not encrypted: Spacelift sends its access token in clear text.`,
    fix: "Use https:// if the server supports it.",
  };
}

function restPathFinding(address: string, consequence: string): HostFinding | undefined {
  if (!/\/rest(\/|$)/i.test(new URL(address).pathname)) return undefined;
  return {
    severity: "warning",
    kind: "rest-path",
    why: `"${address}" includes the path of the REST API. ${consequence}`,
    fix: "Use the address of the server without /rest, including its context path if it has one.",
  };
}
