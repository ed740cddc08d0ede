/** Bitbucket Cloud as one value: what this project does there. */
import type { RemoteSettings } from "../http";
import type { Repositories } from "./repositories";
import type { Webhooks } from "./webhooks";

export type CloudCredentials =
  | { readonly accessToken: string }
  | { readonly email: string; readonly apiToken: string }
  | { readonly username: string; readonly password: string };

export declare class BitbucketCloud {
  constructor(credentials: CloudCredentials, baseUrl: string, settings: RemoteSettings);
  readonly webhooks: Webhooks;
  readonly repositories: Repositories;
}
