/** `bitlift_bitbucket_datacenter_integration`: the connection through which Spacelift reads a Bitbucket Data Center server. */
import { error, warning, type DiagnosticCode, apiHostFinding, userFacingHostFinding, type HostFinding } from "../../domain";
import { optional, required, writeOnly } from "../../terraform-plugin";
import { bitbucketIntegration } from "./bitbucket-integration";

/** Engines fold warnings of one summary, so that each kind has its own. */
const HOST_CODES = {
  unencrypted: "host-not-encrypted",
  "not-for-people": "user-facing-host-private",
  "rest-path": "host-with-rest-path",
  unusable: "value-not-allowed",
} as const satisfies Readonly<Record<HostFinding["kind"], DiagnosticCode>>;

/** Each address, and the rule that it has to meet. */
const HOSTS = { api_host: apiHostFinding, user_facing_host: userFacingHostFinding };

export const bitbucketDatacenterIntegration = bitbucketIntegration({
  product: "datacenter",
  summary: "A connection between Spacelift and a Bitbucket Data Center server, as the source of code for stacks and modules.",
  description:
    "The access token belongs to an account of its own, with read access to the projects and repositories that Spacelift reads; it is made there under Manage account, " +
    "HTTP access tokens (on older servers Personal access tokens), with the permissions project read and repository read (guides from before June 2024 ask for write; Spacelift needs no more than read). Exactly one of `access_token_env`, " +
    "or `access_token_wo` with `access_token_wo_version`. The token itself is stored nowhere. The webhook secret is not an attribute at all: " +
    "webhook resources fetch it from Spacelift when they are applied, and only its fingerprint is known here. " +
    "Where Spacelift cannot reach the server, `api_host` names a VCS agent pool: `private://<pool>`; its agents need private workers. " +
    "`user_facing_host` stays an address that people can open.",
  own: {
    api_host: required.string("Address at which Spacelift calls the server: `https://…`, `http://…`, or `private://<VCS agent pool>`."),
    user_facing_host: required.string("Address at which people open the server; Spacelift makes its links from it."),
    username: required.string("User name of the account that the access token belongs to."),
    access_token_env: optional.string(
      "Name of the environment variable, where the provider runs, that holds the HTTP access token for Spacelift. A new value rolls out by itself.",
    ),
    access_token_wo: writeOnly.string("The access token itself; sent when `access_token_wo_version` changes.", {
      sensitive: true,
      alternative: "access_token_env",
    }),
    access_token_wo_version: optional.string("Any text; a change sends `access_token_wo` again."),
  },
  forms: [
    {
      generation: "v1",
      login: "username",
      env: "access_token_env",
      writeOnly: "access_token_wo",
      version: "access_token_wo_version",
      fields: { username: "username", api_host: "apiHost", user_facing_host: "userFacingHost" },
    },
  ],
  judge(config, report) {
    for (const [argument, findingOf] of Object.entries(HOSTS)) {
      const address = config[argument];
      const finding = typeof address === "string" ? findingOf(address) : undefined;
      if (finding === undefined) continue;
      const { why, fix, kind, severity } = finding;
      report.add((severity === "error" ? error : warning)(HOST_CODES[kind], { why, fix, at: [argument] }));
    }
  },
  raises: ["host-not-encrypted", "user-facing-host-private", "host-with-rest-path"],
});
