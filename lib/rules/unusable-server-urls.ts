/** Rule: the provider can call the URL of a Bitbucket Data Center server. */
import { Token } from "cdktf";
import type { Cause } from "../../packages/diagnostics";
import { userFacingHostFinding } from "../../packages/domain";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";
import { containsLogin } from "./logins-in-addresses";

export function* unusableServerUrls({ providers }: Declarations): Generator<Finding> {
  for (const construct of providers) {
    const server = construct.props.bitbucketDatacenter;
    // A URL that contains a login is reported by the rule in logins-in-addresses.ts.
    // Without a URL, the provider uses the one of the environment.
    if (server?.url === undefined || Token.isUnresolved(server.url) || containsLogin(server.url)) continue;
    const cause = causeOf(server.url);
    if (cause !== undefined) yield { construct, ...cause };
  }
}

/** The provider calls the server itself and appends the path of the REST API. */
function causeOf(url: string): Cause | undefined {
  const finding = userFacingHostFinding(url);
  if (finding === undefined) return undefined;
  switch (finding.kind) {
    case "private":
      return {
        why: `bitbucketDatacenter.url is "${url}". Only Spacelift connects through VCS agents. The machine that runs the engine manages the webhooks and calls the server directly.`,
        fix: "Set it to a URL of the server that this machine can reach. A private:// address is meant for apiHost of the integration.",
      };
    case "rest-path":
      return {
        why: `bitbucketDatacenter.url: "${url}" includes the path of the REST API, which the provider appends.`,
        fix: finding.fix,
      };
    default:
      return { why: `bitbucketDatacenter.url: ${finding.why}`, fix: finding.fix };
  }
}
