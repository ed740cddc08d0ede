// Reports the version of the server and the name of the caller.
import type { Operation } from "./operation";
import { formatBuildNumber, formatFullVersion } from "./version";

/** The same for all versions. */
const BUILD_DATE = "1735689600000";

export const serverOperations: readonly Operation[] = [
  {
    method: "GET",
    path: "/application-properties",
    operation: "getApplicationProperties",
    caller: "anyone",
    handle: ({ state }) => {
      const { version } = state.switches;
      const properties = { version: formatFullVersion(version), buildNumber: formatBuildNumber(version), buildDate: BUILD_DATE };
      return { status: 200, body: { ...properties, displayName: "Bitbucket" } };
    },
  },
  {
    method: "GET",
    api: "site",
    path: "/plugins/servlet/applinks/whoami",
    operation: "whoAmI",
    caller: "anyone",
    handle: ({ caller }) => ({ status: 200, headers: { "content-type": "text/plain;charset=UTF-8" }, body: caller?.name ?? "" }),
  },
];
