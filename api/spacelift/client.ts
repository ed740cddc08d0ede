/** Spacelift as one value: what an account offers to this project. */
import { Http, type RemoteSettings } from "../http";
import { Secrets } from "../secrets";
import { Integrations } from "./bitbucket-integrations";
import { GraphQl } from "./graphql";
import { BITBUCKET_CLOUD } from "./integration-products";
import { SchemaSource } from "./schema";
import { Session, type SpaceliftCredentials } from "./session";
import { Spaces } from "./spaces";
import { Usage } from "./usage";
import { Viewer } from "./viewer";

export type { SpaceliftCredentials } from "./session";

export class Spacelift {
  readonly spaces: Spaces;
  readonly cloudIntegrations: Integrations;
  readonly usage: Usage;
  readonly #session: Session;

  /** Nothing is sent before the first question. */
  constructor(credentials: SpaceliftCredentials, settings: RemoteSettings) {
    const secrets = new Secrets();
    const http = new Http("Spacelift", settings, secrets);
    this.#session = new Session(credentials, http, secrets);
    const graphql = new GraphQl(this.#session, http);
    const schema = new SchemaSource(graphql);
    const viewer = new Viewer(graphql, schema);
    this.spaces = new Spaces(graphql, viewer);
    this.cloudIntegrations = new Integrations(BITBUCKET_CLOUD, graphql, schema, this.spaces, secrets);
    this.usage = new Usage(graphql, schema, this.spaces, viewer);
  }

  /** For messages: `API key 01H…`, `the API token`. */
  get keyName(): string {
    return this.#session.keyName;
  }

  /** Address of the account, without `/graphql` and without a slash at the end. @throws Problem when a token names none. */
  accountUrl(): Promise<string> {
    return new Promise((resolve) => {
      resolve(this.#session.accountUrl());
    });
  }
}
