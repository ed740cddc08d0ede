/** Rules about the two addresses of a Bitbucket Data Center server. */
import { Token } from "cdktf";
import type { DiagnosticCode } from "../diagnostics";
import { apiHostFinding, goesThroughAgents, userFacingHostFinding, type HostFinding } from "../vocabulary/hosts";
import type { BitbucketDatacenterIntegrationProps } from "./bitbucket-datacenter-integration";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

type HostProps = Pick<BitbucketDatacenterIntegrationProps, "apiHost" | "userFacingHost">;

const CODES = {
  unencrypted: "host-not-encrypted",
  "not-for-people": "host-not-for-people",
  "rest-path": "host-with-rest-path",
  unusable: "value-not-allowed",
} as const satisfies Record<HostFinding["kind"], DiagnosticCode>;

/** What is unusual with the addresses and may be meant, for annotations. */
export function hostWarnings(props: HostProps): readonly string[] {
  const unusual = hostFindings(props).filter(({ severity }) => severity === "warning");
  return unusual.map(({ kind, why, fix }) => `${why} ${fix} (${CODES[kind]})`);
}

/** What is wrong or unusual with the addresses, each with the name of its prop. What is a token is left to Terraform. */
function hostFindings({ apiHost, userFacingHost }: HostProps): readonly HostFinding[] {
  const judged = (prop: string, address: unknown, findingOf: (address: string) => HostFinding | undefined): readonly HostFinding[] => {
    if (Token.isUnresolved(address)) return [];
    const finding = findingOf(typeof address === "string" ? address : "");
    return finding === undefined ? [] : [{ ...finding, why: `${prop}: ${finding.why}` }];
  };
  return [...judged("apiHost", apiHost, apiHostFinding), ...userFacing()];

  function userFacing(): readonly HostFinding[] {
    if (userFacingHost !== undefined) return judged("userFacingHost", userFacingHost, userFacingHostFinding);
    if (typeof apiHost !== "string" || !goesThroughAgents(apiHost)) return [];
    return [
      {
        severity: "error",
        kind: "unusable",
        why: "userFacingHost is missing, and nobody can open an apiHost of the form private://….",
        fix: "Give userFacingHost the URL at which people open Bitbucket.",
      },
    ];
  }
}

export function* unusableHosts({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    if (construct.product !== "datacenter") continue;
    // The product says which props they are; a class to ask would be imported in a circle.
    const props = construct.props as BitbucketDatacenterIntegrationProps;
    for (const { severity, why, fix } of hostFindings(props)) if (severity === "error") yield { construct, why, fix };
  }
}
