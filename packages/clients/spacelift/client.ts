/** Spacelift as one value: what an account offers to this project. */
import type { BitbucketProduct } from "../../domain";
import { Http, type RemoteSettings } from "../http/http";
import { Secrets } from "../http/secrets";
import { Integrations } from "./bitbucket-integrations";
import { GraphQl } from "./graphql";
import { INTEGRATION_PRODUCTS, type IntegrationProduct } from "./integration-products";
import { IntegrationListings } from "./integration-listings";
import { SchemaSource } from "./schema";
import { Session, type SpaceliftCredentials } from "./session";
import { Spaces } from "./spaces";
import { Usage } from "./usage";
import { Viewer } from "./viewer";

export type { SpaceliftCredentials } from "./session";

export class Spacelift {
  readonly spaces: Spaces;
  /** By Bitbucket product. */
  readonly integrations: Readonly<Record<BitbucketProduct, Integrations>>;
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
    const listings = new IntegrationListings(graphql);
    const of = (product: IntegrationProduct) => new Integrations(product, graphql, schema, listings, this.spaces, secrets);
    this.integrations = { cloud: of(INTEGRATION_PRODUCTS.cloud), datacenter: of(INTEGRATION_PRODUCTS.datacenter) };
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
