/** Spacelift as one value: what an account offers to this project. */
import type { RemoteSettings } from "../http";
import type { Integrations } from "./bitbucket-integrations";
import type { Spaces } from "./spaces";
import type { Usage } from "./usage";

/** An API key with the account's address (may end in `/` or `/graphql`), or a token that names its account itself. */
export type SpaceliftCredentials =
  { readonly endpoint: string; readonly apiKeyId: string; readonly apiKeySecret: string } | { readonly apiToken: string };

export declare class Spacelift {
  constructor(credentials: SpaceliftCredentials, settings: RemoteSettings);
  /** For messages: `API key 01H…` or `the API token`. */
  readonly keyName: string;
  readonly spaces: Spaces;
  readonly cloudIntegrations: Integrations;
  readonly usage: Usage;
  /** Address of the account, without `/graphql` and without a slash at the end. */
  accountUrl(): Promise<string>;
}
