/** A Bitbucket Data Center integration: managed by this app, or referenced. */
import { Annotations } from "./host";
import type { Construct } from "constructs";
import { BitbucketDatacenterIntegration as IntegrationResource } from "./bindings/bitbucket-datacenter-integration";
import { createPublishedIntegration } from "./published/published-integration";
import { credentialArguments, type Credential } from "./credential";
import { DeclaredIntegration, type IntegrationProps } from "./declared-integration";
import { ExistingIntegration, type ExistingIntegrationOptions } from "./existing-integration";
import type { BitbucketIntegrationBase } from "./integration";
import { DATACENTER_INTEGRATION_PROPS } from "./props/prop-tables";
import { findHostWarnings } from "./rules/values";

/** Props of `BitbucketDatacenterIntegration`. */
export interface BitbucketDatacenterIntegrationProps extends IntegrationProps {
  /** Address that Spacelift calls: a URL, or `private://<VCS agent pool>` if Spacelift connects through VCS agents. */
  readonly apiHost: string;
  /**
   * URL that people open in a browser. Spacelift builds its links from it.
   * @default - apiHost. Required if apiHost is `private://…`.
   */
  readonly userFacingHost?: string;
  /** User name of the account that owns the access token. */
  readonly username: string;
  /** HTTP access token that Spacelift uses to read code. The provider's login, not this token, manages webhooks. */
  readonly accessToken: Credential;
}

/** A Bitbucket Data Center integration that this app manages. */
export class BitbucketDatacenterIntegration extends DeclaredIntegration<"datacenter", BitbucketDatacenterIntegrationProps> {
  /**
   * References an integration that is managed elsewhere. The app can add repositories to it but does not change it.
   * @param integrationId ID of the integration, which Spacelift derived from its name: `data-center-for-payments`.
   */
  static fromIntegrationId(
    scope: Construct,
    id: string,
    integrationId: string,
    options: ExistingIntegrationOptions = {},
  ): BitbucketIntegrationBase<"datacenter"> {
    return new ExistingIntegration(scope, id, "datacenter", { id: integrationId }, options);
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
  ): BitbucketIntegrationBase<"datacenter"> {
    return new ExistingIntegration(scope, id, "datacenter", { name }, options);
  }

  /** References the account's default integration for Bitbucket Data Center, which is managed elsewhere. */
  static fromDefault(scope: Construct, id: string, options: ExistingIntegrationOptions = {}): BitbucketIntegrationBase<"datacenter"> {
    return new ExistingIntegration(scope, id, "datacenter", { default: true }, options);
  }

  constructor(scope: Construct, id: string, props: BitbucketDatacenterIntegrationProps) {
    super(scope, id, "datacenter", DATACENTER_INTEGRATION_PROPS, props, (resourceScope, resourceId, config, given, backing) => {
      const { accessToken, apiHost, userFacingHost = apiHost, username, provider } = given;
      const hosts = { apiHost, userFacingHost, username };
      if (backing === "published") {
        return createPublishedIntegration(resourceScope, resourceId, config, { ...hosts, accessToken, provider });
      }
      const token = credentialArguments(accessToken);
      return new IntegrationResource(resourceScope, resourceId, {
        ...config,
        ...hosts,
        accessTokenEnv: token.env,
        accessTokenWo: token.writeOnly,
        accessTokenWoVersion: token.version,
      });
    });
    for (const warning of findHostWarnings(this, this.props)) Annotations.of(this).addWarning(warning);
  }
}
