/** What differs between Bitbucket Cloud and Bitbucket Data Center in the constructs. */
import type { ComplexList, TerraformMetaArguments, TerraformResource } from "./host";
import type { Construct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import { BitbucketCloudWebhook } from "./bindings/bitbucket-cloud-webhook";
import { BitbucketDatacenterWebhook } from "./bindings/bitbucket-datacenter-webhook";
import { DataBitliftBitbucketCloudIntegration } from "./bindings/data-bitlift-bitbucket-cloud-integration";
import { DataBitliftBitbucketCloudRepositories } from "./bindings/data-bitlift-bitbucket-cloud-repositories";
import { DataBitliftBitbucketDatacenterIntegration } from "./bindings/data-bitlift-bitbucket-datacenter-integration";
import { DataBitliftBitbucketDatacenterRepositories } from "./bindings/data-bitlift-bitbucket-datacenter-repositories";
import { CloudRepository, DatacenterRepository, isReference } from "./repository";

/** The repository class of each product. */
export interface RepositoryOf {
  readonly cloud: CloudRepository;
  readonly datacenter: DatacenterRepository;
}

/** The arguments of a webhook on either product. */
interface WebhookConfig extends TerraformMetaArguments {
  readonly namespace: string;
  readonly repository: string;
  readonly integrationId: string;
  readonly webhookUrl: string;
  readonly secretFingerprint: string;
  readonly title?: string;
  readonly additionalEvents?: string[];
  readonly active?: boolean;
  readonly adoptExisting?: boolean;
  readonly skipCertificateVerification?: boolean;
  readonly verifyCertificate?: boolean;
}

/** The attributes of a webhook resource that both products share. */
export interface WebhookResource extends TerraformResource {
  readonly integrationId: string;
  readonly events: string[];
  importFrom(id: string): void;
  moveFromId(id: string): void;
}

/** The attributes of an integration, as a resource or as a data source. */
export interface IntegrationAttributes {
  readonly fqn: string;
  readonly id: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
}

/** Selects an existing integration. */
type ExistingIntegrationConfig = TerraformMetaArguments &
  ({ readonly id: string } | { readonly name: string } | { readonly default: true });

/** Selects repositories of a workspace or project. */
interface RepositoriesConfig extends TerraformMetaArguments {
  readonly namespace: string;
  readonly project?: string;
  readonly query?: string;
  readonly role?: string;
}

interface ProductParts<P extends BitbucketProduct> {
  /** Parses a repository. */
  readonly parseRepository: (text: string) => RepositoryOf[P];
  readonly createWebhook: (scope: Construct, id: string, config: WebhookConfig) => WebhookResource;
  /** The namespace of a stack in the spelling of Spacelift. */
  readonly toStackNamespace: (namespace: string) => string;
  /** The attribute with the ID that Bitbucket assigned to a webhook. */
  readonly webhookIdAttribute: string;
  /** The webhook option for certificate verification. A rule rejects the option of the other product. */
  readonly certificateOption: "skipCertificateVerification" | "verifyCertificate";
  readonly createIntegrationDataSource: (scope: Construct, id: string, config: ExistingIntegrationConfig) => IntegrationAttributes;
  readonly createRepositoriesDataSource: (
    scope: Construct,
    id: string,
    config: RepositoriesConfig,
  ) => { readonly repositories: ComplexList };
}

export const PRODUCTS: { readonly [P in BitbucketProduct]: ProductParts<P> } = {
  cloud: {
    parseRepository: (text) => CloudRepository.parse(text),
    createWebhook: (scope, id, { namespace, ...config }) => new BitbucketCloudWebhook(scope, id, { workspace: namespace, ...config }),
    toStackNamespace: (workspace) => workspace,
    webhookIdAttribute: "uuid",
    certificateOption: "skipCertificateVerification",
    createIntegrationDataSource: (scope, id, config) => new DataBitliftBitbucketCloudIntegration(scope, id, config),
    createRepositoriesDataSource: (scope, id, { namespace, ...config }) =>
      new DataBitliftBitbucketCloudRepositories(scope, id, { workspace: namespace, ...config }),
  },
  datacenter: {
    parseRepository: (text) => DatacenterRepository.parse(text),
    createWebhook: (scope, id, { namespace, ...config }) => new BitbucketDatacenterWebhook(scope, id, { project: namespace, ...config }),
    // Spacelift stores project keys in upper case. The user name of a personal project keeps its case.
    toStackNamespace: (key) => (isReference(key) || key.startsWith("~") ? key : key.toUpperCase()),
    webhookIdAttribute: "webhook_id",
    certificateOption: "verifyCertificate",
    createIntegrationDataSource: (scope, id, config) => new DataBitliftBitbucketDatacenterIntegration(scope, id, config),
    createRepositoriesDataSource: (scope, id, { namespace, project: _, ...config }) =>
      new DataBitliftBitbucketDatacenterRepositories(scope, id, { project: namespace, ...config }),
  },
};
