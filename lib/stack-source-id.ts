/** The integration ID for a stack, read from the webhook of its repository, so that the stack depends on the webhook. */
import { Fn, Lazy, Token } from "./host";
import type { IBitbucketIntegration } from "./integration-reference";
import { processWide } from "./process-wide";
import type { IRepository } from "./repository";

/** A webhook in one repository. */
interface RepositoryWebhookReference {
  readonly repository: IRepository;
  readonly integrationId: string;
}

/** The webhooks in the repositories of a workspace or project. */
interface NamespaceWebhooksReference {
  covers(repository: IRepository): boolean;
  integrationIdFor(slug: string): string;
}

/** The webhooks that deliver to one integration. */
interface RecordedWebhooks {
  readonly repositories: RepositoryWebhookReference[];
  /** The first webhook of each repository, by path. */
  readonly byPath: Map<string, RepositoryWebhookReference>;
  readonly namespaces: NamespaceWebhooksReference[];
}

const webhooksByIntegration = processWide("webhooks", () => new WeakMap<IBitbucketIntegration, RecordedWebhooks>());

/** Records a webhook that delivers to an integration. */
export function recordWebhook(integration: IBitbucketIntegration, webhook: RepositoryWebhookReference): void {
  const { repositories, byPath } = webhooksOf(integration);
  const { path } = webhook.repository;
  repositories.push(webhook);
  if (path !== undefined && !byPath.has(path)) byPath.set(path, webhook);
}

/** Records the webhooks of a workspace or project that deliver to an integration. */
export function recordNamespaceWebhooks(integration: IBitbucketIntegration, webhooks: NamespaceWebhooksReference): void {
  webhooksOf(integration).namespaces.push(webhooks);
}

/** The ID of the integration, for a stack that reads the repository. CDKTF resolves it at synthesis, because the app may declare the webhook later. */
export function stackSourceId(integration: IBitbucketIntegration, repository: IRepository): string {
  return Lazy.stringValue({ produce: () => resolveId(integration, repository) });
}

function resolveId(integration: IBitbucketIntegration, repository: IRepository): string {
  const recorded = webhooksOf(integration);
  const webhook = findWebhook(repository, recorded);
  if (webhook !== undefined) return webhook.integrationId;
  const sets = recorded.namespaces.filter((webhooks) => webhooks.covers(repository));
  const [id = integration.integrationId, ...otherIds] = sets.map((webhooks) => webhooks.integrationIdFor(repository.slug));
  // If several sets may include the repository, only Bitbucket knows which one does.
  return otherIds.length === 0 ? id : Token.asString(Fn.try([id, ...otherIds]));
}

function findWebhook(
  { path, namespace, slug }: IRepository,
  { repositories, byPath }: RecordedWebhooks,
): RepositoryWebhookReference | undefined {
  if (path !== undefined) return byPath.get(path);
  return repositories.find(
    ({ repository }) => repository.path === undefined && repository.namespace === namespace && repository.slug === slug,
  );
}

function webhooksOf(integration: IBitbucketIntegration): RecordedWebhooks {
  const existing = webhooksByIntegration.get(integration);
  if (existing !== undefined) return existing;
  const created: RecordedWebhooks = { repositories: [], byPath: new Map(), namespaces: [] };
  webhooksByIntegration.set(integration, created);
  return created;
}
