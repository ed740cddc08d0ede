/** The provider `bitlift`: its block, its resources, its data sources. */
import { version } from "../../package.json";
import { optional, providerFor } from "../terraform-plugin";
import { Clients } from "./configuration/clients";
import { dataSources } from "./data-sources";
import { resources } from "./resources";
import { limits } from "./configuration/settings";

/** Local name, and prefix of every type. */
const PROVIDER_NAME = "bitlift";

/** A reserved host: nobody can publish a look-alike under it. */
const PROVIDER_SOURCE = "terraform.local/bitlift/bitlift";

export const bitlift = providerFor<Clients>()({
  name: PROVIDER_NAME,
  source: PROVIDER_SOURCE,
  version,
  summary: "Spacelift's Bitbucket integrations, the Spaces that use them, and the webhooks in the repositories that feed them.",
  attributes: {
    rate_limit_max_wait: optional.string(
      "How long to wait in all for a remote system that limits requests, as a duration such as `30s` or `1h`. Also `BITLIFT_RATE_LIMIT_MAX_WAIT`. Default `1h`.",
    ),
    request_timeout: optional.string("How long one request may take, as a duration. Also `BITLIFT_REQUEST_TIMEOUT`. Default `30s`."),
    max_concurrent_requests: optional.number(
      "How many requests may be under way to one remote host. Also `BITLIFT_MAX_CONCURRENT_REQUESTS`. Default 8.",
    ),
  },
  blocks: {
    spacelift: {
      description:
        "How to reach Spacelift. Without the block: the environment, where an API key goes before a token. Either `endpoint`, `api_key_id` and `api_key_secret`, or `api_token`.",
      attributes: {
        endpoint: optional.string("Address of the account, such as `https://acme.app.spacelift.io`. Also `SPACELIFT_API_KEY_ENDPOINT`."),
        api_key_id: optional.string("Id of the API key. Also `SPACELIFT_API_KEY_ID`."),
        api_key_secret: optional.string("Secret of the API key. Also `SPACELIFT_API_KEY_SECRET`.", { sensitive: true }),
        api_key_secret_env: optional.string("Name of another environment variable that holds the secret, in place of `api_key_secret`."),
        api_token: optional.string("A token, as Spacelift sets it inside a run; it names its account itself. Also `SPACELIFT_API_TOKEN`.", {
          sensitive: true,
        }),
        api_token_env: optional.string("Name of another environment variable that holds the token, in place of `api_token`."),
      },
    },
    bitbucket_cloud: {
      description:
        "How to reach Bitbucket Cloud for managing webhooks. Not the credential that Spacelift reads code with. Without the block: the environment. " +
        "One of `access_token`; `email` with `api_token`; `username` with `password`.",
      attributes: {
        access_token: optional.string(
          "Repository, project or workspace access token with the scopes `webhook`, `repository` and `pullrequest`. Also `BITBUCKET_ACCESS_TOKEN`.",
          { sensitive: true },
        ),
        access_token_env: optional.string("Name of another environment variable that holds it, in place of `access_token`."),
        email: optional.string("Atlassian account email that belongs to `api_token`. Also `BITBUCKET_EMAIL`."),
        api_token: optional.string(
          "API token of an administrator of the repositories, with the scopes `read:webhook:bitbucket`, `write:webhook:bitbucket`, `delete:webhook:bitbucket`, " +
            "`read:repository:bitbucket` and `read:pullrequest:bitbucket`. Also `BITBUCKET_API_TOKEN`.",
          { sensitive: true },
        ),
        api_token_env: optional.string("Name of another environment variable that holds it, in place of `api_token`."),
        username: optional.string("User name, sent as given with `password`. Also `BITBUCKET_USERNAME`."),
        password: optional.string("Password for `username`; Atlassian ended app passwords in July 2026. Also `BITBUCKET_PASSWORD`.", {
          sensitive: true,
        }),
        password_env: optional.string("Name of another environment variable that holds it, in place of `password`."),
        base_url: optional.string(
          "Address of the REST API with `/2.0`. Also `BITBUCKET_API_URL`. Default `https://api.bitbucket.org/2.0`.",
        ),
      },
    },
    bitbucket_datacenter: {
      description:
        "How to reach a Bitbucket Data Center server for managing webhooks. Not the credential that Spacelift reads code with. Without the block: the environment. " +
        "`url`, with `access_token` or with `username` and `password`. Several servers: one provider alias each.",
      attributes: {
        url: optional.string("Address of the server with its context path, without `/rest`. Also `BITBUCKET_DATACENTER_URL`."),
        access_token: optional.string(
          "HTTP access token of a user, project or repository, with the permission `REPO_ADMIN`. Also `BITBUCKET_DATACENTER_TOKEN`.",
          { sensitive: true },
        ),
        access_token_env: optional.string("Name of another environment variable that holds it, in place of `access_token`."),
        username: optional.string("User name, sent with `password`. Also `BITBUCKET_DATACENTER_USERNAME`."),
        password: optional.string("Password for `username`. Also `BITBUCKET_DATACENTER_PASSWORD`.", { sensitive: true }),
        password_env: optional.string("Name of another environment variable that holds it, in place of `password`."),
        ca_certificate: optional.string(
          "Certificate of the authority that signed the server's, on top of the public ones: PEM text, or the path of a PEM file. Before Node.js 20.18 it has to hold the root authority's too. Also `BITBUCKET_DATACENTER_CA_CERTIFICATE`.",
        ),
      },
    },
  },
  configure({ config, log, signal }) {
    return new Clients({
      spacelift: config.spacelift,
      bitbucketCloud: config.bitbucket_cloud,
      bitbucketDatacenter: config.bitbucket_datacenter,
      limits: limits(config, process.env),
      environment: process.env,
      log,
      signal,
    });
  },
  resources,
  dataSources,
});
