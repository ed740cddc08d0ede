/** What every Bitbucket integration offers, whether this app manages it or not: repositories, and the source of stacks. */
import { Lazy, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { availability, type Availability } from "./availability";
import type { BitliftProvider } from "./bitlift-provider";
import { declarationsIn } from "./declarations";
import { refusal } from "./refusal";
import { CloudRepository, type IRepository } from "./repository";
import { RepositoryWebhook, type RepositoryWebhookOptions } from "./repository-webhook";
import type { ISpace } from "./space";

/** In which order a replacement goes: the new object before the old one is deleted, or after. */
export type ReplacementOrder = "create-first" | "destroy-first";

/** A Bitbucket integration. */
export interface IBitbucketIntegration extends IConstruct {
  /** Which of the two products it reads. */
  readonly product: "cloud";
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
   * @default - `<workspace>/<repository>`; needed where a part of it is a token
   */
  readonly constructId?: string;
}

/** Options of `stackSource`. */
export interface StackSourceOptions {
  /** The repository that the stack or module reads. */
  readonly repository: CloudRepository | string;
  /**
   * The Space of the stack or module, to have it checked that the integration may be used there.
   * @default - not checked
   */
  readonly space?: ISpace;
}

/** The block `bitbucket_cloud` of a stack or module of Spacelift's own provider. */
export interface StackSource {
  /** Id of the integration. */
  readonly id: string;
  /** The workspace slug: what Spacelift calls the namespace, on Bitbucket Cloud. */
  readonly namespace: string;
}

/** The part that all Bitbucket Cloud integrations have in common. */
export abstract class BitbucketCloudIntegrationBase extends Construct implements IBitbucketIntegration {
  readonly product = "cloud";
  abstract readonly integrationId: string;
  abstract readonly webhookUrl: string;
  abstract readonly webhookSecretFingerprint: string;
  abstract readonly replacementOrder: ReplacementOrder;
  abstract readonly provider: BitliftProvider | undefined;
  /** Its Space; undefined where it is not known. */
  protected abstract readonly home: ISpace | undefined;
  /** Whether it serves the whole account. */
  protected abstract readonly servesAll: boolean;
  private readonly webhookByPath = new Map<string, RepositoryWebhook>();

  /**
   * Puts a webhook that feeds this integration into a repository. The construct, and so the Terraform address, is named after the repository.
   * @param repository `<workspace>/<repository>`, or a CloudRepository.
   * @throws Problem `value-not-allowed` when the text names no repository, `token-not-allowed` when a token needs `constructId`.
   */
  addRepository(repository: CloudRepository | string, options: AddRepositoryOptions = {}): RepositoryWebhook {
    const target = asRepository(repository);
    const { constructId, ...webhookOptions } = options;
    const id = constructId ?? target.path;
    if (id === undefined) {
      throw refusal("token-not-allowed", {
        why: "The name of a repository is known only after apply, and the webhook's address in Terraform is made from it.",
        fix: "Give addRepository a constructId that stays the same, such as the name that the repository is meant to have.",
      });
    }
    const known = this.webhookByPath.get(id);
    if (known !== undefined) {
      declarationsIn(this).repeats.push({ integration: this, repository: target });
      return known;
    }
    const webhook = new RepositoryWebhook(this, id, { ...webhookOptions, repository: target, integration: this });
    this.webhookByPath.set(id, webhook);
    return webhook;
  }

  /** The same for several repositories. Their order means nothing: adding one in the middle changes nothing else. */
  addRepositories(repositories: readonly (CloudRepository | string)[], options: RepositoryWebhookOptions = {}): RepositoryWebhook[] {
    return repositories.map((repository) => this.addRepository(repository, options));
  }

  isAvailableTo(space: ISpace): Availability {
    return this.servesAll ? "yes" : availability(this.home, space);
  }

  /**
   * What a stack or module that Spacelift's own provider manages takes as `bitbucket_cloud`. The id is read from the repository's webhook,
   * so the stack follows it: created after the webhook, re-pointed after a new one is there and before the old one goes.
   */
  stackSource(options: StackSourceOptions): StackSource {
    const repository = asRepository(options.repository);
    declarationsIn(this).sources.push({ integration: this, repository, space: options.space });
    // The webhook may be declared later.
    const id = Lazy.stringValue({ produce: () => this.webhookOf(repository)?.integrationId ?? this.integrationId });
    return { id, namespace: repository.namespace };
  }

  private webhookOf(repository: IRepository): RepositoryWebhook | undefined {
    const same = (other: IRepository) => other.namespace === repository.namespace && other.slug === repository.slug;
    const own = repository.path === undefined ? undefined : this.webhookByPath.get(repository.path);
    return own ?? declarationsIn(this).webhooks.find((webhook) => webhook.integration === this && same(webhook.repository));
  }
}

function asRepository(repository: CloudRepository | string): CloudRepository {
  return typeof repository === "string" && !Token.isUnresolved(repository)
    ? CloudRepository.parse(repository)
    : (repository as CloudRepository);
}
