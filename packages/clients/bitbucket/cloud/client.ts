/** The Bitbucket Cloud client: what Bitlift reads and changes there. */
import { PRODUCT_TITLES } from "../../../domain";
import { Http } from "../../http/http";
import { Secrets } from "../../http/secrets";
import type { RemoteSettings } from "../../http/settings";
import { CloudRepositories } from "./repositories";
import { cloudRest, type CloudCredentials } from "./rest";
import { CloudWebhooks } from "./webhooks";

export type { CloudCredentials } from "./rest";

export class BitbucketCloud {
  readonly webhooks: CloudWebhooks;
  readonly repositories: CloudRepositories;

  /**
   * The constructor sends no request.
   * @param baseUrl of the REST API, with `/2.0`
   */
  constructor(credentials: CloudCredentials, baseUrl: string, settings: RemoteSettings) {
    const secrets = new Secrets();
    const rest = cloudRest(credentials, baseUrl, new Http(PRODUCT_TITLES.cloud, settings, secrets), secrets, settings.loginSource);
    this.webhooks = new CloudWebhooks(rest, secrets);
    this.repositories = new CloudRepositories(rest);
  }
}
