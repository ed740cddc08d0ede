/** A webhook in every repository of a workspace or project, including repositories that are created later. */
import { propertyAccess, rawString, TerraformIterator, Token, type ComplexList, type MapTerraformIterator } from "cdktf";
import { Construct } from "constructs";
import type { BitliftProvider } from "./bitlift-provider";
import type { IBitbucketIntegration } from "./integration-reference";
import { PRODUCTS, type WebhookResource } from "./products";
import { isReference, namespaceOf, type IRepository } from "./repository";
import { recordNamespaceWebhooks } from "./stack-source-id";
import { register } from "./validation";
import { withConstructPath } from "./validation-error";
import type { RepositoryWebhookOptions } from "./webhook-options";
import { createWebhookResource } from "./webhook-resource";

/** Which repositories of the workspace or project get a webhook, and the options of the webhooks. */
export interface NamespaceWebhooksOptions extends RepositoryWebhookOptions {
  /**
   * Only repositories of the project with this key. Bitbucket Cloud only.
   * @default - all projects of the workspace
   */
  readonly project?: string;
  /**
   * Only repositories that match this query: on Bitbucket Cloud, an expression in its filter language (`name ~ "terraform"`); on Bitbucket
   * Data Center, a part of the name.
   * @default - all repositories
   */
  readonly query?: string;
  /**
   * Only repositories on which the login that manages webhooks has this role: `admin` on Bitbucket Cloud, `REPO_ADMIN` on Bitbucket Data Center.
   * @default - all repositories that the login can see
   */
  readonly role?: string;
  /**
   * Slugs of repositories that get no webhook from this set. List here the repositories that you declare individually.
   * @default - no exceptions
   */
  readonly except?: readonly string[];
}

/** Props of `NamespaceWebhooks`. */
export interface NamespaceWebhooksProps extends NamespaceWebhooksOptions {
  /** Workspace slug on Bitbucket Cloud; project key or `~<user>` on Bitbucket Data Center. */
  readonly namespace: string;
  /** The integration that receives the deliveries. */
  readonly integration: IBitbucketIntegration;
  /**
   * The provider that manages the webhooks. It determines the Bitbucket login and the Spacelift account.
   * @default - the provider of the integration
   */
  readonly provider?: BitliftProvider;
}

/**
 * A webhook in every repository of a workspace or project. Each plan reads the list of repositories from Bitbucket: a new repository gets a
 * webhook with the next apply, and a repository that is no longer in the list loses it. Each Terraform address ends in the repository slug.
 * @throws Problem `value-not-allowed` if the namespace is not a workspace or project.
 */
export class NamespaceWebhooks extends Construct {
  /** Workspace slug or project key. */
  readonly namespace: string;
  /** The integration that receives the deliveries. */
  readonly integration: IBitbucketIntegration;
  /** The props of these webhooks. */
  readonly props: NamespaceWebhooksProps;
  readonly #resource: WebhookResource;

  constructor(scope: Construct, id: string, props: NamespaceWebhooksProps) {
    super(scope, id);
    const { integration, provider = integration.provider } = props;
    this.props = props;
    this.integration = integration;
    this.namespace = withConstructPath(this, () => namespaceOf(integration.product, props.namespace));
    const { namespace } = this;
    const forEach = iterateExcept(props.except ?? [], this.#listRepositories(provider));
    this.#resource = createWebhookResource(this, { namespace, repository: forEach.key, integration, provider, forEach }, props);
    recordNamespaceWebhooks(integration, this);
    register("namespaceWebhooks", this);
  }

  /** Whether the set includes the repository, judging by its name. Only Bitbucket knows which repositories `query` and `role` exclude. */
  covers({ namespace, slug }: IRepository): boolean {
    return namespace.toLowerCase() === this.namespace.toLowerCase() && !this.#excludes(slug);
  }

  /**
   * ID of the integration, read from the webhook of one repository. A resource that uses it depends on the webhooks.
   * @param slug Slug of the repository. The plan fails if the set has no webhook for it.
   */
  integrationIdFor(slug: string): string {
    // The engine requires an index here. CDKTF renders a plain string as an attribute unless it is raw.
    const index = isReference(slug) ? slug : rawString(slug.toLowerCase());
    return Token.asString(propertyAccess(this.#resource.fqn, [index, "integration_id"]));
  }

  #listRepositories(provider: BitliftProvider | undefined): ComplexList {
    const { namespace, integration } = this;
    const { project, query, role } = this.props;
    return PRODUCTS[integration.product].createRepositoriesDataSource(this, "Repositories", { namespace, project, query, role, provider })
      .repositories;
  }

  #excludes(slug: string): boolean {
    return (this.props.except ?? []).some((excluded) => excluded.toLowerCase() === slug.toLowerCase());
  }
}

/** Iterates over repositories by slug, without the excluded slugs. */
function iterateExcept(excludedSlugs: readonly string[], repositories: ComplexList): MapTerraformIterator {
  const bySlug = TerraformIterator.fromComplexList(repositories, "slug");
  if (excludedSlugs.length === 0) return bySlug;
  const slugs = JSON.stringify(excludedSlugs.map((slug) => slug.toLowerCase()));
  const remaining = bySlug.forExpressionForMap("val.slug", `val if !contains(${slugs}, val.slug)`);
  return TerraformIterator.fromMap(Token.asAnyMap(remaining));
}
