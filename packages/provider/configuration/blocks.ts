/** The blocks of the provider configuration: one login each. */
import { optional } from "../../terraform-plugin";

const COMPLETION =
  "A block without a credential takes one from the environment, and a block with a part of a credential takes the rest of the same credential.";

const caCertificate = (variable: string) =>
  optional.string(
    "Certificate of the authority that signed the server certificate, trusted in addition to the public authorities and those of the machine: PEM text, or the path of a PEM file. " +
      `Before Node.js 20.18, it must also include the certificate of the root authority. Can also be set with the \`${variable}\` environment variable.`,
  );

export const LOGIN_BLOCKS = {
  spacelift: {
    description:
      "Connection to Spacelift: either `endpoint`, `api_key_id`, and `api_key_secret`, or `api_token`. " +
      `${COMPLETION} In the environment, an API key takes precedence over a token.`,
    attributes: {
      endpoint: optional.string(
        "URL of the Spacelift account, such as `https://acme.app.spacelift.io`. Can also be set with the `SPACELIFT_API_KEY_ENDPOINT` environment variable.",
      ),
      api_key_id: optional.string("ID of the API key. Can also be set with the `SPACELIFT_API_KEY_ID` environment variable."),
      api_key_secret: optional.string("Secret of the API key. Can also be set with the `SPACELIFT_API_KEY_SECRET` environment variable.", {
        sensitive: true,
      }),
      api_key_secret_env: optional.string(
        "Name of another environment variable that contains the secret. Use it instead of `api_key_secret`.",
      ),
      api_token: optional.string(
        "API token, as Spacelift provides it inside a run. The token itself identifies the account. Can also be set with the `SPACELIFT_API_TOKEN` environment variable.",
        { sensitive: true },
      ),
      api_token_env: optional.string("Name of another environment variable that contains the token. Use it instead of `api_token`."),
      ca_certificate: caCertificate("SPACELIFT_CA_CERTIFICATE"),
    },
  },
  bitbucket_cloud: {
    description:
      "Connection to Bitbucket Cloud for managing webhooks. This is not the credential with which Spacelift reads code. It is one of: `access_token`; `email` with `api_token`; " +
      `\`username\` with \`password\`. ${COMPLETION} In the environment, the order of precedence is the same.`,
    attributes: {
      access_token: optional.string(
        "Repository, project, or workspace access token with the scopes `webhook`, `repository`, and `pullrequest`. Can also be set with the `BITBUCKET_ACCESS_TOKEN` environment variable.",
        { sensitive: true },
      ),
      access_token_env: optional.string("Name of another environment variable that contains the token. Use it instead of `access_token`."),
      email: optional.string(
        "Email address of the Atlassian account that owns `api_token`. Can also be set with the `BITBUCKET_EMAIL` environment variable.",
      ),
      api_token: optional.string(
        "API token of an administrator of the repositories, with the scopes `read:webhook:bitbucket`, `write:webhook:bitbucket`, `delete:webhook:bitbucket`, " +
          "`read:repository:bitbucket`, and `read:pullrequest:bitbucket`. Can also be set with the `BITBUCKET_API_TOKEN` environment variable.",
        { sensitive: true },
      ),
      api_token_env: optional.string("Name of another environment variable that contains the token. Use it instead of `api_token`."),
      username: optional.string(
        "User name, sent unchanged together with `password`. Can also be set with the `BITBUCKET_USERNAME` environment variable.",
      ),
      password: optional.string(
        "Password for `username`. Atlassian ended app passwords in July 2026. Can also be set with the `BITBUCKET_PASSWORD` environment variable.",
        { sensitive: true },
      ),
      password_env: optional.string("Name of another environment variable that contains the password. Use it instead of `password`."),
      base_url: optional.string(
        "URL of the REST API, including `/2.0`. Can also be set with the `BITBUCKET_API_URL` environment variable. Defaults to `https://api.bitbucket.org/2.0`.",
      ),
      ca_certificate: caCertificate("BITBUCKET_CA_CERTIFICATE"),
    },
  },
  bitbucket_datacenter: {
    description:
      "Connection to a Bitbucket Data Center server for managing webhooks. This is not the credential with which Spacelift reads code. It is `url` with `access_token`, or with " +
      `\`username\` and \`password\`. ${COMPLETION} For several servers, use one provider alias per server.`,
    attributes: {
      url: optional.string(
        "URL of the server, including its context path, without `/rest`. Can also be set with the `BITBUCKET_DATACENTER_URL` environment variable.",
      ),
      access_token: optional.string(
        "HTTP access token of a user, project, or repository with the permission `REPO_ADMIN`. Can also be set with the `BITBUCKET_DATACENTER_TOKEN` environment variable.",
        { sensitive: true },
      ),
      access_token_env: optional.string("Name of another environment variable that contains the token. Use it instead of `access_token`."),
      username: optional.string(
        "User name, sent together with `password`. Can also be set with the `BITBUCKET_DATACENTER_USERNAME` environment variable.",
      ),
      password: optional.string("Password for `username`. Can also be set with the `BITBUCKET_DATACENTER_PASSWORD` environment variable.", {
        sensitive: true,
      }),
      password_env: optional.string("Name of another environment variable that contains the password. Use it instead of `password`."),
      ca_certificate: caCertificate("BITBUCKET_DATACENTER_CA_CERTIFICATE"),
    },
  },
};
