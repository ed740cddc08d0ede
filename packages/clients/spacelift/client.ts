/** The Spacelift client: what Bitlift reads and changes in one account. */
import type { BitbucketProduct } from "../../domain";
import { Http } from "../http/http";
import { Secrets } from "../http/secrets";
import type { RemoteSettings } from "../http/settings";
import { Integrations } from "./bitbucket-integrations";
import { GraphQl } from "./graphql";
import { IntegrationListings, type ListedIntegration } from "./integration-listings";
import { INTEGRATION_PRODUCTS, type IntegrationProduct } from "./integration-products";
import { GraphQlSchemaSource } from "./graphql-schema";
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
  readonly #listings: IntegrationListings;
  readonly #session: Session;

  /** The constructor sends no request. */
  constructor(credentials: SpaceliftCredentials, settings: RemoteSettings) {
    const secrets = new Secrets();
    const http = new Http("Spacelift", settings, secrets);
    this.#session = new Session(credentials, http, secrets, settings.loginSource);
    const graphql = new GraphQl(this.#session, http);
    const schema = new GraphQlSchemaSource(graphql);
    const viewer = new Viewer(graphql, schema);
    this.spaces = new Spaces(graphql, viewer);
    this.#listings = new IntegrationListings(graphql);
    const shared = { graphql, schema, secrets, spaces: this.spaces, listings: this.#listings };
    const createIntegrations = (product: IntegrationProduct) => new Integrations(product, shared);
    this.integrations = {
      cloud: createIntegrations(INTEGRATION_PRODUCTS.cloud),
      datacenter: createIntegrations(INTEGRATION_PRODUCTS.datacenter),
    };
    this.usage = new Usage(graphql, schema, this.spaces, viewer);
  }

  /** For messages: `API key 01H…`, `the API token`. */
  get keyName(): string {
    return this.#session.keyName;
  }

  /** The integrations of every VCS provider that are visible to the key. One request per process, again after a change, and with `fresh`. @throws Problem */
  listIntegrations(options?: { readonly fresh?: boolean }): Promise<readonly ListedIntegration[]> {
    return this.#listings.listAll(options);
  }

  /** Address of the account, without `/graphql` and without a trailing slash. @throws Problem if a token does not name its account */
  accountUrl(): Promise<string> {
    return new Promise((resolve) => {
      resolve(this.#session.accountUrl());
    });
  }
}
