/** The base class of all Bitbucket integrations: adds webhooks to repositories and provides the source of stacks. */
import { Construct } from "constructs";
import type { Backing, BitbucketProduct } from "../packages/domain";
import type { BitliftProvider } from "./bitlift-provider";
import { argumentOf, propsOf, scopeAndId } from "./props/checked-props";
import { quotedText } from "./props/described-value";
import type { IBitbucketIntegration, ReplacementOrder } from "./integration-reference";
import { NamespaceWebhooks, type NamespaceWebhooksOptions } from "./namespace-webhooks";
import { space as spaceType } from "./props/object-types";
import { PRODUCTS, type RepositoryOf } from "./products";
import { ADD_REPOSITORIES_OF_OPTIONS, ADD_REPOSITORIES_OPTIONS, ADD_REPOSITORY_OPTIONS, STACK_SOURCE_OPTIONS } from "./props/prop-tables";
import { isReference, type IRepository } from "./repository";
import { namespaceArgument, repositoriesArgument, repositoryArgument } from "./props/repository-arguments";
import { RepositoryWebhook } from "./repository-webhook";
import { availability, type Availability } from "./rules/availability";
import type { RepeatedRepository, RepeatedSet, StackSourceDeclaration } from "./rules/declarations";
import type { ISpace } from "./space-reference";
import { isStandIn, UNKNOWN_TEXT } from "./props/stand-ins";
import { stackSourceId } from "./stack-source-id";
import { forgetFindings, reportFinding } from "./validation";
import { required } from "./props/value-type";
import type { RepositoryWebhookOptions } from "./webhook-options";

/** The construct that `addRepository` and `addRepositoriesOf` create. */
export interface ConstructIdOptions {
  /**
   * ID of the construct. Required if a part of the name is a token, and for a second set of the same workspace or project.
   * @default - `<workspace>/<repository>`, `<project>/<repository>`, the workspace, or the project, in lower case
   */
  readonly constructId?: string;
}

/** Options of `addRepository`. */
export type AddRepositoryOptions<P extends BitbucketProduct = BitbucketProduct> = RepositoryWebhookOptions<P> & ConstructIdOptions;

/** Options of `addRepositoriesOf`. */
export type AddRepositoriesOfOptions<P extends BitbucketProduct = BitbucketProduct> = NamespaceWebhooksOptions<P> & ConstructIdOptions;

/** Options of `stackSource`. */
export interface StackSourceOptions<P extends BitbucketProduct = BitbucketProduct> {
  /** The repository that the stack or module reads. */
  readonly repository: RepositoryOf[P] | string;
  /**
   * The Space of the stack or module. If it is set, synthesis checks that the integration is available there.
   * @default - synthesis does not check the availability
   */
  readonly space?: ISpace;
}

/** The block `bitbucket_cloud` or `bitbucket_datacenter` of a stack or module in Spacelift's own provider. */
export interface StackSource {
  /** ID of the integration. */
  readonly id: string;
  /** The namespace in Spacelift: the workspace slug on Bitbucket Cloud, the project key on Bitbucket Data Center. */
  readonly namespace: string;
}

