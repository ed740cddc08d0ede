/** The Bitbucket Data Center client: what Bitlift reads and changes on one server. */
import { PRODUCT_TITLES } from "../../../domain";
import { failedAs } from "../../../diagnostics";
import { Http } from "../../http/http";
import { asObject, asText } from "../../http/json";
import { RequestCache } from "../../http/request-cache";
import { Secrets } from "../../http/secrets";
import type { RemoteSettings } from "../../http/settings";
import type { BitbucketRest } from "../rest";
import { DatacenterBuildStatuses } from "./build-statuses";
import { DatacenterCodeInsights } from "./code-insights";
import { DatacenterPullRequestComments } from "./pull-request-comments";
import { DatacenterPullRequests } from "./pull-requests";
import { DatacenterRepositories } from "./repositories";
import { datacenterRest, type DatacenterCredentials } from "./rest";
import { DatacenterWebhooks } from "./webhooks";

export type { DatacenterCredentials } from "./rest";

export class BitbucketDatacenter {
  readonly url: string;
  readonly webhooks: DatacenterWebhooks;
  readonly repositories: DatacenterRepositories;
  readonly pullRequests: DatacenterPullRequests;
  readonly pullRequestComments: DatacenterPullRequestComments;
  readonly buildStatuses: DatacenterBuildStatuses;
  readonly codeInsights: DatacenterCodeInsights;
  readonly #rest: BitbucketRest;
  readonly #versions = new RequestCache<string | null>();

  /**
   * The constructor sends no request.
   * @param url of the server, with its context path and without `/rest`
   * @param settings `caCertificate`: PEM text of an authority that is trusted in addition to the public ones
   */
  constructor(credentials: DatacenterCredentials, url: string, settings: RemoteSettings & { readonly caCertificate: string | null }) {
    const secrets = new Secrets();
    const http = new Http(PRODUCT_TITLES.datacenter, settings, secrets);
    const rest = datacenterRest(credentials, url, http, secrets, settings.loginSource);
    this.url = url;
    this.#rest = rest;
    this.webhooks = new DatacenterWebhooks(rest, secrets);
    this.repositories = new DatacenterRepositories(rest);
    this.pullRequests = new DatacenterPullRequests(rest);
    this.pullRequestComments = new DatacenterPullRequestComments(rest);
    this.buildStatuses = new DatacenterBuildStatuses(rest);
    this.codeInsights = new DatacenterCodeInsights(
      datacenterRest(credentials, url, http, secrets, settings.loginSource, "insights/latest"),
    );
  }

  /** `8.19.3`, requested once; null if the request fails or the response does not say. @throws Problem if the engine asked to stop */
  serverVersion(): Promise<string | null> {
    return this.#versions.read("", async () => {
      try {
        const response = await this.#rest.send({ method: "GET", path: ["application-properties"], subject: { kind: "server" } });
        return asText(asObject(response.body)?.["version"]);
      } catch (failure) {
        if (failedAs(failure, "canceled")) throw failure;
        return null;
      }
    });
  }
}
