/** A Bitbucket Cloud integration: declared here, or taken as it is. */
import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { VcsChecks } from "../vocabulary/spacelift";
import {
  BitbucketCloudIntegration as IntegrationResource,
  type BitbucketCloudIntegrationConfig,
} from "./bindings/bitbucket-cloud-integration";
import { DataBitliftBitbucketCloudIntegration } from "./bindings/data-bitlift-bitbucket-cloud-integration";
import type { BitliftProvider } from "./bitlift-provider";
import { Credential, isVariableName } from "./credential";
import { declare } from "./declarations";
import { BitbucketCloudIntegrationBase, type ReplacementOrder } from "./integration";
import { Space, type ISpace } from "./space";

/** What Spacelift reads code with: an API token, or the older app password. Not the credential that manages webhooks. */
export type BitbucketCloudCredential =
  | {
      /** Atlassian account email that belongs to the token. */
      readonly email: string;
      /** API token that may read the repositories. */
      readonly apiToken: Credential;
    }
  | {
      /** User name that belongs to the app password. */
      readonly username: string;
      /** App password. Atlassian ended them in July 2026. */
      readonly appPassword: Credential;
    };

/** Props of a Bitbucket Cloud integration. */
export interface BitbucketCloudIntegrationProps {
  /** Name, unique in the account. Spacelift makes id and webhook URL from it, so another name is another integration: a replacement. */
  readonly name: string;
  /** What Spacelift reads code with. */
  readonly credential: BitbucketCloudCredential;
  /**
   * Whether every stack and module of the account may use it. One default per account and product, in `root`. Known at synthesis: no token.
   * @default false
   */
  readonly isDefault?: boolean;
  /**
   * Space whose stacks and modules may use it, and those in Spaces below that inherit. Changed in place.
   * @default Space.ROOT
   */
  readonly space?: ISpace;
  /**
   * Labels, for finding integrations and for policies.
   * @default - none
   */
  readonly labels?: readonly string[];
  /**
   * What the integration is for, in Markdown.
   * @default - empty
   */
  readonly description?: string;
  /**
   * How pull requests are told: a status per stack (`INDIVIDUAL`), three for all (`AGGREGATED`), or both (`ALL`).
   * @default "INDIVIDUAL"
   */
  readonly vcsChecks?: VcsChecks;
  /**
   * Whether Spacelift checks out with git in place of downloading an archive.
   * @default - Spacelift decides
   */
  readonly useGitCheckout?: boolean;
  /**
   * Any text. A change from one text to another regenerates the webhook secret; the webhooks follow in the same apply.
   * @default - never regenerated
   */
  readonly webhookSecretRotation?: string;
  /**
   * Whether a delete is refused while stacks or modules use the integration. They would lose their source.
   * @default true
   */
  readonly detachProtection?: boolean;
  /**
   * Whether a replacement makes the new integration before it deletes the old one. Create first lets stacks be re-pointed in between, and
   * needs another name; destroy first suits a replacement under the same name.
   * @default "create-first" for a Space-level integration, "destroy-first" for a default one
   */
  readonly replacementOrder?: ReplacementOrder;
  /**
   * The account in which it lives.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

/** Options of the `from…` methods. */
export interface ExistingIntegrationOptions {
  /**
   * The account in which it lives.
   * @default - the stack's BitliftProvider without an alias
   */
  readonly provider?: BitliftProvider;
}

/** A Bitbucket Cloud integration that this app manages. */
export class BitbucketCloudIntegration extends BitbucketCloudIntegrationBase {
  /**
   * An integration that somebody else manages. Repositories can be added to it; it is not changed.
   * @param integrationId Its id, which Spacelift made from the name: `bitbucket-for-payments`.
   */
  static fromIntegrationId(
    scope: Construct,
    id: string,
    integrationId: string,
    options: ExistingIntegrationOptions = {},
  ): BitbucketCloudIntegrationBase {
    return new ExistingIntegration(scope, id, { id: integrationId }, options);
  }

