/** What the rules know about the constructs of an app. The constructs implement these interfaces, so that no rule imports a construct. */
import type { IConstruct } from "constructs";
import type { Backing, BitbucketProduct, DiagnosticCode } from "../../packages/domain";
import type { BitbucketCloudLogin, BitbucketDatacenterLogin, SpaceliftLogin } from "../logins";
import type { IRepository } from "../repository";
import type { ISpace } from "../space-reference";
import type { RepositoryWebhookOptions } from "../webhook-options";
import type { Availability } from "./availability";
import type { Finding } from "./finding";

/** A provider block. */
export interface ProviderDeclaration extends IConstruct {
  readonly props: {
    readonly alias?: string;
    readonly spacelift?: SpaceliftLogin;
    readonly bitbucketCloud?: BitbucketCloudLogin;
    readonly bitbucketDatacenter?: BitbucketDatacenterLogin;
    readonly rateLimitMaxWait?: string;
    readonly requestTimeout?: string;
    readonly maxConcurrentRequests?: number;
    readonly lookBeforeCreate?: number;
    readonly pluginPath?: string;
  };
}

/** A construct that a provider manages. */
export interface ManagedConstruct extends IConstruct {
  /** Undefined for the default provider of the stack. */
  readonly provider: ProviderDeclaration | undefined;
}

/** A Space that the app manages. */
export interface SpaceDeclaration extends ManagedConstruct, ISpace {
  readonly parentSpace: ISpace;
  readonly props: {
    readonly name: string;
    readonly inheritEntities?: boolean;
    readonly description?: string;
    readonly labels?: readonly string[];
  };
}

/** An integration, whether the app manages it or not. */
export interface IntegrationReference extends ManagedConstruct {
  readonly product: BitbucketProduct;
  readonly backing: Backing;
  /** Undefined if it is not known. */
  readonly space?: ISpace;
  isAvailableTo(space: ISpace): Availability;
}

/** An integration that the app manages. Which optional props exist depends on the product. */
export interface IntegrationDeclaration extends IntegrationReference {
  readonly space: ISpace;
  readonly props: {
    readonly name: string;
    readonly description?: string;
    readonly labels?: readonly string[];
    readonly isDefault?: boolean;
    readonly vcsChecks?: string;
    readonly webhookSecretRotation?: string;
    readonly replacementOrder?: string;
    readonly detachProtection?: boolean;
    readonly accessToken?: unknown;
    readonly credential?: object;
    readonly apiHost?: string;
    readonly userFacingHost?: string;
  };
}

/** An integration that is managed elsewhere. */
interface ExistingIntegrationDeclaration extends IntegrationReference {
  readonly foundBy: "id" | "name" | "default";
}

/** The props that all webhook constructs share. */
type WebhookProps = RepositoryWebhookOptions & { readonly provider?: ProviderDeclaration };

/** A webhook in one repository. */
export interface WebhookDeclaration extends IConstruct {
  readonly integration: IntegrationReference;
  readonly repository: IRepository;
  readonly props: WebhookProps;
}

/** The webhooks in the repositories of a workspace or project. */
export interface NamespaceWebhooksDeclaration extends IConstruct {
  readonly integration: IntegrationReference;
  readonly namespace: string;
  readonly props: WebhookProps & {
    readonly project?: string;
    readonly query?: string;
    readonly role?: string;
    readonly match?: readonly string[];
    readonly except?: readonly string[];
  };
  covers(repository: IRepository): boolean;
}

/** The addition of a repository to an integration that already has it. */
export interface RepeatedRepository {
  readonly repository: IRepository;
  /** The webhook that the integration already has. */
  readonly first: IConstruct;
}

/** The addition of a set to an integration that already has one of the same construct ID. */
export interface RepeatedSet {
  readonly namespace: string;
}

/** A stack or module that takes its source from an integration. */
export interface StackSourceDeclaration {
  readonly repository: IRepository;
  /** The Space of the stack or module. Undefined if the caller did not pass it. */
  readonly space: ISpace | undefined;
}

/** The calls of its methods that an integration records for the rules. */
export interface RecordedCalls {
  readonly repeatedRepositories: readonly RepeatedRepository[];
  readonly repeatedSets: readonly RepeatedSet[];
  readonly stackSources: readonly StackSourceDeclaration[];
}

/** A resource, data source or module, and an object that it depends on. */
export interface DependencyDeclaration {
  readonly construct: IConstruct;
  readonly dependency: unknown;
}

/** The constructs of an app, by group. */
export interface DeclaredConstructs {
  readonly providers: ProviderDeclaration;
  readonly spaces: SpaceDeclaration;
  readonly integrations: IntegrationDeclaration & RecordedCalls;
  readonly existingIntegrations: ExistingIntegrationDeclaration & RecordedCalls;
  readonly webhooks: WebhookDeclaration;
  readonly namespaceWebhooks: NamespaceWebhooksDeclaration;
}

/** Everything that an app declares, in the order of the construct tree. */
export interface Declarations {
  readonly providers: readonly ProviderDeclaration[];
  readonly spaces: readonly SpaceDeclaration[];
  readonly integrations: readonly IntegrationDeclaration[];
  readonly existingIntegrations: readonly ExistingIntegrationDeclaration[];
  readonly webhooks: readonly WebhookDeclaration[];
  readonly namespaceWebhooks: readonly NamespaceWebhooksDeclaration[];
  readonly repeatedRepositories: readonly (RepeatedRepository & { readonly integration: IntegrationReference })[];
  readonly repeatedSets: readonly (RepeatedSet & { readonly integration: IntegrationReference })[];
  /** What the constructs detected themselves. */
  readonly reported: readonly (Finding & { readonly code: DiagnosticCode })[];
  /** The stacks and the constructs of this library, which read the context. */
  readonly readers: readonly IConstruct[];
  readonly dependencies: readonly DependencyDeclaration[];
  readonly stackSources: readonly (StackSourceDeclaration & { readonly integration: IntegrationReference })[];
}
