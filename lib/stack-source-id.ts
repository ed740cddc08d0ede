/** Reads the integration ID of a stack from the webhook of its repository, so that the stack depends on the webhook. */
import { Fn, Lazy, Token } from "cdktf";
import type { IBitbucketIntegration } from "./integration-reference";
import type { IRepository } from "./repository";

/** A webhook in one repository. */
interface RepositoryDelivery {
  readonly repository: IRepository;
  readonly integrationId: string;
}

/** The webhooks in the repositories of a workspace or project. */
interface NamespaceDelivery {
  covers(repository: IRepository): boolean;
  integrationIdFor(slug: string): string;
}

interface Deliveries {
  readonly repositories: RepositoryDelivery[];
  /** The first webhook of each repository, by path. */
  readonly byPath: Map<string, RepositoryDelivery>;
  readonly namespaces: NamespaceDelivery[];
}

const deliveriesTo = new WeakMap<IBitbucketIntegration, Deliveries>();

/** Records a webhook that delivers to an integration. */
export function recordWebhook(integration: IBitbucketIntegration, webhook: RepositoryDelivery): void {
  const { repositories, byPath } = deliveriesOf(integration);
  const { path } = webhook.repository;
  repositories.push(webhook);
  if (path !== undefined && !byPath.has(path)) byPath.set(path, webhook);
}

/** Records the webhooks of a workspace or project that deliver to an integration. */
export function recordNamespaceWebhooks(integration: IBitbucketIntegration, webhooks: NamespaceDelivery): void {
  deliveriesOf(integration).namespaces.push(webhooks);
}

/** ID of the integration for a stack that reads the repository. Resolved at synthesis, because the webhook may be declared later. */
export function stackSourceId(integration: IBitbucketIntegration, repository: IRepository): string {
  return Lazy.stringValue({ produce: () => resolveId(integration, repository) });
}

function resolveId(integration: IBitbucketIntegration, repository: IRepository): string {
  const deliveries = deliveriesOf(integration);
  const webhook = webhookOf(repository, deliveries);
  if (webhook !== undefined) return webhook.integrationId;
  const sets = deliveries.namespaces.filter((webhooks) => webhooks.covers(repository));
  const [id = integration.integrationId, ...otherIds] = sets.map((webhooks) => webhooks.integrationIdFor(repository.slug));
  // If several sets may include the repository, only Bitbucket knows which one does.
  return otherIds.length === 0 ? id : Token.asString(Fn.try([id, ...otherIds]));
}

function webhookOf({ path, namespace, slug }: IRepository, { repositories, byPath }: Deliveries): RepositoryDelivery | undefined {
  if (path !== undefined) return byPath.get(path);
  return repositories.find(
    ({ repository }) => repository.path === undefined && repository.namespace === namespace && repository.slug === slug,
  );
}

function deliveriesOf(integration: IBitbucketIntegration): Deliveries {
  const existing = deliveriesTo.get(integration);
  if (existing !== undefined) return existing;
  const created: Deliveries = { repositories: [], byPath: new Map(), namespaces: [] };
  deliveriesTo.set(integration, created);
  return created;
}
