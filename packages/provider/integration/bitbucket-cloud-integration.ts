/** The resource `bitlift_bitbucket_cloud_integration`: the connection through which Spacelift reads Bitbucket Cloud. */
import { emailFault, INTEGRATION_CREDENTIALS, markerFault, userNameFault } from "../../domain";
import { optional, writeOnly } from "../../terraform-plugin";
import { resource } from "../configuration/clients";
import type { ArgumentValues, CredentialArguments } from "../credentials/credential-arguments";
import type { Views } from "../resource-handlers";
import { IDENTITY_ATTRIBUTES, SETTING_ATTRIBUTES } from "./integration-attributes";
import { INTEGRATION_IMPORT_ID, INTEGRATION_RAISES, integrationHandlers } from "./integration-resource";

const APP_PASSWORDS_ENDED =
  "Atlassian ended app passwords in July 2026. Spacelift can store an app password, but Bitbucket rejects it. Use `email` with an API token.";

const productAttributes = {
  email: optional.string("Email address of the Atlassian account that owns the API token.", { check: emailFault }),
  api_token_env: optional.string(
    "Name of the environment variable that contains the API token for Spacelift. Set the variable where the provider runs. The provider detects a new value and sends it.",
  ),
  api_token_wo: writeOnly.string("API token for Spacelift. Sent when `api_token_wo_version` changes.", {
    alternative: "api_token_env",
  }),
  api_token_wo_version: optional.string("Arbitrary text. Changing it sends `api_token_wo` again.", { check: markerFault }),
  username: optional.string("User name that belongs to the app password.", {
    deprecated: APP_PASSWORDS_ENDED,
    check: userNameFault,
  }),
  app_password_env: optional.string("Name of the environment variable that contains the app password."),
  app_password_wo: writeOnly.string("App password for Spacelift. Sent when `app_password_wo_version` changes.", {
    alternative: "app_password_env",
  }),
  app_password_wo_version: optional.string("Arbitrary text. Changing it sends `app_password_wo` again.", { check: markerFault }),
};

const attributes = { ...IDENTITY_ATTRIBUTES, ...productAttributes, ...SETTING_ATTRIBUTES };

const [API_TOKEN, APP_PASSWORD] = INTEGRATION_CREDENTIALS.cloud;

/** Spacelift's mutations of generation v2 accept an email address with an API token, those of v1 a user name with an app password. */
function credentials(values: ArgumentValues<typeof productAttributes>): readonly CredentialArguments[] {
  return [
    {
      form: API_TOKEN,
      generation: "v2",
      login: values.email,
      env: values.api_token_env,
      writeOnly: values.api_token_wo,
      version: values.api_token_wo_version,
      productFields: { email: values.email },
    },
    {
      form: APP_PASSWORD,
      generation: "v1",
      login: values.username,
      env: values.app_password_env,
      writeOnly: values.app_password_wo,
      version: values.app_password_wo_version,
      productFields: { username: values.username },
    },
  ];
}

export const bitbucketCloudIntegration = resource({
  type: "bitbucket_cloud_integration",
  summary: "A connection between Spacelift and Bitbucket Cloud that provides the source code of stacks and modules.",
  description:
    "The API token belongs to an Atlassian account that can read the repositories. Create it at id.atlassian.com under Security > API tokens > " +
    "Create API token with scopes: choose the app Bitbucket and the scopes `read:repository:bitbucket` and `read:pullrequest:bitbucket`. It expires after one year at most. " +
    "Set exactly one form of credential: `email` with `api_token_env`, or with `api_token_wo` and `api_token_wo_version`; `username` with `app_password_env`, " +
    "or with `app_password_wo` and `app_password_wo_version`. The token itself is never stored. The webhook secret is not an attribute: " +
    "webhook resources read it from Spacelift during apply, and the state contains only its fingerprint. " +
    "One manual step remains for each workspace: Spacelift finds the pull requests of a commit through Bitbucket's app Pull Request Commit Links, " +
    "which Bitbucket installs when someone opens a commit and follows its link to pull requests.",
  attributes,
  raises: INTEGRATION_RAISES,
  identity: ["id"],
  importId: INTEGRATION_IMPORT_ID,
  ...integrationHandlers<Views<typeof attributes>>({
    product: "cloud",
    credentials,
    toState: (plan, applied) => ({ ...plan, ...applied }),
    toStored: (state, { shared, productFields }) => ({
      ...state,
      ...shared,
      email: productFields["email"] ?? null,
      username: productFields["username"] ?? null,
    }),
  }),
});
