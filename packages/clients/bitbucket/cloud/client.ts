/** Bitbucket Cloud as one value: what this project does there. */
import { Http, type RemoteSettings } from "../../http/http";
import { Secrets } from "../../http/secrets";
import { CloudRepositories } from "./repositories";
import { cloudRest, type CloudCredentials } from "./rest";
import { Webhooks } from "./webhooks";

export type { CloudCredentials } from "./rest";

export class BitbucketCloud {
  readonly webhooks: Webhooks;
  readonly repositories: CloudRepositories;

  /**
   * Nothing is sent before the first question.
   * @param baseUrl of the REST API, with `/2.0`
   */
  constructor(credentials: CloudCredentials, baseUrl: string, settings: RemoteSettings) {
    const secrets = new Secrets();
    const rest = cloudRest(credentials, baseUrl, new Http("Bitbucket Cloud", settings, secrets), secrets);
    this.webhooks = new Webhooks(rest, secrets);
    this.repositories = new CloudRepositories(rest);
  }
}
