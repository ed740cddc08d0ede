/** A webhook in each repository of a workspace or a project, also in those that are made later. */
import { propertyAccess, rawString, TerraformIterator, Token, type MapTerraformIterator } from "cdktf";
import { Construct } from "constructs";
import type { BitliftProvider } from "./bitlift-provider";
import { declare } from "./declarations";
import type { IBitbucketIntegration } from "./integration";
import { PRODUCTS, type WebhookResource } from "./products";
import { refusedAt } from "./refusal";
import { isReference, namespaceOf, type IRepository } from "./repository";
import type { RepositoryWebhookOptions } from "./repository-webhook";
import { webhookResource } from "./webhook-resource";

/** Which repositories of the workspace or project, and what may be chosen for their webhooks. */
export interface NamespaceWebhooksOptions extends RepositoryWebhookOptions {
  /**
   * Bitbucket Cloud's filter: only repositories of the project with this key.
   * @default - all projects of the workspace
   */
  readonly project?: string;
  /**
   * Only repositories that match: in Bitbucket's filter language on Cloud (`name ~ "terraform"`), a part of the name on Data Center.
   * @default - all
   */
  readonly query?: string;
  /**
   * Only repositories on which the login that manages webhooks has this role: `admin` on Bitbucket Cloud, `REPO_ADMIN` on Bitbucket Data Center.
   * @default - all that it can see
   */
  readonly role?: string;
  /**
   * Slugs of repositories that get none.
   * @default - none
   */
  readonly except?: readonly string[];
}

/** Props of these webhooks. */
export interface NamespaceWebhooksProps extends NamespaceWebhooksOptions {
  /** Workspace slug on Bitbucket Cloud, project key or `~<user>` on Bitbucket Data Center. */
  readonly namespace: string;
  /** The integration that receives. */
  readonly integration: IBitbucketIntegration;
  /**
   * The Bitbucket login and the Spacelift account to use.
   * @default - that of the integration
   */
  readonly provider?: BitliftProvider;
}

/**
 * Bitbucket is asked for the repositories in each plan. A repository that appears gets a webhook with the next apply, and one that
 * disappears from the list loses it; the Terraform address ends in the slug.
 */
export class NamespaceWebhooks extends Construct {
  readonly namespace: string;
  readonly integration: IBitbucketIntegration;
  private readonly resource: WebhookResource;

  constructor(
    scope: Construct,
    id: string,
    /** The props as given. */
    readonly props: NamespaceWebhooksProps,
  ) {
    super(scope, id);
    const { integration, project, query, role, except = [] } = props;
    const provider = props.provider ?? integration.provider;
    this.namespace = refusedAt(this, () => namespaceOf(integration.product, props.namespace));
    this.integration = integration;
    const { repositories } = PRODUCTS[integration.product].repositories(this, "Repositories", {
      namespace: this.namespace,
      project,
      query,
      role,
      provider,
    });
    const forEach = without(except, TerraformIterator.fromComplexList(repositories, "slug"));
    this.resource = webhookResource(this, { namespace: this.namespace, repository: forEach.key, integration, provider, forEach }, props);
    declare("namespaces", this);
  }

  /** Whether the repository is one of those, as far as its name tells. What `query` and `role` leave out is known only to Bitbucket. */
  covers({ namespace, slug }: IRepository): boolean {
    return namespace.toLowerCase() === this.namespace.toLowerCase() && !this.isExcepted(slug);
  }

  /**
   * Id of the integration, read from one repository's webhook: what uses it waits for the webhooks.
   * @param slug The repository. The plan fails where it has no webhook.
   */
  integrationIdFor(slug: string): string {
    // The engine wants an index here; CDKTF writes plain words as attributes unless they are raw.
    const index = isReference(slug) ? slug : rawString(slug.toLowerCase());
    return Token.asString(propertyAccess(this.resource.fqn, [index, "integration_id"]));
  }

  private isExcepted(slug: string): boolean {
    return (this.props.except ?? []).some((one) => one.toLowerCase() === slug.toLowerCase());
  }
}

function without(slugs: readonly string[], all: MapTerraformIterator): MapTerraformIterator {
  if (slugs.length === 0) return all;
  const names = JSON.stringify(slugs.map((slug) => slug.toLowerCase()));
  const left = all.forExpressionForMap("val.slug", `val if !contains(${names}, val.slug)`);
  return TerraformIterator.fromMap(Token.asAnyMap(left));
}
