/** The resource `bitlift_bitbucket_datacenter_integration`: the connection through which Spacelift reads a Bitbucket Data Center server. */
import {
  apiHostFinding,
  error,
  HOST_FINDING_CODES,
  INTEGRATION_CREDENTIALS,
  markerFault,
  userFacingHostFinding,
  userNameFault,
  warning,
  type DiagnosticCode,
  type HostFinding,
} from "../../domain";
import { optional, required, writeOnly, type Report, type Unknown } from "../../terraform-plugin";
import { resource } from "../configuration/clients";
import type { ArgumentValues, CredentialArguments } from "../credentials/credential-arguments";
import { moveFromPublished } from "../published-state";
import type { ResourceReference } from "../resource-reference";
import type { Views } from "../resource-handlers";
import { IDENTITY_ATTRIBUTES, SETTING_ATTRIBUTES } from "./integration-attributes";
import { INTEGRATION_IMPORT_ID, INTEGRATION_RAISES, INTEGRATION_REFERENCE, integrationHandlers } from "./integration-resource";
import { fromPublishedIntegration } from "./published-integration";

const productAttributes = {
  api_host: required.string("URL at which Spacelift calls the server: `https://…`, `http://…`, or `private://<VCS agent pool>`."),
  user_facing_host: required.string("URL at which people open the server. Spacelift builds its links from it."),
  username: required.string("User name of the account that owns the access token.", { check: userNameFault }),
  access_token_env: optional.string(
    "Name of the environment variable that contains the HTTP access token for Spacelift. Set the variable where the provider runs. The provider detects a new value and sends it.",
  ),
  access_token_wo: writeOnly.string("Access token for Spacelift. Sent when `access_token_wo_version` changes.", {
    alternative: "access_token_env",
  }),
  access_token_wo_version: optional.string("Arbitrary text. Changing it sends `access_token_wo` again.", { check: markerFault }),
};

const attributes = { ...IDENTITY_ATTRIBUTES, ...productAttributes, ...SETTING_ATTRIBUTES };

const [ACCESS_TOKEN] = INTEGRATION_CREDENTIALS.datacenter;

function credentials(values: ArgumentValues<typeof productAttributes>): readonly CredentialArguments[] {
  return [
    {
      form: ACCESS_TOKEN,
      generation: "v1",
      login: values.username,
      env: values.access_token_env,
      writeOnly: values.access_token_wo,
      version: values.access_token_wo_version,
      productFields: { username: values.username, apiHost: values.api_host, userFacingHost: values.user_facing_host },
    },
  ];
}

const HOST_RAISES = ["host-not-encrypted", "user-facing-host-private", "host-with-rest-path"] as const satisfies readonly DiagnosticCode[];

export const DATACENTER_INTEGRATION_REFERENCE: ResourceReference = {
  ...INTEGRATION_REFERENCE,
  afterMove:
    "The first apply records the argument for the token. It sends the token to Spacelift, unless the old state contains the same token in `access_token`, or has the same `access_token_wo_version`. " +
    "If `name` or `is_default` in the configuration differ from Spacelift's values, which the published provider never changes, the plan replaces the integration.",
};

export const bitbucketDatacenterIntegration = resource({
  type: "bitbucket_datacenter_integration",
  summary: "A connection between Spacelift and a Bitbucket Data Center server that provides the source code of stacks and modules.",
  description:
    "The access token belongs to a separate account with read access to the projects and repositories that Spacelift reads. Create it on the server under Manage account > " +
    "HTTP access tokens (on older servers: Personal access tokens), with the permissions project read and repository read. Guides from before June 2024 ask for write, but Spacelift needs only read. " +
    "Set either `access_token_env`, or `access_token_wo` with `access_token_wo_version`. The token itself is never stored. The webhook secret is not an attribute: " +
    "webhook resources read it from Spacelift during apply, and the state contains only its fingerprint. " +
    "If Spacelift cannot reach the server, set `api_host` to a VCS agent pool: `private://<pool>`. Its agents require private workers. " +
    "`user_facing_host` must remain a URL that people can open.",
  attributes,
  raises: [...INTEGRATION_RAISES, ...HOST_RAISES],
  identity: ["id"],
  importId: INTEGRATION_IMPORT_ID,
  movesFrom: moveFromPublished("bitlift_bitbucket_datacenter_integration", fromPublishedIntegration),
  ...integrationHandlers<Views<typeof attributes>>({
    product: "datacenter",
    credentials,
    toState: (plan, applied) => ({ ...plan, ...applied }),
    toStored: (state, { shared, productFields }) => ({
      ...state,
      ...shared,
      username: productFields["username"] ?? null,
      api_host: productFields["apiHost"] ?? null,
      user_facing_host: productFields["userFacingHost"] ?? null,
    }),
    validateProduct({ api_host: apiHost, user_facing_host: userFacingHost }, report) {
      checkHost("api_host", apiHost, apiHostFinding, report);
      checkHost("user_facing_host", userFacingHost, userFacingHostFinding, report);
    },
  }),
});

function checkHost(argument: string, value: string | Unknown, check: (address: string) => HostFinding | undefined, report: Report): void {
  const finding = typeof value === "string" ? check(value) : undefined;
  if (finding === undefined) return;
  const { why, fix, kind, severity } = finding;
  report.add((severity === "error" ? error : warning)(HOST_FINDING_CODES[kind], { why, fix, at: [argument] }));
}
