/** The base class of all Bitbucket integrations: adds webhooks to repositories and provides the source of stacks. */
import { Construct, type IConstruct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import type { BitliftProvider } from "./bitlift-provider";
import type { IBitbucketIntegration, ReplacementOrder } from "./integration-reference";
import { NamespaceWebhooks, type NamespaceWebhooksOptions } from "./namespace-webhooks";
import { PRODUCTS, type RepositoryOf } from "./products";
import { isReference, namespaceOf } from "./repository";
import { RepositoryWebhook } from "./repository-webhook";
import { availability, type Availability } from "./rules/availability";
import type { RepeatedAddition, StackSourceDeclaration } from "./rules/declarations";
import type { ISpace } from "./space-reference";
import { stackSourceId } from "./stack-source-id";
import { validationError, withConstructPath } from "./validation-error";
import type { RepositoryWebhookOptions } from "./webhook-options";

/** Options of `addRepository`. */
export interface AddRepositoryOptions extends RepositoryWebhookOptions {
  /**
   * ID of the webhook construct. Required if the workspace, the project or the repository is a token.
   * @default - `<workspace>/<repository>` or `<project>/<repository>`, in lower case
   */
  readonly constructId?: string;
}

/** Options of `addRepositoriesOf`. */
export interface AddRepositoriesOfOptions extends NamespaceWebhooksOptions {
  /**
   * ID of the construct. Required for a second set of the same workspace or project, and if the workspace or project is a token.
   * @default - the workspace or project, in lower case
   */
  readonly constructId?: string;
}

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
  implements IBitbucketIntegration
{
  readonly product: P;
  abstract readonly integrationId: string;
  abstract readonly webhookUrl: string;
  abstract readonly webhookSecretFingerprint: string;
  abstract readonly replacementOrder: ReplacementOrder;
  abstract readonly provider: BitliftProvider | undefined;
  /** @internal Additions of a repository or set that the integration already has. A rule reports them at synthesis. */
  readonly repeatedAdditions: RepeatedAddition[] = [];
  /** @internal The calls of `stackSource`. Rules validate them at synthesis. */
  readonly stackSources: StackSourceDeclaration[] = [];
  /** The Space of the integration. Undefined if it is not known. */
  protected abstract readonly ownSpace: ISpace | undefined;
  /** Whether the integration is the default one, which serves the whole account. */
  protected abstract readonly servesWholeAccount: boolean;
  readonly #webhooks = new Map<string, RepositoryWebhook>();
  readonly #namespaceWebhooks = new Map<string, NamespaceWebhooks>();

  constructor(scope: Construct, id: string, product: P) {
    super(scope, id);
    this.product = product;
  }

  /**
   * Adds a webhook to a repository. The webhook delivers to this integration. The construct ID, and with it the Terraform address, is
   * derived from the repository.
   * @param repository `<workspace>/<repository>` on Bitbucket Cloud, `<PROJECT>/<repository>` on Bitbucket Data Center, or a repository object.
   * @throws Problem `value-not-allowed` if the text is not a repository of the product, or `token-not-allowed` if a token requires `constructId`.
   */
  addRepository(repository: RepositoryOf[P] | string, options: AddRepositoryOptions = {}): RepositoryWebhook {
    const { constructId, ...webhookOptions } = options;
    const target = this.#toRepository(repository);
    const id = constructId ?? target.path;
    if (id === undefined) throw missingConstructIdError(this, "addRepository", "repository");
    const existing = this.#webhooks.get(id);
    if (existing !== undefined) {
      this.repeatedAdditions.push({ subject: `${target.namespace}/${target.slug}` });
      return existing;
    }
    const webhook = new RepositoryWebhook(this, id, { ...webhookOptions, repository: target, integration: this });
    this.#webhooks.set(id, webhook);
    return webhook;
  }

  /** Adds a webhook to each of the repositories. Their order is not significant: inserting a repository does not affect the others. */
  addRepositories(repositories: readonly (RepositoryOf[P] | string)[], options: RepositoryWebhookOptions = {}): RepositoryWebhook[] {
    return repositories.map((repository) => this.addRepository(repository, options));
  }

  /**
   * Adds a webhook to every repository of a workspace (Bitbucket Cloud) or project (Bitbucket Data Center). Each plan reads the list of
   * repositories from Bitbucket, so new repositories are included.
   * @param namespace Workspace slug or project key.
   * @throws Problem `value-not-allowed` if the text is not a workspace or project, or `token-not-allowed` if a token requires `constructId`.
   */
  addRepositoriesOf(namespace: string, options: AddRepositoriesOfOptions = {}): NamespaceWebhooks {
    const { constructId, ...webhookOptions } = options;
    if (constructId === undefined && isReference(namespace))
      throw missingConstructIdError(this, "addRepositoriesOf", "workspace or project");
    const id = constructId ?? withConstructPath(this, () => namespaceOf(this.product, namespace)).toLowerCase();
    const existing = this.#namespaceWebhooks.get(id);
    if (existing !== undefined) {
      const fix = "Declare the set once. To declare a second set, pass a constructId, and set a query or role on both.";
      this.repeatedAdditions.push({ subject: `The set of repositories of ${namespace}`, fix });
      return existing;
    }
    const webhooks = new NamespaceWebhooks(this, id, { ...webhookOptions, namespace, integration: this });
    this.#namespaceWebhooks.set(id, webhooks);
    return webhooks;
  }

  isAvailableTo(space: ISpace): Availability {
    return this.servesWholeAccount ? "yes" : availability(this.ownSpace, space);
  }

  /**
   * Returns the source of a stack or module that is managed with Spacelift's own provider. Use it as the block `bitbucket_cloud` or
   * `bitbucket_datacenter`.
   *
   * The ID is read from the webhook of the repository, so the stack depends on the webhook: it is created after the webhook, and on a
   * replacement it moves after the new webhook exists and before the old one is deleted.
   * @throws Problem `value-not-allowed` if the text is not a repository of the product.
   */
  stackSource(options: StackSourceOptions<P>): StackSource {
    const repository = this.#toRepository(options.repository);
    this.stackSources.push({ repository, space: options.space });
    return { id: stackSourceId(this, repository), namespace: PRODUCTS[this.product].toStackNamespace(repository.namespace) };
  }

  #toRepository(repository: RepositoryOf[P] | string): RepositoryOf[P] {
    if (typeof repository !== "string") return repository;
    return withConstructPath(this, () => PRODUCTS[this.product].parseRepository(repository));
  }
}

function missingConstructIdError(integration: IConstruct, method: string, target: string) {
  const why = `The name of the ${target} is known only after apply, but the Terraform address of the webhook is derived from it.`;
  const fix = `Pass a constructId to ${method} that does not change, such as the intended name of the ${target}.`;
  return validationError("token-not-allowed", { why, fix }, integration);
}
