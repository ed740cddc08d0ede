/** The two Bitbucket products side by side: each line is a thing that one of them names or does in its own way. */
import type { ComplexList, TerraformMetaArguments, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import { BitbucketCloudWebhook } from "./bindings/bitbucket-cloud-webhook";
import { BitbucketDatacenterWebhook } from "./bindings/bitbucket-datacenter-webhook";
import { DataBitliftBitbucketCloudIntegration } from "./bindings/data-bitlift-bitbucket-cloud-integration";
import { DataBitliftBitbucketCloudRepositories } from "./bindings/data-bitlift-bitbucket-cloud-repositories";
import { DataBitliftBitbucketDatacenterIntegration } from "./bindings/data-bitlift-bitbucket-datacenter-integration";
import { DataBitliftBitbucketDatacenterRepositories } from "./bindings/data-bitlift-bitbucket-datacenter-repositories";
import { CloudRepository, DatacenterRepository, isReference } from "./repository";

/** The class that names a repository. */
export interface RepositoryOf {
  readonly cloud: CloudRepository;
  readonly datacenter: DatacenterRepository;
}

/** A webhook as both products have it, with the options of either. */
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

/** What a webhook's resource says of itself. */
export interface WebhookResource extends TerraformResource {
  readonly integrationId: string;
  readonly events: string[];
  importFrom(id: string): void;
}

/** What the resource or the data source of an integration says of it. */
export interface IntegrationElement {
  readonly id: string;
  readonly webhookUrl: string;
  readonly webhookSecretFingerprint: string;
}

type ExistingIntegrationConfig = TerraformMetaArguments & ({ readonly id: string } | { readonly default: true });

/** Which repositories of a workspace or project. */
interface RepositoriesConfig extends TerraformMetaArguments {
  readonly namespace: string;
  readonly project?: string;
  readonly query?: string;
  readonly role?: string;
}

interface ProductParts<P extends BitbucketProduct> {
  readonly repository: (text: string) => RepositoryOf[P];
  readonly webhook: (scope: Construct, id: string, config: WebhookConfig) => WebhookResource;
  /** The namespace of a stack, as Spacelift spells it. */
  readonly stackNamespace: (namespace: string) => string;
  /** Attribute with the id that Bitbucket assigned to a webhook. */
  readonly webhookId: string;
  /** The webhook option that decides about certificates; the other product's is refused. */
  readonly certificateOption: "skipCertificateVerification" | "verifyCertificate";
  readonly existingIntegration: (scope: Construct, id: string, config: ExistingIntegrationConfig) => IntegrationElement;
  readonly repositories: (scope: Construct, id: string, config: RepositoriesConfig) => { readonly repositories: ComplexList };
}

export const PRODUCTS: { readonly [P in BitbucketProduct]: ProductParts<P> } = {
  cloud: {
    repository: (text) => CloudRepository.parse(text),
    webhook: (scope, id, { namespace, ...config }) => new BitbucketCloudWebhook(scope, id, { workspace: namespace, ...config }),
    stackNamespace: (workspace) => workspace,
    webhookId: "uuid",
    certificateOption: "skipCertificateVerification",
    existingIntegration: (scope, id, config) => new DataBitliftBitbucketCloudIntegration(scope, id, config),
    repositories: (scope, id, { namespace, ...config }) =>
      new DataBitliftBitbucketCloudRepositories(scope, id, { workspace: namespace, ...config }),
  },
  datacenter: {
    repository: (text) => DatacenterRepository.parse(text),
    webhook: (scope, id, { namespace, ...config }) => new BitbucketDatacenterWebhook(scope, id, { project: namespace, ...config }),
    // Project keys have upper case, whatever people write; a user's name after the tilde stays as it is.
    stackNamespace: (key) => (isReference(key) || key.startsWith("~") ? key : key.toUpperCase()),
    webhookId: "webhook_id",
    certificateOption: "verifyCertificate",
    existingIntegration: (scope, id, config) => new DataBitliftBitbucketDatacenterIntegration(scope, id, config),
    repositories: (scope, id, { namespace, project: _, ...config }) =>
      new DataBitliftBitbucketDatacenterRepositories(scope, id, { project: namespace, ...config }),
  },
};
