/** The two addresses of a Bitbucket Data Center server that Spacelift is given, judged: where it calls, and what its users open. */

/** What is wrong with an address, in words. An error can never work; a warning may be meant. */
export interface HostFinding {
  readonly severity: "error" | "warning";
  /** Each kind is a code of its own, because an engine folds warnings of one summary into one. */
  readonly kind: "unencrypted" | "not-for-people" | "rest-path" | "unusable";
  /** Whole sentences; the address is in them. */
  readonly why: string;
  readonly fix: string;
}

const API_HOST_FORMS = "https://bitbucket.example.com, or private://<VCS agent pool> when a VCS agent stands in between";

const API_REST_PATH = "which Spacelift adds by itself";

/** `private://<pool>` with an optional path behind it. */
const THROUGH_AGENTS = /^private:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i;

/** The address that Spacelift calls: `https://…`, `http://…` (a warning), or `private://<VCS agent pool>[/path]`. Undefined when nothing is wrong. */
export function apiHostFinding(address: string): HostFinding | undefined {
  const forms = API_HOST_FORMS;
  if (!goesThroughAgents(address))
    return webAddressFinding(address, forms) ?? plainHttpFinding(address) ?? restPathFinding(address, API_REST_PATH);
  if (THROUGH_AGENTS.test(address)) return undefined;
  return (
    credentialFinding(address) ?? {
      severity: "error",
      kind: "unusable",
      why: `"${address}" does not name a VCS agent pool: the pool's name follows private://, then at most a path.`,
      fix: "Write private://<VCS agent pool>, with the name of the pool as Spacelift shows it.",
    }
  );
}

/** The address that people open in a browser: an http or https URL; one that only a VCS agent can reach gets a warning. Undefined when nothing is wrong. */
export function userFacingHostFinding(address: string): HostFinding | undefined {
  if (!goesThroughAgents(address)) {
    return (
      webAddressFinding(address, "https://bitbucket.example.com") ??
      restPathFinding(address, "and Spacelift makes its links to commits and pull requests from the user-facing host")
    );
  }
  return (
    credentialFinding(address) ?? {
      severity: "warning",
      kind: "not-for-people",
      why: `"${address}" cannot be opened in a browser: Spacelift makes its links to commits and pull requests from the user-facing host.`,
      fix: "Write the URL at which people open Bitbucket; private:// belongs into the API host.",
    }
  );
}

/** True for the form that goes through a VCS agent pool, however the rest is written. */
export function goesThroughAgents(address: string): boolean {
  return /^private:/i.test(address);
}

function webAddressFinding(address: string, forms: string): HostFinding | undefined {
  const error = (why: string, fix: string): HostFinding => ({ severity: "error", kind: "unusable", why, fix });
  if (address.trim() === "") return error("The address is empty.", `Write ${forms}.`);
  const credential = credentialFinding(address);
  if (credential !== undefined) return credential;
  if (/\s/.test(address)) return error(`"${address}" has a space or a line break in it.`, `Write ${forms}.`);
  if (!/^https?:\/\/[^/]/i.test(address) || !URL.canParse(address))
    return error(`"${address}" is not an address of this kind.`, `Write ${forms}.`);
  if (/[?#]/.test(address)) return error(`"${address}" has more than a host and a path.`, "Remove what follows ? or #.");
  return undefined;
}

/** Whoever wrote a user name into an address may have written a password behind it: such an address is never repeated. */
function credentialFinding(address: string): HostFinding | undefined {
  if (!/^\s*[a-z]*:?\/*[^/]*@/i.test(address)) return undefined;
  return {
    severity: "error",
    kind: "unusable",
    why: "The address carries a user name or password, in front of an @.",
    fix: "Remove them: the credential is given by itself.",
  };
}

function plainHttpFinding(address: string): HostFinding | undefined {
  if (!/^http:/i.test(address)) return undefined;
  return {
    severity: "warning",
    kind: "unencrypted",
    why: `"${address}" is not encrypted: Spacelift's access token travels in clear text.`,
    fix: "Write https:// where the server offers it.",
  };
}

function restPathFinding(address: string, because: string): HostFinding | undefined {
  if (!/\/rest(\/|$)/i.test(new URL(address).pathname)) return undefined;
  return {
    severity: "warning",
    kind: "rest-path",
    why: `"${address}" ends in a path of the REST API, ${because}.`,
    fix: "Write the address of the server, with its context path if it has one, and without /rest.",
  };
}
