/** A Bitbucket Cloud integration: managed by this app, or referenced. */
import { Annotations } from "./host";
import type { Construct } from "constructs";
import { renderCode } from "../packages/diagnostics";
import { codePage } from "../packages/domain";
import {
  BitbucketCloudIntegration as IntegrationResource,
  type BitbucketCloudIntegrationConfig,
} from "./bindings/bitbucket-cloud-integration";
import { credentialArguments, type Credential } from "./credential";
import { DeclaredIntegration, type IntegrationProps } from "./declared-integration";
import { ExistingIntegration, type ExistingIntegrationOptions } from "./existing-integration";
import type { BitbucketIntegrationBase } from "./integration";
import { createUnsupportedIntegration } from "./published/published-integration";
import { CLOUD_INTEGRATION_PROPS } from "./props/prop-tables";

/** The credential that Spacelift uses to read code: an API token, or an app password. The provider's login, not this credential, manages webhooks. */
export type BitbucketCloudCredential =
  | {
      /** Email address of the Atlassian account that owns the token. */
      readonly email: string;
      /** API token that can read repositories and pull requests. */
      readonly apiToken: Credential;
    }
  | {
      /** User name of the account that owns the app password. */
      readonly username: string;
      /** App password. Atlassian disabled app passwords in July 2026. */
      readonly appPassword: Credential;
    };

/** Props of `BitbucketCloudIntegration`. */
export interface BitbucketCloudIntegrationProps extends IntegrationProps {
  /** The credential that Spacelift uses to read code. */
  readonly credential: BitbucketCloudCredential;
}

/** A Bitbucket Cloud integration that this app manages. */
export class BitbucketCloudIntegration extends DeclaredIntegration<"cloud", BitbucketCloudIntegrationProps> {
  /**
   * References an integration that is managed elsewhere. The app can add repositories to it but does not change it.
   * @param integrationId ID of the integration, which Spacelift derived from its name: `bitbucket-for-payments`.
   */
  static fromIntegrationId(
    scope: Construct,
    id: string,
    integrationId: string,
    options: ExistingIntegrationOptions = {},
  ): BitbucketIntegrationBase<"cloud"> {
    return new ExistingIntegration(scope, id, "cloud", { id: integrationId }, options);
  }

  /**
   * References an integration that is managed elsewhere, by its name.
   * @param name Name of the integration in Spacelift. Upper and lower case count.
   */
  static fromIntegrationName(
    scope: Construct,
    id: string,
    name: string,
    options: ExistingIntegrationOptions = {},
  ): BitbucketIntegrationBase<"cloud"> {
    return new ExistingIntegration(scope, id, "cloud", { name }, options);
  }

  /** References the account's default integration for Bitbucket Cloud, which is managed elsewhere. */
  static fromDefault(scope: Construct, id: string, options: ExistingIntegrationOptions = {}): BitbucketIntegrationBase<"cloud"> {
    return new ExistingIntegration(scope, id, "cloud", { default: true }, options);
  }

  constructor(scope: Construct, id: string, props: BitbucketCloudIntegrationProps) {
    super(scope, id, "cloud", CLOUD_INTEGRATION_PROPS, props, (resourceScope, resourceId, config, { credential, provider }, backing) =>
      backing === "published"
        ? createUnsupportedIntegration(resourceScope, resourceId, config, provider)
        : // An untyped program may omit the credential. The rule in credential-forms.ts reports that.
          new IntegrationResource(resourceScope, resourceId, { ...config, ...credentialConfig({ ...credential }) }),
    );
    if ("username" in { ...this.props.credential }) {
      Annotations.of(this).addWarning(
        `App passwords no longer work: Atlassian disabled them in July 2026. Use email with an API token. ${renderCode("app-password-retired", codePage)}`,
      );
    }
  }
}

function credentialConfig(credential: BitbucketCloudCredential): Partial<BitbucketCloudIntegrationConfig> {
  if ("email" in credential) {
    const token = credentialArguments(credential.apiToken);
    return { email: credential.email, apiTokenEnv: token.env, apiTokenWo: token.writeOnly, apiTokenWoVersion: token.version };
  }
  const password = credentialArguments(credential.appPassword);
  return {
    username: credential.username,
    appPasswordEnv: password.env,
    appPasswordWo: password.writeOnly,
    appPasswordWoVersion: password.version,
  };
}