  /** The account's default integration, managed by somebody else. */
  static fromDefault(scope: Construct, id: string, options: ExistingIntegrationOptions = {}): BitbucketCloudIntegrationBase {
    return new ExistingIntegration(scope, id, { default: true }, options);
  }

  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
  readonly replacementOrder: ReplacementOrder;
  readonly provider: BitliftProvider | undefined;
  /** The props as given. */
  readonly props: BitbucketCloudIntegrationProps;
  /** Its Space. */
  readonly space: ISpace;
  protected readonly home: ISpace;
  protected readonly servesAll: boolean;
  private readonly resource: IntegrationResource;

  constructor(scope: Construct, id: string, props: BitbucketCloudIntegrationProps) {
    super(scope, id);
    this.props = props;
    this.space = this.home = props.space ?? Space.ROOT;
    this.servesAll = props.isDefault === true;
    this.provider = props.provider;
    this.replacementOrder = props.replacementOrder ?? (this.servesAll ? "destroy-first" : "create-first");
    this.resource = new IntegrationResource(this, "Resource", resourceConfig(props, this.space, this.replacementOrder));
    // Each access of an attribute makes a token with a stack trace of its own: one of each is enough for all webhooks.
    this.integrationId = this.resource.id;
    this.webhookUrl = this.resource.webhookUrl;
    this.webhookSecretFingerprint = this.resource.webhookSecretFingerprint;
    if ("username" in props.credential) {
      Annotations.of(this).addWarning(
        "App passwords no longer work: Atlassian switched them off in July 2026. Use email with an API token (app-password-retired).",
      );
    }
    declare("integrations", this);
  }

  /** Takes over an integration that exists: the next apply imports it. Remove the call afterwards. @param integrationId Its id. */
  importFrom(integrationId: string): void {
    this.resource.importFrom(integrationId);
  }
}

class ExistingIntegration extends BitbucketCloudIntegrationBase {
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
  readonly replacementOrder = "create-first";
  readonly provider: BitliftProvider | undefined;
  protected readonly home = undefined;
  protected readonly servesAll: boolean;

  constructor(
    scope: Construct,
    id: string,
    which: { readonly id: string } | { readonly default: true },
    options: ExistingIntegrationOptions,
  ) {
    super(scope, id);
    this.provider = options.provider;
    this.servesAll = "default" in which;
    const data = new DataBitliftBitbucketCloudIntegration(this, "Resource", {
      ...which,
      ...(options.provider !== undefined && { provider: options.provider }),
    });
    this.integrationId = data.id;
    this.webhookUrl = data.webhookUrl;
    this.webhookSecretFingerprint = data.webhookSecretFingerprint;
  }
}

function resourceConfig(props: BitbucketCloudIntegrationProps, space: ISpace, order: ReplacementOrder): BitbucketCloudIntegrationConfig {
  const { name, isDefault, labels, description, vcsChecks, useGitCheckout, webhookSecretRotation, detachProtection, provider } = props;
  return {
    name,
    spaceId: space.spaceId,
    ...credentialConfig(props.credential),
    ...(isDefault !== undefined && { isDefault }),
    ...(labels !== undefined && { labels: [...labels] }),
    ...(description !== undefined && { description }),
    ...(vcsChecks !== undefined && { vcsChecks }),
    ...(useGitCheckout !== undefined && { useGitCheckout }),
    ...(webhookSecretRotation !== undefined && { webhookSecretRotation }),
    ...(detachProtection !== undefined && { detachProtection }),
    ...(provider !== undefined && { provider }),
    ...(order === "create-first" && { lifecycle: { createBeforeDestroy: true } }),
  };
}

/** What is not a Credential is left out here and reported by prop-rules.ts, so that it is never written. */
function credentialConfig(credential: BitbucketCloudCredential): Partial<BitbucketCloudIntegrationConfig> {
  if ("email" in credential) {
    const token = tokenConfig(credential.apiToken);
    return { email: credential.email, apiTokenEnv: token.env, apiTokenWo: token.writeOnly, apiTokenWoVersion: token.version };
  }
  const token = tokenConfig(credential.appPassword);
  return { username: credential.username, appPasswordEnv: token.env, appPasswordWo: token.writeOnly, appPasswordWoVersion: token.version };
}

function tokenConfig(secret: unknown): { readonly env?: string; readonly writeOnly?: string; readonly version?: string } {
  if (!(secret instanceof Credential)) return {};
  const { source } = secret;
  if (source.kind === "variable") return { writeOnly: source.reference, version: source.version };
  return isVariableName(source.variable) ? { env: source.variable } : {};
}
