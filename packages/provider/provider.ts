/** The provider `bitlift`: the provider block, the resources, and the data sources. */
import { version } from "../../package.json";
import { codePage } from "../domain";
import { optional, providerFor } from "../terraform-plugin";
import { Clients } from "./configuration/clients";
import { readLimits } from "./configuration/limits";
import { dataSources } from "./data-sources";
import { resources } from "./resources";

/** Local name of the provider, and the prefix of every type. */
const PROVIDER_NAME = "bitlift";

/** A reserved host, so that no other provider can be published under this address. */
const PROVIDER_SOURCE = "terraform.local/bitlift/bitlift";

export const bitlift = providerFor<Clients>()({
  name: PROVIDER_NAME,
  source: PROVIDER_SOURCE,
  version,
  summary: "Manages Spacelift's Bitbucket integrations, the Spaces that use them, and the repository webhooks that notify them.",
  codePage,
  attributes: {
    rate_limit_max_wait: optional.string(
      "Maximum total time to wait when a remote system limits the rate of requests, as a duration such as `30s` or `1h`. Can also be set with the `BITLIFT_RATE_LIMIT_MAX_WAIT` environment variable. Defaults to `1h`.",
    ),
    request_timeout: optional.string(
      "Maximum time for one request, as a duration. Can also be set with the `BITLIFT_REQUEST_TIMEOUT` environment variable. Defaults to `30s`.",
    ),
    max_concurrent_requests: optional.number(
      "Maximum number of concurrent requests to one remote host. Can also be set with the `BITLIFT_MAX_CONCURRENT_REQUESTS` environment variable. Defaults to 8.",
    ),
  },
  blocks: {
    spacelift: {
      description:
        "Connection to Spacelift. Set either `endpoint`, `api_key_id`, and `api_key_secret`, or `api_token`. Without this block, the provider uses the environment, " +
        "where an API key takes precedence over a token.",
      attributes: {
        endpoint: optional.string(
          "URL of the Spacelift account, such as `https://acme.app.spacelift.io`. Can also be set with the `SPACELIFT_API_KEY_ENDPOINT` environment variable.",
        ),
        api_key_id: optional.string("ID of the API key. Can also be set with the `SPACELIFT_API_KEY_ID` environment variable."),
        api_key_secret: optional.string(
          "Secret of the API key. Can also be set with the `SPACELIFT_API_KEY_SECRET` environment variable.",
          { sensitive: true },
        ),
        api_key_secret_env: optional.string(
          "Name of another environment variable that contains the secret. Use it instead of `api_key_secret`.",
        ),
        api_token: optional.string(
          "API token, as Spacelift provides it inside a run. The token itself identifies the account. Can also be set with the `SPACELIFT_API_TOKEN` environment variable.",
          { sensitive: true },
        ),
        api_token_env: optional.string("Name of another environment variable that contains the token. Use it instead of `api_token`."),
      },
    },
    bitbucket_cloud: {
      description:
        "Connection to Bitbucket Cloud for managing webhooks. This is not the credential with which Spacelift reads code. Set exactly one of: `access_token`; `email` with `api_token`; " +
        "`username` with `password`. Without this block, the provider uses the environment.",
      attributes: {
        access_token: optional.string(
          "Repository, project, or workspace access token with the scopes `webhook`, `repository`, and `pullrequest`. Can also be set with the `BITBUCKET_ACCESS_TOKEN` environment variable.",
          { sensitive: true },
        ),
        access_token_env: optional.string(
          "Name of another environment variable that contains the token. Use it instead of `access_token`.",
        ),
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
      },
    },
    bitbucket_datacenter: {
      description:
        "Connection to a Bitbucket Data Center server for managing webhooks. This is not the credential with which Spacelift reads code. Set `url` with `access_token`, or with " +
        "`username` and `password`. Without this block, the provider uses the environment. For several servers, use one provider alias per server.",
      attributes: {
        url: optional.string(
          "URL of the server, including its context path, without `/rest`. Can also be set with the `BITBUCKET_DATACENTER_URL` environment variable.",
        ),
        access_token: optional.string(
          "HTTP access token of a user, project, or repository with the permission `REPO_ADMIN`. Can also be set with the `BITBUCKET_DATACENTER_TOKEN` environment variable.",
          { sensitive: true },
        ),
        access_token_env: optional.string(
          "Name of another environment variable that contains the token. Use it instead of `access_token`.",
        ),
        username: optional.string(
          "User name, sent together with `password`. Can also be set with the `BITBUCKET_DATACENTER_USERNAME` environment variable.",
        ),
        password: optional.string(
          "Password for `username`. Can also be set with the `BITBUCKET_DATACENTER_PASSWORD` environment variable.",
          { sensitive: true },
        ),
        password_env: optional.string("Name of another environment variable that contains the password. Use it instead of `password`."),
        ca_certificate: optional.string(
          "Certificate of the authority that signed the server certificate, trusted in addition to the public authorities: PEM text, or the path of a PEM file. " +
            "Before Node.js 20.18, it must also include the certificate of the root authority. Can also be set with the `BITBUCKET_DATACENTER_CA_CERTIFICATE` environment variable.",
        ),
      },
    },
  },
  configure({ config, log, signal }) {
    return new Clients({
      spacelift: config.spacelift,
      bitbucketCloud: config.bitbucket_cloud,
      bitbucketDatacenter: config.bitbucket_datacenter,
      limits: readLimits(config, process.env),
      environment: process.env,
      log,
      signal,
    });
  },
  resources,
  dataSources,
});
