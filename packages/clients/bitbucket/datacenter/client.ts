/** Bitbucket Data Center as one value: what this project does there. */
import { failedAs } from "../../../diagnostics";
import type { BitbucketRest } from "../rest";
import { Http, type RemoteSettings } from "../../http/http";
import { objectOf, textOf } from "../../http/json";
import { Secrets } from "../../http/secrets";
import { RequestCache } from "../../http/request-cache";
import { DatacenterRepositories } from "./repositories";
import { datacenterRest, type DatacenterCredentials } from "./rest";
import { DatacenterWebhooks } from "./webhooks";

export type { DatacenterCredentials } from "./rest";

export class BitbucketDatacenter {
  readonly webhooks: DatacenterWebhooks;
  readonly repositories: DatacenterRepositories;
  readonly #rest: BitbucketRest;
  readonly #versions = new RequestCache<string | null>();

  /**
   * Nothing is sent before the first question.
   * @param url of the server, with its context path and without `/rest`
   * @param settings `caCertificate`: of an authority that is trusted beside the public ones, as PEM text
   */
  constructor(
    credentials: DatacenterCredentials,
    readonly url: string,
    settings: RemoteSettings & { readonly caCertificate: string | null },
  ) {
    const secrets = new Secrets();
    const rest = datacenterRest(credentials, url, new Http("Bitbucket Data Center", settings, secrets), secrets);
    this.#rest = rest;
    this.webhooks = new DatacenterWebhooks(rest, secrets);
    this.repositories = new DatacenterRepositories(rest);
  }

  /** `8.19.3`, asked once; null where the server cannot be asked or does not say. @throws Problem when the engine asked to stop */
  serverVersion(): Promise<string | null> {
    return this.#versions.read("", async () => {
      try {
        const answer = await this.#rest.send({ method: "GET", path: ["application-properties"], subject: { kind: "server" } });
        return textOf(objectOf(answer.body)?.["version"]);
      } catch (failure) {
        if (failedAs(failure, "cancelled")) throw failure;
        return null;
      }
    });
  }
}
