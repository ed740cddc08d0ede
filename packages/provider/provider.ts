/** The provider `bitlift`: the provider block, the resources, and the data sources. */
import { codePage } from "../domain";
import { optional, providerFor } from "../terraform-plugin";
import { LOGIN_BLOCKS } from "./configuration/blocks";
import { Clients } from "./configuration/clients";
import { readLimits } from "./configuration/limits";
import { dataSources } from "./data-sources";
import { IDENTITY } from "./identity";
import { resources } from "./resources";

export const bitlift = providerFor<Clients>()({
  ...IDENTITY,
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
    look_before_create: optional.number(
      "Maximum number of repositories that one plan looks up before it creates webhooks in them, in the order of their names. The plan then warns about webhooks that will be adopted and repositories that do not exist. " +
        "`0` turns this off; one warning tells how many creates were not checked. Can also be set with the `BITLIFT_LOOK_BEFORE_CREATE` environment variable. Defaults to 100.",
    ),
  },
  blocks: LOGIN_BLOCKS,
  configure({ config, report, log, signal }) {
    const clients = new Clients({
      spacelift: config.spacelift,
      bitbucketCloud: config.bitbucket_cloud,
      bitbucketDatacenter: config.bitbucket_datacenter,
      limits: readLimits(config, process.env),
      environment: process.env,
      log,
      signal,
    });
    for (const { diagnostic } of clients.blockProblems()) report.add(diagnostic);
    return clients;
  },
  resources,
  dataSources,
});
