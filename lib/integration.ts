/** What every Bitbucket integration offers, whether this app manages it or not: repositories, and the source of stacks. */
import { Fn, Lazy, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { BitbucketProduct } from "../packages/domain";
import { availability, type Availability } from "./rules/availability";
import type { BitliftProvider } from "./bitlift-provider";
import { declarationsIn } from "./declarations";
import { NamespaceWebhooks, type NamespaceWebhooksOptions } from "./namespace-webhooks";
import { PRODUCTS, type RepositoryOf } from "./products";
import { refusal, refusedAt } from "./refusal";
import { isReference, namespaceOf, type IRepository } from "./repository";
import { RepositoryWebhook, type RepositoryWebhookOptions } from "./repository-webhook";
import type { ISpace } from "./space";

/** In which order a replacement goes: the new object before the old one is deleted, or after. */
export type ReplacementOrder = "create-first" | "destroy-first";

/** A Bitbucket integration. */
export interface IBitbucketIntegration extends IConstruct {
  /** Which of the two products it reads. */
  readonly product: BitbucketProduct;
  /** Id in Spacelift. */
  readonly integrationId: string;
  /** Address that its webhooks call. */
  readonly webhookUrl: string;
  /** Fingerprint of the secret that signs deliveries; never the secret. */
  readonly webhookSecretFingerprint: string;
  /** In which order it is replaced, and its webhooks with it. */
  readonly replacementOrder: ReplacementOrder;
  /** The provider that manages it; undefined for the stack's default provider. */
  readonly provider: BitliftProvider | undefined;
  /** Whether a stack or module in that Space may use it. */
  isAvailableTo(space: ISpace): Availability;
}

/** Options of `addRepository`. */
export interface AddRepositoryOptions extends RepositoryWebhookOptions {
  /**
   * Id of the webhook's construct.
   * @default - the repository, as `<workspace>/<repository>` or `<project>/<repository>`; needed where a part of it is a token
   */
  readonly constructId?: string;
}

/** Options of `addRepositoriesOf`. */
export interface AddRepositoriesOfOptions extends NamespaceWebhooksOptions {
  /**
   * Id of the construct. Needed for a second set of the same workspace or project, and where its name is a token.
   * @default - the workspace or project, in lower case
   */
  readonly constructId?: string;
}

/** Options of `stackSource`. */
export interface StackSourceOptions<P extends BitbucketProduct = BitbucketProduct> {
  /** The repository that the stack or module reads. */
  readonly repository: RepositoryOf[P] | string;
  /**
   * The Space of the stack or module, to have it checked that the integration may be used there.
   * @default - not checked
   */
  readonly space?: ISpace;
}

/** The block `bitbucket_cloud` or `bitbucket_datacenter` of a stack or module of Spacelift's own provider. */
export interface StackSource {
  /** Id of the integration. */
  readonly id: string;
  /** What Spacelift calls the namespace: the workspace slug on Bitbucket Cloud, the project key on Bitbucket Data Center. */
  readonly namespace: string;
}

/** The part that all integrations have in common. */
export abstract class BitbucketIntegrationBase<P extends BitbucketProduct = BitbucketProduct>
  extends Construct
  implements IBitbucketIntegration
{
  abstract readonly integrationId: string;
  abstract readonly webhookUrl: string;
  abstract readonly webhookSecretFingerprint: string;
  abstract readonly replacementOrder: ReplacementOrder;
  abstract readonly provider: BitliftProvider | undefined;
  /** Its Space; undefined where it is not known. */
  protected abstract readonly home: ISpace | undefined;
  /** Whether it serves the whole account. */
  protected abstract readonly servesAll: boolean;
  private readonly webhookById = new Map<string, RepositoryWebhook>();
  private readonly namespaceById = new Map<string, NamespaceWebhooks>();

  constructor(
    scope: Construct,
    id: string,
    readonly product: P,
  ) {
    super(scope, id);
  }

  /**
   * Puts a webhook that feeds this integration into a repository. The construct, and so the Terraform address, is named after the repository.
   * @param repository `<workspace>/<repository>` on Bitbucket Cloud, `<PROJECT>/<repository>` on Bitbucket Data Center; or an object that names it.
   * @throws Problem `value-not-allowed` when the text names no repository, `token-not-allowed` when a token needs `constructId`.
   */
  addRepository(repository: RepositoryOf[P] | string, options: AddRepositoryOptions = {}): RepositoryWebhook {
    const target = this.named(repository);
    const { constructId, ...webhookOptions } = options;
    const id = constructId ?? target.path;
    if (id === undefined) throw nameNeeded(this, "addRepository", "repository");
    const known = this.webhookById.get(id);
    if (known !== undefined) {
      declarationsIn(this).repeats.push({ integration: this, name: `${target.namespace}/${target.slug}` });
      return known;
    }
    const webhook = new RepositoryWebhook(this, id, { ...webhookOptions, repository: target, integration: this });
    this.webhookById.set(id, webhook);
    return webhook;
  }

  /** The same for several repositories. Their order means nothing: adding one in the middle changes nothing else. */
  addRepositories(repositories: readonly (RepositoryOf[P] | string)[], options: RepositoryWebhookOptions = {}): RepositoryWebhook[] {
    return repositories.map((repository) => this.addRepository(repository, options));
  }

  /**
   * Puts a webhook into each repository of a workspace (Bitbucket Cloud) or a project (Bitbucket Data Center), also into those that are
   * made later: each plan asks Bitbucket for the list.
   * @param namespace Workspace slug, or project key.
   * @throws Problem `value-not-allowed` when the text cannot name one, `token-not-allowed` when a token needs `constructId`.
   */
  addRepositoriesOf(namespace: string, options: AddRepositoriesOfOptions = {}): NamespaceWebhooks {
    const { constructId, ...webhookOptions } = options;
    if (constructId === undefined && isReference(namespace)) throw nameNeeded(this, "addRepositoriesOf", "workspace or project");
    const id = constructId ?? refusedAt(this, () => namespaceOf(this.product, namespace)).toLowerCase();
    const known = this.namespaceById.get(id);
    if (known !== undefined) {
      const fix = "Declare it once, or give the second set a constructId, and both a query or a role.";
      declarationsIn(this).repeats.push({ integration: this, name: `Each repository of ${namespace}`, fix });
      return known;
    }
    const webhooks = new NamespaceWebhooks(this, id, { ...webhookOptions, namespace, integration: this });
    this.namespaceById.set(id, webhooks);
    return webhooks;
  }

  isAvailableTo(space: ISpace): Availability {
    return this.servesAll ? "yes" : availability(this.home, space);
  }

  /**
   * What a stack or module that Spacelift's own provider manages takes as `bitbucket_cloud` or `bitbucket_datacenter`. The id is read from
   * the repository's webhook, so the stack follows it: created after the webhook, re-pointed after a new one is there and before the old one goes.
   */
  stackSource(options: StackSourceOptions<P>): StackSource {
    const repository = this.named(options.repository);
    declarationsIn(this).sources.push({ integration: this, repository, space: options.space });
    // The webhook may be declared later.
    return {
      id: Lazy.stringValue({ produce: () => this.idThroughWebhook(repository) }),
      namespace: PRODUCTS[this.product].stackNamespace(repository.namespace),
    };
  }

  private idThroughWebhook(repository: IRepository): string {
    const own = this.webhookOf(repository);
    if (own !== undefined) return own.integrationId;
    const sets = declarationsIn(this).namespaces.filter((webhooks) => webhooks.integration === this && webhooks.covers(repository));
    const [id = this.integrationId, ...more] = sets.map((webhooks) => webhooks.integrationIdFor(repository.slug));
    // Which of several sets has the repository is known only to Bitbucket.
    return more.length === 0 ? id : Token.asString(Fn.try([id, ...more]));
  }

  private webhookOf(repository: IRepository): RepositoryWebhook | undefined {
    const same = (other: IRepository) =>
      other.path === undefined
        ? other.namespace === repository.namespace && other.slug === repository.slug
        : other.path === repository.path;
    const own = repository.path === undefined ? undefined : this.webhookById.get(repository.path);
    return own ?? declarationsIn(this).webhooks.find((webhook) => webhook.integration === this && same(webhook.repository));
  }

  private named(repository: RepositoryOf[P] | string): RepositoryOf[P] {
    if (typeof repository !== "string") return repository;
    return refusedAt(this, () => PRODUCTS[this.product].repository(repository));
  }
}

function nameNeeded(integration: IConstruct, method: string, what: string) {
  const why = `The name of a ${what} is known only after apply, and the webhook's address in Terraform is made from it.`;
  const fix = `Give ${method} a constructId that stays the same, such as the name that the ${what} is meant to have.`;
  return refusal("token-not-allowed", { why, fix }, integration);
}
