/** `bitlift_bitbucket_cloud_integration`: the connection through which Spacelift reads Bitbucket Cloud. */
import { optional, writeOnly } from "../../terraform-plugin";
import { bitbucketIntegration } from "./bitbucket-integration";

const APP_PASSWORDS_ENDED =
  "Atlassian switched app passwords off in July 2026: Spacelift can keep one, and Bitbucket refuses it. Use email with an API token.";

export const bitbucketCloudIntegration = bitbucketIntegration({
  product: "cloud",
  summary: "A connection between Spacelift and Bitbucket Cloud, as the source of code for stacks and modules.",
  description:
    "The API token belongs to an Atlassian account that may read the repositories; it is made at id.atlassian.com under Security, API tokens, " +
    "Create API token with scopes, for the app Bitbucket, with the scopes `read:repository:bitbucket` and `read:pullrequest:bitbucket`, and ends after a year at most. " +
    "Exactly one credential form: `email` with `api_token_env`, or with `api_token_wo` and `api_token_wo_version`; `username` with `app_password_env`, " +
    "or with `app_password_wo` and `app_password_wo_version`. The token itself is stored nowhere. The webhook secret is not an attribute at all: " +
    "webhook resources fetch it from Spacelift when they are applied, and only its fingerprint is known here. " +
    "One thing is left to do by hand, once per workspace: Spacelift finds the pull requests of a commit through Bitbucket's app Pull Request Commit Links, " +
    "which Bitbucket installs when somebody opens a commit and follows its link to pull requests.",
  own: {
    email: optional.string("Atlassian account email that belongs to the API token."),
    api_token_env: optional.string(
      "Name of the environment variable, where the provider runs, that holds the API token for Spacelift. A new value rolls out by itself.",
    ),
    api_token_wo: writeOnly.string("The API token itself; sent when `api_token_wo_version` changes.", {
      sensitive: true,
      alternative: "api_token_env",
    }),
    api_token_wo_version: optional.string("Any text; a change sends `api_token_wo` again."),
    username: optional.string("User name that belongs to the app password.", { deprecated: APP_PASSWORDS_ENDED }),
    app_password_env: optional.string("Name of the environment variable that holds the app password."),
    app_password_wo: writeOnly.string("The app password itself; sent when `app_password_wo_version` changes.", {
      sensitive: true,
      alternative: "app_password_env",
    }),
    app_password_wo_version: optional.string("Any text; a change sends `app_password_wo` again."),
  },
  // The two generations of Spacelift's mutations, and the arguments that choose between them.
  forms: [
    {
      generation: "v2",
      login: "email",
      env: "api_token_env",
      writeOnly: "api_token_wo",
      version: "api_token_wo_version",
      fields: { email: "email" },
    },
    {
      generation: "v1",
      login: "username",
      env: "app_password_env",
      writeOnly: "app_password_wo",
      version: "app_password_wo_version",
      fields: { username: "username" },
    },
  ],
});
