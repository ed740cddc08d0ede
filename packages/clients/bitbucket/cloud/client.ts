/** The Bitbucket Cloud client: what Bitlift reads and changes there. */
import { PRODUCT_TITLES } from "../../../domain";
import { Http } from "../../http/http";
import { Secrets } from "../../http/secrets";
import type { RemoteSettings } from "../../http/settings";
import { CloudBuildStatuses } from "./build-statuses";
import { CloudCodeInsights } from "./code-insights";
import { CloudPullRequestComments } from "./pull-request-comments";
import { CloudPullRequests } from "./pull-requests";
import { CloudRepositories } from "./repositories";
import { cloudRest, type CloudCredentials } from "./rest";
import { CloudWebhooks } from "./webhooks";

export type { CloudCredentials } from "./rest";

export class BitbucketCloud {
  readonly webhooks: CloudWebhooks;
  readonly repositories: CloudRepositories;
  readonly pullRequests: CloudPullRequests;
  readonly pullRequestComments: CloudPullRequestComments;
  readonly buildStatuses: CloudBuildStatuses;
  readonly codeInsights: CloudCodeInsights;

  /**
   * The constructor sends no request.
   * @param baseUrl of the REST API, with `/2.0`
   */
  constructor(credentials: CloudCredentials, baseUrl: string, settings: RemoteSettings) {
    const secrets = new Secrets();
    const rest = cloudRest(credentials, baseUrl, new Http(PRODUCT_TITLES.cloud, settings, secrets), secrets, settings.loginSource);
    this.webhooks = new CloudWebhooks(rest, secrets);
    this.repositories = new CloudRepositories(rest);
    this.pullRequests = new CloudPullRequests(rest);
    this.pullRequestComments = new CloudPullRequestComments(rest);
    this.buildStatuses = new CloudBuildStatuses(rest);
    this.codeInsights = new CloudCodeInsights(rest);
  }
}
