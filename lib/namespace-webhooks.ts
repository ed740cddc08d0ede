/** A webhook in every repository of a workspace or project, including repositories that are created later. */
import {
  forExpression,
  propertyAccess,
  rawString,
  TerraformIterator,
  Token,
  type ComplexList,
  type ITerraformDependable,
  type MapTerraformIterator,
} from "./host";
import { Construct } from "constructs";
import { hasWildcard, selectsRepository, slugExpression, type BitbucketProduct, type RepositoryRole } from "../packages/domain";
import type { BitliftProvider } from "./bitlift-provider";
import { argumentOf, propsOf, scopeAndId, valueOf } from "./props/checked-props";
import type { IBitbucketIntegration } from "./integration-reference";
import { repository as repositoryType } from "./props/object-types";
import { text } from "./props/plain-types";
import { PRODUCTS, type WebhookResource } from "./products";
import { NAMESPACE_WEBHOOKS_PROPS } from "./props/prop-tables";
import { isReference, namespaceOf, type IRepository } from "./repository";
import { moveResource } from "./resource-address";
import { recordNamespaceWebhooks } from "./stack-source-id";
import { isStandIn, orStandIn, UNKNOWN_TEXT, unknownIntegration } from "./props/stand-ins";
import { register } from "./validation";
import { checkedBy, required } from "./props/value-type";
import type { CloudWebhookOptions, DatacenterWebhookOptions } from "./webhook-options";
import { createWebhookResource } from "./webhook-resource";

/** Which repositories of a workspace or project get a webhook. */
export interface RepositoryFilter<P extends BitbucketProduct = BitbucketProduct> {
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
  readonly role?: RepositoryRole<P>;
  /**
   * Only repositories whose slug is one of these, or matches one of these patterns: `*` stands for any characters, `?` for one character.
   * @default - all repositories
   */
  readonly match?: readonly string[];
  /**
   * Slugs of repositories that get no webhook from this set, or patterns as in `match`. List here the repositories that you declare individually.
   * @default - no exceptions
   */
  readonly except?: readonly string[];
}

/** Which repositories of a workspace of Bitbucket Cloud get a webhook, and the options of the webhooks. */
export interface CloudNamespaceWebhooksOptions extends RepositoryFilter<"cloud">, CloudWebhookOptions {
  /**
   * Only repositories of the project with this key. Bitbucket Cloud only.
   * @default - all projects of the workspace
   */
  readonly project?: string;
}

/** Which repositories of a project of Bitbucket Data Center get a webhook, and the options of the webhooks. */
export interface DatacenterNamespaceWebhooksOptions extends RepositoryFilter<"datacenter">, DatacenterWebhookOptions {
  /** An option of Bitbucket Cloud. */
  readonly project?: undefined;
}

/** The options of each product. */
export interface NamespaceWebhooksOptionsOf {
  readonly cloud: CloudNamespaceWebhooksOptions;
  readonly datacenter: DatacenterNamespaceWebhooksOptions;
}

/** Which repositories of the workspace or project get a webhook, and the options of the webhooks. */
export type NamespaceWebhooksOptions<P extends BitbucketProduct = BitbucketProduct> = NamespaceWebhooksOptionsOf[P];

/** What the webhooks connect. */
export interface NamespaceWebhooksConnection<P extends BitbucketProduct = BitbucketProduct> {
  /** Workspace slug on Bitbucket Cloud; project key or `~<user>` on Bitbucket Data Center. */
  readonly namespace: string;
  /** The integration that receives the deliveries. */
  readonly integration: IBitbucketIntegration<P>;
  /**
   * The provider that manages the webhooks. It determines the Bitbucket login and the Spacelift account.
   * @default - the provider of the integration
   */
  readonly provider?: BitliftProvider;
}

/** Props of `NamespaceWebhooks`. */
export type NamespaceWebhooksProps<P extends BitbucketProduct = BitbucketProduct> = NamespaceWebhooksOptions<P> &
  NamespaceWebhooksConnection<P>;

/**
 * A webhook in every repository of a workspace or project. Each plan reads the list of repositories from Bitbucket: a new repository gets a
 * webhook with the next apply, and a repository that is no longer in the list loses it. Each Terraform address ends in the repository slug.
 */
export class NamespaceWebhooks<P extends BitbucketProduct = BitbucketProduct> extends Construct implements ITerraformDependable {
  /** Workspace slug or project key. */
  readonly namespace: string;
  /** The integration that receives the deliveries. */
  readonly integration: IBitbucketIntegration<P>;
  /** The props of these webhooks. */
  readonly props: NamespaceWebhooksProps<P>;
  /** Undefined with published backing, which a rule refuses. */
  readonly #resource: WebhookResource | undefined;

