/** Code Insights inside Bitbucket Pipelines: a proxy on the machine of the step logs in, so no token is needed. */
import { PRODUCT_TITLES } from "../../../domain";
import { Http } from "../../http/http";
import { Secrets } from "../../http/secrets";
import type { RemoteSettings } from "../../http/settings";
import { CloudCodeInsights } from "./code-insights";
import { forwardedRest } from "./rest";

/** For the script of a step. In the container of a pipe, `localhost` is `host.docker.internal`. */
export const PIPELINES_PROXY = "http://localhost:29418";

/** The constructor sends no request. */
export class BitbucketPipelines {
  readonly codeInsights: CloudCodeInsights;

  constructor(proxy: string, settings: RemoteSettings) {
    const http = new Http(PRODUCT_TITLES.cloud, settings, new Secrets());
    this.codeInsights = new CloudCodeInsights(forwardedRest(new URL(proxy), http));
  }
}
