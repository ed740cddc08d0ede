/** A Bitbucket Data Center integration: declared here, or taken as it is. */
import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { BitbucketDatacenterIntegration as IntegrationResource } from "./bindings/bitbucket-datacenter-integration";
import { writtenCredential, type Credential } from "./credential";
import { DeclaredIntegration, type IntegrationProps } from "./declared-integration";
import { ExistingIntegration, type ExistingIntegrationOptions } from "./existing-integration";
import { hostWarnings } from "./rules/host-rules";
import type { BitbucketIntegrationBase } from "./integration";

/** Props of a Bitbucket Data Center integration. */
export interface BitbucketDatacenterIntegrationProps extends IntegrationProps {
  /** Address at which Spacelift calls the server: a URL, or `private://<VCS agent pool>` where agents stand in between. */
  readonly apiHost: string;
  /**
   * Address at which people open the server; Spacelift makes its links from it.
   * @default - apiHost; needed where that is `private://…`
   */
  readonly userFacingHost?: string;
  /** User name of the account that the access token belongs to. */
  readonly username: string;
  /** HTTP access token that Spacelift reads code with. Not the credential that manages webhooks. */
  readonly accessToken: Credential;
}

/** A Bitbucket Data Center integration that this app manages. */
export class BitbucketDatacenterIntegration extends DeclaredIntegration<"datacenter", BitbucketDatacenterIntegrationProps> {
  /**
   * An integration that somebody else manages. Repositories can be added to it; it is not changed.
   * @param integrationId Its id, which Spacelift made from the name: `data-center-for-payments`.
   */
  static fromIntegrationId(
    scope: Construct,
    id: string,
    integrationId: string,
    options: ExistingIntegrationOptions = {},
  ): BitbucketIntegrationBase<"datacenter"> {
    return new ExistingIntegration(scope, id, "datacenter", { id: integrationId }, options);
  }

  /** The account's default integration for Bitbucket Data Center, managed by somebody else. */
  static fromDefault(scope: Construct, id: string, options: ExistingIntegrationOptions = {}): BitbucketIntegrationBase<"datacenter"> {
    return new ExistingIntegration(scope, id, "datacenter", { default: true }, options);
  }

  constructor(scope: Construct, id: string, props: BitbucketDatacenterIntegrationProps) {
    super(scope, id, "datacenter", props, (place, name, config) => {
      const { apiHost, userFacingHost = apiHost, username } = props;
      const token = writtenCredential(props.accessToken);
      return new IntegrationResource(place, name, {
        ...config,
        apiHost,
        userFacingHost,
        username,
        accessTokenEnv: token.env,
        accessTokenWo: token.writeOnly,
        accessTokenWoVersion: token.version,
      });
    });
    for (const warning of hostWarnings(props)) Annotations.of(this).addWarning(warning);
  }
}
