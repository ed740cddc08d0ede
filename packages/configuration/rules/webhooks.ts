/** Rules about the repositories and sets of integrations, as packages/domain has them for constructs too. */
import {
  duplicateRepositories,
  eventsOfOtherProduct,
  overlappingSets,
  productOfEvent,
  projectsInProjects,
  repositoriesInSets,
  repositoryPath,
  rolesOfOtherProduct,
  type BitbucketProduct,
  type FilterFacts,
  type RepositoryFacts,
  type SetFacts,
  type SubscriptionFacts,
} from "../../domain";
import { itemsOf, productOf, type Entry, type FileDraft, type RepositoryItem, type SetItem } from "../draft";
import type { Remark } from "../finding";
import type { IntegrationInput } from "../model/document";
import { remarksOf, type Subject } from "./file-words";
import { integrationSubject } from "./integrations";

/** Between all repositories and sets of an integration. */
export function* webhooksOfIntegrations({ integrations }: FileDraft): Generator<Remark> {
  for (const entry of integrations.values()) {
    const { repositories, sets } = itemsOf(entry);
    const integration = integrationSubject(entry);
    const repositoryFacts = repositories.map((item) => factsOfRepository(item, integration));
    const setFacts = distinctSets(sets).map((item) => factsOfSet(item, integration));
    yield* remarksOf(duplicateRepositories(repositoryFacts));
    yield* remarksOf(repositoriesInSets(repositoryFacts, setFacts));
    yield* remarksOf(overlappingSets(setFacts));
  }
}

/** About the filters of each set, and the events of each repository and set. */
export function* optionsOfProducts({ main, integrations }: FileDraft): Generator<Remark> {
  const { additionalEvents = {} } = main.defaults?.webhook ?? {};
  for (const product of ["cloud", "datacenter"] as const) {
    const events = eventFacts(additionalEvents[product], product);
    // The list is the item, because the product is its key.
    const list = { additionalEvents: additionalEvents[product] };
    const subject = { title: "", at: { holder: additionalEvents, key: product }, value: list };
    yield* remarksOf(eventsOfOtherProduct([{ subject, product, events }]));
  }
  for (const entry of integrations.values()) {
    const product = productOf(entry);
    if (product === undefined) continue;
    yield* remarksOf(eventsOfOtherProduct(subscriptionsOf(entry, product)));
    const filters = itemsOf(entry).sets.map((item) => filterFacts(item, product));
    yield* remarksOf(projectsInProjects(filters));
    yield* remarksOf(rolesOfOtherProduct(filters));
  }
}

function factsOfRepository({ at, namespace, slug, value }: RepositoryItem, integration: Subject): RepositoryFacts<Subject> {
  return { subject: { title: "", at, value }, integration, namespace, slug, identity: repositoryPath(namespace, slug) };
}

function factsOfSet({ at, every, value }: SetItem, integration: Subject): SetFacts<Subject> {
  const { project, query, role, match, except = [] } = value;
  const known = (patterns: readonly (string | undefined)[]) => patterns.filter((pattern) => pattern !== undefined);
  return {
    subject: { title: "the set", at, value },
    integration,
    namespace: every,
    project,
    query,
    role,
    match: match && known(match),
    except: known(except),
  };
}

/** Without those that repeat the identity of an earlier set, which another rule reports. */
function distinctSets(sets: readonly SetItem[]): readonly SetItem[] {
  const seen = new Set<string>();
  return sets.filter((set) => {
    const identity = identityOfSet(set);
    return !seen.has(identity) && seen.add(identity);
  });
}

/** A set without a key is identified by its workspace or project. */
export function identityOfSet({ every, value: { key } }: SetItem): string {
  return key === undefined ? `every ${every.toLowerCase()}` : `key ${key}`;
}

function subscriptionsOf(entry: Entry<IntegrationInput>, product: BitbucketProduct): readonly SubscriptionFacts<Subject>[] {
  const { repositories, sets } = itemsOf(entry);
  const facts: SubscriptionFacts<Subject>[] = [];
  for (const { at, value } of [...repositories, ...sets]) {
    if (value?.additionalEvents === undefined) continue;
    facts.push({ subject: { title: "", at, value }, product, events: eventFacts(value.additionalEvents, product) });
  }
  return facts;
}

function eventFacts(events: readonly (string | undefined)[] = [], product: BitbucketProduct): SubscriptionFacts<Subject>["events"] {
  return events.map((key) => (key === undefined ? undefined : { key, product: productOfEvent(key, product) }));
}

function filterFacts({ at, value }: SetItem, product: BitbucketProduct): FilterFacts<Subject> {
  return { subject: { title: "", at, value }, product, project: value.project, role: value.role };
}