  constructor(scope: Construct, id: string, props: NamespaceWebhooksProps<P>) {
    super(...scopeAndId("NamespaceWebhooks", scope, id));
    this.props = propsOf<NamespaceWebhooksProps<P>>(this, NAMESPACE_WEBHOOKS_PROPS, props);
    const integration = orStandIn(this.props.integration, () => unknownIntegration(this, "cloud" as P));
    const { provider = integration.provider } = this.props;
    this.integration = integration;
    this.namespace = this.#checkedNamespace(this.props);
    const { namespace } = this;
    this.#resource = integration.backing === "published" ? undefined : this.#createWebhooks(provider);
    if (isStandIn(integration) || isStandIn(namespace)) return;
    recordNamespaceWebhooks(integration, this);
    register("namespaceWebhooks", this as NamespaceWebhooks);
  }

  /** Whether the set includes the repository, judging by its name. Only Bitbucket knows which repositories `query` and `role` exclude. */
  covers(repository: IRepository): boolean {
    const checked = argumentOf<IRepository | undefined>(this, "covers", "repository", REPOSITORY, repository);
    if (checked === undefined) return false;
    const { namespace, slug } = checked;
    const { match, except = [] } = this.props;
    return selectsRepository({ namespace: this.namespace, match, except }, namespace, slug);
  }

  /**
   * ID of the integration, read from the webhook of one repository. A resource that uses it depends on the webhooks.
   * @param slug Slug of the repository. The plan fails if the set has no webhook for it.
   */
  integrationIdFor(slug: string): string {
    const checked = argumentOf(this, "integrationIdFor", "slug", SLUG, slug);
    // The engine requires an index here. CDKTF renders a plain string as an attribute unless it is raw.
    const index = isReference(checked) ? checked : rawString(checked.toLowerCase());
    return Token.asString(propertyAccess(this.fqn, [index, "integration_id"]));
  }

  /** The address of the webhooks in expressions of the engine: a map with one webhook per slug. */
  get fqn(): string {
    return this.#resource?.fqn ?? UNKNOWN_TEXT;
  }

  /**
   * Keeps the webhooks when their Terraform address changes, for example because you changed the construct ID or the scope.
   *
   * It also takes over webhooks that a published provider manages with `for_each`, if the keys are the slugs of the repositories: the engine keeps
   * the keys. This needs Terraform 1.8 or OpenTofu 1.10. Leave that provider installed until the apply: engines load every provider of the state.
   * @param address The previous address, such as `bitlift_bitbucket_cloud_webhook.payments_acme_7C0E6D3F` or `bitbucket_hook.repositories`.
   */
  moveFrom(address: string): void {
    if (this.#resource !== undefined) moveResource(this, this.#resource, address);
  }

  #checkedNamespace({ namespace }: { readonly namespace: string }): string {
    const { product } = this.integration;
    if (isStandIn(this.integration) || isStandIn(namespace)) return namespace;
    return valueOf(
      this,
      checkedBy(() => namespaceOf(product, namespace), UNKNOWN_TEXT),
    );
  }

  #createWebhooks(provider: BitliftProvider | undefined): WebhookResource {
    const { namespace, integration } = this;
    const forEach = iterateSelected(this.props, this.#listRepositories(provider));
    return createWebhookResource(this, { namespace, repository: forEach.key, integration, provider, forEach }, this.props);
  }

  #listRepositories(provider: BitliftProvider | undefined): ComplexList {
    const { namespace, integration } = this;
    const { project, query, role }: { project?: string; query?: string; role?: string } = this.props;
    const config = { namespace, project, query, role, provider };
    return PRODUCTS[integration.product].createRepositoriesDataSource(this, "Repositories", config).repositories;
  }
}

const REPOSITORY = required(repositoryType);
const SLUG = required(text);

/** Iterates over repositories by slug: those that `match` selects, without those under `except`. */
function iterateSelected({ match, except = [] }: RepositoryFilter, repositories: ComplexList): MapTerraformIterator {
  const conditions = [
    ...(match === undefined ? [] : [anyOf(conditionsOn(match))]),
    ...conditionsOn(except).map((condition) => `!${condition}`),
  ];
  if (conditions.length === 0) return TerraformIterator.fromComplexList(repositories, "slug");
  // The method of an iterator that does this writes another expression on each host.
  const selected = forExpression(repositories, `val if ${conditions.join(" && ")}`, "val.slug");
  return TerraformIterator.fromMap(Token.asAnyMap(selected));
}

/** Conditions in the language of the engine. Each is true for slugs that it selects. */
function conditionsOn(patterns: readonly string[]): readonly string[] {
  const slugs = patterns.filter((pattern) => !hasWildcard(pattern)).map((slug) => slug.toLowerCase());
  const wildcards = patterns.filter(hasWildcard);
  return [
    ...(slugs.length === 0 ? [] : [`contains(${JSON.stringify(slugs)}, val.slug)`]),
    ...(wildcards.length === 0 ? [] : [`can(regex("${slugExpression(wildcards)}", val.slug))`]),
  ];
}

/** An empty list selects nothing. */
function anyOf(conditions: readonly string[]): string {
  return conditions.length > 1 ? `(${conditions.join(" || ")})` : (conditions[0] ?? "false");
}
