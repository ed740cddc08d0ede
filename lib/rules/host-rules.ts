/** Rules about the addresses of a Bitbucket Data Center server: the two of an integration, and that in a provider block. */
import { Token } from "cdktf";
import type { Cause } from "../../packages/diagnostics";
import { type DiagnosticCode, apiHostFinding, goesThroughAgents, userFacingHostFinding, type HostFinding } from "../../packages/domain";
import type { BitbucketDatacenterIntegrationProps } from "../bitbucket-datacenter-integration";
import { carriesLogin } from "./credential-rules";
import type { Declarations } from "../declarations";
import type { Finding } from "./finding";

type HostProps = Pick<BitbucketDatacenterIntegrationProps, "apiHost" | "userFacingHost">;

const CODES = {
  unencrypted: "host-not-encrypted",
  "not-for-people": "user-facing-host-private",
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

/** A login in an address is a secret, which credential-rules.ts reports. */
export function* unusableServers({ providers }: Declarations): Generator<Finding> {
  for (const construct of providers) {
    const server = construct.props.bitbucketDatacenter;
    if (server === undefined || Token.isUnresolved(server.url) || carriesLogin(server.url)) continue;
    // A program without types can leave it out.
    const finding = serverFinding(typeof server.url === "string" ? server.url : "");
    if (finding !== undefined) yield { construct, ...finding };
  }
}

/** The provider calls the server itself, and adds the path of the REST API. */
function serverFinding(url: string): Cause | undefined {
  const finding = userFacingHostFinding(url);
  if (finding === undefined) return undefined;
  switch (finding.kind) {
    case "not-for-people":
      return {
        why: `bitbucketDatacenter.url is "${url}". VCS agents carry what Spacelift asks for; webhooks are managed from where the engine runs.`,
        fix: "Write the URL at which that machine reaches the server. private:// belongs into apiHost of the integration.",
      };
    case "rest-path":
      return {
        why: `bitbucketDatacenter.url: "${url}" ends in a path of the REST API, which the provider adds by itself.`,
        fix: finding.fix,
      };
    default:
      return { why: `bitbucketDatacenter.url: ${finding.why}`, fix: finding.fix };
  }
}
