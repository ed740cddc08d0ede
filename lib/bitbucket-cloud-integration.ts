/** A Bitbucket Cloud integration: declared here, or taken as it is. */
import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import {
  BitbucketCloudIntegration as IntegrationResource,
  type BitbucketCloudIntegrationConfig,
} from "./bindings/bitbucket-cloud-integration";
import { writtenCredential, type Credential } from "./credential";
import { DeclaredIntegration, type IntegrationProps } from "./declared-integration";
import { ExistingIntegration, type ExistingIntegrationOptions } from "./existing-integration";
import type { BitbucketIntegrationBase } from "./integration";

/** What Spacelift reads code with: an API token, or the older app password. Not the credential that manages webhooks. */
export type BitbucketCloudCredential =
  | {
      /** Atlassian account email that belongs to the token. */
      readonly email: string;
      /** API token that may read repositories and pull requests. */
      readonly apiToken: Credential;
    }
  | {
      /** User name that belongs to the app password. */
      readonly username: string;
      /** App password. Atlassian ended them in July 2026. */
      readonly appPassword: Credential;
    };

/** Props of a Bitbucket Cloud integration. */
export interface BitbucketCloudIntegrationProps extends IntegrationProps {
  /** What Spacelift reads code with. */
  readonly credential: BitbucketCloudCredential;
}

/** A Bitbucket Cloud integration that this app manages. */
export class BitbucketCloudIntegration extends DeclaredIntegration<"cloud", BitbucketCloudIntegrationProps> {
  /**
   * An integration that somebody else manages. Repositories can be added to it; it is not changed.
   * @param integrationId Its id, which Spacelift made from the name: `bitbucket-for-payments`.
   */
  static fromIntegrationId(
    scope: Construct,
    id: string,
    integrationId: string,
    options: ExistingIntegrationOptions = {},
  ): BitbucketIntegrationBase<"cloud"> {
    return new ExistingIntegration(scope, id, "cloud", { id: integrationId }, options);
  }

  /** The account's default integration for Bitbucket Cloud, managed by somebody else. */
  static fromDefault(scope: Construct, id: string, options: ExistingIntegrationOptions = {}): BitbucketIntegrationBase<"cloud"> {
    return new ExistingIntegration(scope, id, "cloud", { default: true }, options);
  }

  constructor(scope: Construct, id: string, props: BitbucketCloudIntegrationProps) {
    // A copy: where a program without types leaves it out, credential-rules.ts says so.
    const credential = { ...props.credential };
    super(scope, id, "cloud", props, (place, name, config) => new IntegrationResource(place, name, { ...config, ...written(credential) }));
    if ("username" in credential) {
      Annotations.of(this).addWarning(
        "App passwords no longer work: Atlassian switched them off in July 2026. Use email with an API token (app-password-retired).",
      );
    }
  }
}

function written(credential: BitbucketCloudCredential): Partial<BitbucketCloudIntegrationConfig> {
  if ("email" in credential) {
    const token = writtenCredential(credential.apiToken);
    return { email: credential.email, apiTokenEnv: token.env, apiTokenWo: token.writeOnly, apiTokenWoVersion: token.version };
  }
  const token = writtenCredential(credential.appPassword);
  return { username: credential.username, appPasswordEnv: token.env, appPasswordWo: token.writeOnly, appPasswordWoVersion: token.version };
}
