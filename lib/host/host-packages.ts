/** The packages of the two host frameworks, and the error if the one that an entry of this package needs is not installed. */
import { validationError } from "../validation-error";

/** Both names, and what an app imports for each. */
export const ENTRIES = { cdktf: "bitlift", cdktn: "bitlift/cdktn" } as const;
export type HostName = keyof typeof ENTRIES;

/** What to install. Without a version, npm takes one of constructs that the host accepts. */
const INSTALL: Readonly<Record<HostName, string>> = {
  cdktf: "npm install cdktf constructs",
  cdktn: "npm install cdktn constructs",
};

/** @throws Problem `host-missing` if the host is not installed. Every other error of `load` stays as it is. */
export function requireHost(host: HostName, load: () => unknown): void {
  try {
    load();
  } catch (thrown) {
    throw isMissing(host, thrown) ? missing(host) : thrown;
  }
}

/** The other host. */
export function otherHost(host: HostName): HostName {
  return host === "cdktf" ? "cdktn" : "cdktf";
}

function missing(host: HostName): Error {
  const other = otherHost(host);
  const otherIsInstalled = isInstalled(other);
  const change = `Import ${quoted(other)} instead of ${quoted(host)}`;
  return validationError("host-missing", {
    why: `"${ENTRIES[host]}" is for ${host}, and Node.js does not find the package ${host} from ${__dirname}.${otherIsInstalled ? ` The package ${other} is installed.` : ""}`,
    fix: otherIsInstalled
      ? `${change}, and the same for the paths below it, such as "${ENTRIES[other]}/app". Or install the other host: ${INSTALL[host]}`
      : `Install it: ${INSTALL[host]}`,
  });
}

/** A package of the host itself can be missing too. That is another mistake. */
function isMissing(host: HostName, thrown: unknown): boolean {
  const { code, message } = thrown instanceof Error ? (thrown as NodeJS.ErrnoException) : { code: undefined, message: "" };
  return code === "MODULE_NOT_FOUND" && message.startsWith(`Cannot find module '${host}'`);
}

function isInstalled(host: HostName): boolean {
  try {
    require.resolve(host);
    return true;
  } catch {
    return false;
  }
}

function quoted(host: HostName): string {
  return JSON.stringify(ENTRIES[host]);
}
