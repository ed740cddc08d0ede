/** The repositories of an integration: one webhook for each, or a set of webhooks for a workspace or project. */
import { WebhookEvent, type AddRepositoriesOfOptions, type BitbucketIntegrationBase, type RepositoryWebhookOptions } from "../lib";
import {
  repositoryConstructId,
  setConstructId,
  webhookAddress,
  type IntegrationEntry,
  type RepositoryEntry,
  type RepositorySetEntry,
  type WebhookSettings,
} from "../packages/configuration";
import type { BitbucketProduct } from "../packages/domain";
import type { MovedAddresses } from "./moved-addresses";

/** Adds everything under `repositories`, and keeps webhooks whose integration, repository or set had another key. */
export function addRepositories(integration: BitbucketIntegrationBase, entry: IntegrationEntry, moved: MovedAddresses): void {
  const { product, key, backing, previously, repositories, sets } = entry;
  const setIds = new Set(sets.map(setConstructId));
  const move = (constructId: string, formerIds: readonly string[]) => {
    const ids = [constructId, ...formerIds];
    const addressOf = (formerKey: string, id: string) => webhookAddress(product, formerKey, id, backing);
    const addresses = [key, ...previously].flatMap((formerKey) => ids.map((id) => addressOf(formerKey, id)));
    moved.add(addresses.slice(1), addressOf(key, constructId));
  };
  for (const repository of repositories) {
    const { namespace, slug } = repository;
    const constructId = repositoryConstructId(namespace, slug);
    integration.addRepository(`${namespace}/${slug}`, { ...webhookOptions(product, repository), constructId });
    move(constructId, repository.previously.map(formerRepositoryId));
  }
  for (const set of sets) {
    const constructId = setConstructId(set);
    integration.addRepositoriesOf(set.every, { ...setOptions(product, set), constructId });
    // A former name may be a key, or the workspace of a set without a key. Another set of today may have one of the two.
    const formerIds = set.previously.flatMap((name) => [
      setConstructId({ every: name, key: name }),
      setConstructId({ every: name, key: undefined }),
    ]);
    move(
      constructId,
      formerIds.filter((id) => !setIds.has(id)),
    );
  }
}

function formerRepositoryId(path: string): string {
  const [namespace = "", slug = ""] = path.split("/");
  return repositoryConstructId(namespace, slug);
}

function setOptions(product: BitbucketProduct, set: RepositorySetEntry): AddRepositoriesOfOptions {
  const { project, query, role, match, except } = set;
  const filters = { project, query, role, match: nonEmpty(match), except: nonEmpty(except) };
  // The parser accepts only the roles and options of the product.
  return { ...webhookOptions(product, set), ...filters } as AddRepositoriesOfOptions;
}

/** Omits what is the default anyway, because a stack may have thousands of webhooks. */
function webhookOptions(product: BitbucketProduct, settings: WebhookSettings | RepositoryEntry): RepositoryWebhookOptions {
  const { title, additionalEvents, active, verifyCertificate, adoptExisting } = settings;
  const shared = {
    title,
    additionalEvents: nonEmpty(additionalEvents)?.map((event) => WebhookEvent.custom(event)),
    active: active ? undefined : false,
    adoptExisting: adoptExisting ? undefined : false,
  };
  if (verifyCertificate) return shared;
  return product === "cloud" ? { ...shared, skipCertificateVerification: true } : { ...shared, verifyCertificate: false };
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
