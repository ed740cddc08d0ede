/** Rule: the two addresses of a Bitbucket Data Center integration are usable. An unusual address that may be intended is a warning. */
import { Token } from "cdktf";
import { renderCode } from "../../packages/diagnostics";
import {
  apiHostFinding,
  codePage,
  goesThroughAgents,
  HOST_FINDING_CODES,
  userFacingHostFinding,
  type HostFinding,
} from "../../packages/domain";
import type { Declarations, IntegrationDeclaration } from "./declarations";
import type { Finding } from "./finding";

type HostProps = Pick<IntegrationDeclaration["props"], "apiHost" | "userFacingHost">;

export function* unusableHosts({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    if (construct.product !== "datacenter") continue;
    for (const { severity, why, fix } of findHostProblems(construct.props)) if (severity === "error") yield { construct, why, fix };
  }
}

/** Warnings about unusual addresses, as texts for the annotations of the integration. */
export function findHostWarnings(props: HostProps): readonly string[] {
  const warnings = findHostProblems(props).filter(({ severity }) => severity === "warning");
  return warnings.map(({ kind, why, fix }) => `${why} ${fix} ${renderCode(HOST_FINDING_CODES[kind], codePage)}`);
}

/** Each finding names its prop. Tokens are not checked, because Terraform checks them when they are known. */
function findHostProblems({ apiHost, userFacingHost }: HostProps): readonly HostFinding[] {
  const findings = [findingFor("apiHost", apiHost, apiHostFinding)];
  if (userFacingHost !== undefined) findings.push(findingFor("userFacingHost", userFacingHost, userFacingHostFinding));
  else if (typeof apiHost === "string" && goesThroughAgents(apiHost)) findings.push(MISSING_USER_FACING_HOST);
  return findings.filter((finding) => finding !== undefined);
}

const MISSING_USER_FACING_HOST: HostFinding = {
  severity: "error",
  kind: "unusable",
  why: "userFacingHost is missing, and people cannot open an apiHost of the form private://….",
  fix: "Set userFacingHost to the URL that people open in a browser.",
};

function findingFor(prop: string, address: unknown, check: (address: string) => HostFinding | undefined): HostFinding | undefined {
  if (Token.isUnresolved(address)) return undefined;
  // An untyped program may omit the address.
  const finding = check(typeof address === "string" ? address : "");
  return finding && { ...finding, why: `${prop}: ${finding.why}` };
}
