/** Rules: an integration has one webhook for each repository, whether the repository is listed or part of a set. */
import { matchesSlug } from "../../domain";
import { itemsOf, type Entry, type FileDraft, type RepositoryItem, type SetItem } from "../draft";
import { fault, type Remark } from "../finding";
import type { IntegrationInput } from "../model/document";
import { shown } from "../quoting";

export function* duplicateRepositories({ integrations }: FileDraft): Generator<Remark> {
  for (const entry of integrations.values()) {
    yield* repeated(entry);
    yield* inSets(entry);
    yield* repeatedSets(entry);
    yield* overlappingSets(entry);
  }
}

function* repeated(entry: Entry<IntegrationInput>): Generator<Remark> {
  const first = new Map<string, RepositoryItem>();
  for (const item of itemsOf(entry).repositories) {
    const name = `${item.namespace}/${item.slug}`;
    const other = first.get(name.toLowerCase());
    if (other === undefined) first.set(name.toLowerCase(), item);
    else
      yield fault(
        "duplicate-repository",
        item.at,
        (place) =>
          `the repository ${shown(name)} is listed twice in integration ${shown(entry.key)}. It is first listed at ${place}. Remove one of the two.`,
        other.at,
      );
  }
}

function* inSets(entry: Entry<IntegrationInput>): Generator<Remark> {
  const { repositories, sets } = itemsOf(entry);
  const certain = sets.filter(isFilteredByNameOnly);
  if (certain.length === 0) return;
  for (const item of repositories) {
    const set = certain.find((candidate) => contains(candidate, item));
    if (set === undefined) continue;
    const name = `${item.namespace}/${item.slug}`;
    yield fault(
      "duplicate-repository",
      item.at,
      (place) =>
        `the set ${shown(set.every)} (${place}) already contains the repository ${shown(name)}. Remove one of the two, or add except: [${item.slug}] to the set.`,
      set.at,
    );
  }
}

/** A set without a key is identified by its workspace or project. */
function* repeatedSets(entry: Entry<IntegrationInput>): Generator<Remark> {
  const first = new Map<string, SetItem>();
  for (const set of itemsOf(entry).sets) {
    const { key } = set.value;
    const id = key === undefined ? `every ${set.every.toLowerCase()}` : `key ${key}`;
    const other = first.get(id);
    if (other === undefined) first.set(id, set);
    else if (key === undefined)
      yield fault(
        "set-key-missing",
        set.at,
        (place) =>
          `integration ${shown(entry.key)} already has a set of ${shown(set.every)} (${place}). Add a key to the second one, such as key: second, so that each keeps its identity.`,
        other.at,
      );
    else
      yield fault(
        "duplicate-key",
        { holder: set.value, key: "key" },
        (place) => `another set of integration ${shown(entry.key)} has the key ${shown(key)} (${place}). Choose another key.`,
        { holder: other.value, key: "key" },
      );
  }
}

function* overlappingSets(entry: Entry<IntegrationInput>): Generator<Remark> {
  const { sets } = itemsOf(entry);
  for (const [index, set] of sets.entries()) {
    const earlier = sets.slice(0, index);
    const other = earlier.find(
      (candidate) =>
        isWhole(candidate) && isWhole(set) && sameNamespace(candidate.every, set.every) && candidate.value.key !== set.value.key,
    );
    if (other === undefined) continue;
    yield fault(
      "duplicate-repository",
      set.at,
      (place) =>
        `the set at ${place} already contains every repository of ${shown(set.every)}. Remove one of the two, or limit both with match, except, project, query or role.`,
      other.at,
    );
  }
}

function isFilteredByNameOnly({ value: { project, query, role } }: SetItem): boolean {
  return project === undefined && query === undefined && role === undefined;
}

function isWhole(set: SetItem): boolean {
  return isFilteredByNameOnly(set) && set.value.match === undefined && set.value.except === undefined;
}

function contains({ every, value: { match = [], except = [] } }: SetItem, { namespace, slug }: RepositoryItem): boolean {
  if (!sameNamespace(every, namespace)) return false;
  const matches = (patterns: readonly (string | undefined)[]) =>
    matchesSlug(
      patterns.filter((pattern) => pattern !== undefined),
      slug,
    );
  return (match.length === 0 || matches(match)) && !matches(except);
}

function sameNamespace(first: string, second: string): boolean {
  return first.toLowerCase() === second.toLowerCase();
}
