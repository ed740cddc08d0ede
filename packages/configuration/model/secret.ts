/** Where a secret comes from, and the logins made of secrets. The file never contains a secret. */
import { z } from "zod";
import { formed, oneOf, settings, text, variable } from "./settings";

export const secret = settings({
  env: variable.optional().describe("Name of the environment variable that contains the secret where the engine runs."),
  variable: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, "does not look like the name of a variable of Terraform")
    .optional()
    .describe("Name of an ephemeral input variable of the synthesized stack."),
  version: formed(/^[A-Za-z0-9._-]+$/, 'is not a version. A version contains only letters, digits, ".", "_" and "-"')
    .optional()
    .describe(
      'Only with `variable`. Change it when the variable has a new value, because the engine cannot compare the values: without another version, Spacelift keeps the old one. Default: "1". A login that manages webhooks does not need it.',
    ),
}).meta({
  id: "secret",
  description: "Where the secret comes from. The file never contains a secret.",
  examples: [{ env: "PAYMENTS_BITBUCKET_API_TOKEN" }],
  ...oneOf(["env"], ["variable"]),
  // The form of the JSON Schema, draft 07, for a key that needs another.
  dependencies: { version: ["variable"] },
});

export const cloudLogin = settings({
  email: text
    .optional()
    .describe("Email address of the Atlassian account that owns an API token. Without it, the token is an access token."),
  token: secret.optional().describe("The API token or access token that manages webhooks."),
}).meta({
  id: "cloudLogin",
  description: "The login that manages webhooks on Bitbucket Cloud. Default: the environment of the provider.",
  required: ["token"],
});