/** The base class of all Bitbucket integrations. */
export abstract class BitbucketIntegrationBase<P extends BitbucketProduct = BitbucketProduct>
  extends Construct
  implements IBitbucketIntegration<P>
{
  readonly product: P;
  abstract readonly fqn: string;
  abstract readonly integrationId: string;
  abstract readonly webhookUrl: string;
  abstract readonly webhookSecretFingerprint: string;
  abstract readonly replacementOrder: ReplacementOrder;
  abstract readonly provider: BitliftProvider | undefined;
  abstract readonly backing: Backing;
  /** @internal Additions of a repository that the integration already has. A rule reports them at synthesis. */
  readonly repeatedRepositories: RepeatedRepository[] = [];
  /** @internal The same for sets. */
  readonly repeatedSets: RepeatedSet[] = [];
  /** @internal The calls of `stackSource`. Rules validate them at synthesis. */
  readonly stackSources: StackSourceDeclaration[] = [];
  /** The Space of the integration. Undefined if it is not known. */
  protected abstract readonly ownSpace: ISpace | undefined;
  /** Whether the integration is the default one, which serves the whole account. */
  protected abstract readonly servesWholeAccount: boolean;
  readonly #webhooks = new Map<string, RepositoryWebhook<P>>();
  readonly #namespaceWebhooks = new Map<string, NamespaceWebhooks<P>>();

  constructor(scope: Construct, id: string, product: P) {
    super(...scopeAndId("the integration", scope, id));
    this.product = product;
  }

  /**
   * Adds a webhook to a repository. The webhook delivers to this integration. The construct ID, and with it the Terraform address, is
   * derived from the repository.
   * @param repository `<workspace>/<repository>` on Bitbucket Cloud, `<PROJECT>/<repository>` on Bitbucket Data Center, or a repository object.
   */
  addRepository(repository: RepositoryOf[P] | string, options?: AddRepositoryOptions<P>): RepositoryWebhook<P> {
    const call = "addRepository";
    const { constructId, ...webhookOptions } = propsOf<AddRepositoryOptions>(this, ADD_REPOSITORY_OPTIONS, options, call);
    return this.#addWebhook(this.#toRepository(call, repository), constructId, webhookOptions as RepositoryWebhookOptions<P>);
  }

  /** Adds a webhook to each of the repositories. Their order is not significant: inserting a repository does not affect the others. */
  addRepositories(repositories: readonly (RepositoryOf[P] | string)[], options?: RepositoryWebhookOptions<P>): RepositoryWebhook<P>[] {
    const call = "addRepositories";
    const webhookOptions = propsOf<RepositoryWebhookOptions>(this, ADD_REPOSITORIES_OPTIONS, options, call);
    const list = argumentOf(this, call, "repositories", repositoriesArgument(this.product), repositories);
    return list.map((repository, index) => {
      const target = this.#toRepository(call, repository, `repositories[${index}]`);
      return this.#addWebhook(target, undefined, webhookOptions as RepositoryWebhookOptions<P>);
    });
  }

  /**
   * Adds a webhook to every repository of a workspace (Bitbucket Cloud) or project (Bitbucket Data Center). Each plan reads the list of
   * repositories from Bitbucket, so new repositories are included.
   * @param namespace Workspace slug or project key.
   */
  addRepositoriesOf(namespace: string, options?: AddRepositoriesOfOptions<P>): NamespaceWebhooks<P> {
    const call = "addRepositoriesOf";
    const { constructId, ...filters } = propsOf<AddRepositoriesOfOptions>(this, ADD_REPOSITORIES_OF_OPTIONS, options, call);
    const target = argumentOf(this, call, "namespace", namespaceArgument(this.product), namespace);
    const id = constructId ?? this.#idFor(target, isReference(target) ? undefined : target.toLowerCase());
    const existing = this.#namespaceWebhooks.get(id);
    if (existing !== undefined && existing.namespace.toLowerCase() === target.toLowerCase()) {
      this.repeatedSets.push({ namespace: target });
      forgetFindings(this);
      return existing;
    }
    const props = { ...(filters as NamespaceWebhooksOptions<P>), namespace: target, integration: this };
    const webhooks = new NamespaceWebhooks<P>(this, this.#freeId(call, id), props);
    this.#namespaceWebhooks.set(id, webhooks);
    return webhooks;
  }

  isAvailableTo(space: ISpace): Availability {
    const consumerSpace = argumentOf(this, "isAvailableTo", "space", required(spaceType), space);
    return this.servesWholeAccount ? "yes" : availability(this.ownSpace, consumerSpace);
  }

  /**
   * Returns the source of a stack or module that is managed with Spacelift's own provider. Use it as the block `bitbucket_cloud` or
   * `bitbucket_datacenter`.
   *
   * The ID is read from the webhook of the repository, so the stack depends on the webhook: it is created after the webhook, and on a
   * replacement it moves after the new webhook exists and before the old one is deleted.
   */
  stackSource(options: StackSourceOptions<P>): StackSource {
    return this.resolveStackSource(options).source;
  }

  /** @internal What `stackSource` returns, and the slug of the repository. */
  resolveStackSource(options: StackSourceOptions<P>): { readonly source: StackSource; readonly slug: string } {
    const call = "stackSource";
    const checked = propsOf<StackSourceOptions>(this, STACK_SOURCE_OPTIONS, options, call);
    const { repository: given, space } = checked;
    const repository = isStandIn(checked) ? undefined : this.#toRepository(call, given as RepositoryOf[P] | string);
    if (repository === undefined || isStandIn(repository)) {
      return { source: { id: UNKNOWN_TEXT, namespace: UNKNOWN_TEXT }, slug: UNKNOWN_TEXT };
    }
    this.stackSources.push({ repository, space });
    forgetFindings(this);
    const namespace = PRODUCTS[this.product].toStackNamespace(repository.namespace);
    return { source: { id: stackSourceId(this, repository), namespace }, slug: repository.slug };
  }

  #addWebhook(repository: IRepository<P>, constructId: string | undefined, options: RepositoryWebhookOptions<P>): RepositoryWebhook<P> {
    const id = constructId ?? this.#idFor(repository, repository.path);
    const existing = this.#webhooks.get(id);
    if (existing !== undefined && existing.repository.path === repository.path) {
      this.repeatedRepositories.push({ repository, first: existing });
      forgetFindings(this);
      return existing;
    }
    const webhook = new RepositoryWebhook<P>(this, this.#freeId("addRepository", id), { ...options, repository, integration: this });
    this.#webhooks.set(id, webhook);
    return webhook;
  }

  /** A text that is not a repository is reported, and so is an object of another type. */
  #toRepository(call: string, given: RepositoryOf[P] | string, name = "repository"): IRepository<P> {
    const fixForArray =
      call === "stackSource" ? "Call stackSource once for each repository." : "Call addRepositories to add several repositories.";
    return argumentOf<unknown>(this, call, name, repositoryArgument(this.product, fixForArray), given) as IRepository<P>;
  }

  /** The ID, or another one if this integration already has a construct with this ID. CDKTF would throw an error without a fix. */
  #freeId(call: string, id: string): string {
    if (this.node.tryFindChild(id) === undefined) return id;
    reportFinding("value-not-allowed", {
      construct: this,
      why: `In ${call}(…), the construct ID ${quotedText(id)} is already used in this integration.`,
      fix: `Pass another constructId to ${call}.`,
    });
    return `unknown-${this.node.children.length}`;
  }

  /**
   * The ID of a construct, from the name of what it adds.
   * @param target What is added: a repository, or a workspace or project.
   * @param name Undefined if the name is known only after apply.
   */
  #idFor(target: IRepository | string, name: string | undefined): string {
    if (name !== undefined) return name;
    if (!isStandIn(target)) this.#reportMissingConstructId(target);
    return `unknown-${this.node.children.length}`;
  }

  #reportMissingConstructId(target: IRepository | string): void {
    const [call, noun] = typeof target === "string" ? ["addRepositoriesOf", "workspace or project"] : ["addRepository", "repository"];
    reportFinding("token-not-allowed", {
      construct: this,
      why: `The name of the ${noun} is known only after apply, but the Terraform address of the webhook is derived from it.`,
      fix: `Pass a constructId to ${call} that does not change, such as the intended name of the ${noun}.`,
    });
  }
}
