/** Rules about repositories: an integration has one webhook for each, whether the repository is declared individually or as part of a set. */
import { matchesSlug } from "../slug-patterns";
import type { Violation } from "./violation";

/** What the rules know about a repository that is added to an integration. */
export interface RepositoryFacts<S> {
  readonly subject: S;
  readonly integration: S;
  readonly namespace: string;
  readonly slug: string;
  /** Equal for the same repository: `repositoryPath`, or another text while a part of the name is not known. */
  readonly identity: string;
}

/** Which repositories a set contains, as far as their names tell. */
export interface NamedSelection {
  readonly namespace: string;
  /** Undefined for all. An empty list selects nothing. */
  readonly match: readonly string[] | undefined;
  readonly except: readonly string[];
}

/** What the rules know about a set of repositories that is added to an integration. */
export interface SetFacts<S> extends NamedSelection {
  readonly subject: S;
  readonly integration: S;
  /** Filters that only Bitbucket can apply. */
  readonly project: string | undefined;
  readonly query: string | undefined;
  readonly role: string | undefined;
}

/** `<namespace>/<slug>` in lower case, because Bitbucket compares names without case. */
export function repositoryPath(namespace: string, slug: string): string {
  return `${namespace}/${slug}`.toLowerCase();
}

/** Whether a selection includes a repository, judging by its name. */
export function selectsRepository(selection: NamedSelection, namespace: string, slug: string): boolean {
  const { match, except } = selection;
  return hasNamespace(selection, namespace) && (match === undefined || matchesSlug(match, slug)) && !matchesSlug(except, slug);
}

/** An integration has a repository once. */
export function* duplicateRepositories<S>(repositories: Iterable<RepositoryFacts<S>>): Generator<Violation<S>> {
  const firstByIntegration = new Map<S, Map<string, S>>();
  for (const { subject, integration, identity, namespace, slug } of repositories) {
    const first = firstByIntegration.get(integration) ?? new Map<string, S>();
    firstByIntegration.set(integration, first);
    const other = first.get(identity);
    if (other === undefined) {
      first.set(identity, subject);
      continue;
    }
    yield {
      code: "duplicate-repository",
      subject,
      other,
      cause: (words) => ({
        why: `${words.quote(`${namespace}/${slug}`)} was already added to ${words.nameOf(integration)} (${words.other}).`,
        fix: "Remove one of the two. A repository needs one webhook per integration, regardless of the number of stacks that read the repository.",
      }),
    };
  }
}

/** A repository is not also part of a set of the same integration. */
export function* repositoriesInSets<S>(repositories: Iterable<RepositoryFacts<S>>, sets: Iterable<SetFacts<S>>): Generator<Violation<S>> {
  const certain = byIntegration([...sets].filter(selectsByName));
  if (certain.size === 0) return;
  for (const { subject, integration, namespace, slug } of repositories) {
    const set = certain.get(integration)?.find((candidate) => selectsRepository(candidate, namespace, slug));
    if (set === undefined) continue;
    yield {
      code: "duplicate-repository",
      subject,
      other: set.subject,
      cause: (words) => {
        const { match } = set;
        const selection = match === undefined ? "" : ` that matches [${match.map(words.quote).join(", ")}]`;
        return {
          why: `${words.other} adds a webhook for ${words.nameOf(integration)} to every repository${selection} of ${words.quote(set.namespace)}, which includes ${words.quote(`${namespace}/${slug}`)}.`,
          fix: `Remove this ${words.declaration}, or exclude the repository from the set with except: [${words.quote(slug)}].`,
        };
      },
    };
  }
}

/** A set of every repository leaves nothing for another set of the same workspace or project. */
export function* overlappingSets<S>(sets: Iterable<SetFacts<S>>): Generator<Violation<S>> {
  for (const group of byIntegration([...sets]).values()) {
    for (const [index, set] of group.entries()) {
      // Of two unfiltered sets, the later one is reported.
      const candidates = isUnfiltered(set) ? group.slice(0, index) : group;
      const other = candidates.find((candidate) => isUnfiltered(candidate) && overlaps(candidate, set));
      if (other === undefined) continue;
      yield {
        code: "duplicate-repository",
        subject: set.subject,
        other: other.subject,
        cause: (words) => ({
          why: `${words.other} adds a webhook for ${words.nameOf(set.integration)} to every repository of ${words.quote(other.namespace)}, which includes those of this set.`,
          fix: "Remove one of the two, or set match, a query or a role on both so that they do not overlap.",
        }),
      };
    }
  }
}

/** Whether a set certainly shares repositories with an unfiltered set. Its exceptions may be exactly the repositories of the other set. */
function overlaps<S>(unfiltered: SetFacts<S>, set: SetFacts<S>): boolean {
  return (
    unfiltered !== set &&
    hasNamespace(unfiltered, set.namespace) &&
    (unfiltered.except.length === 0 || (isUnfiltered(set) && set.except.length === 0))
  );
}

function isUnfiltered<S>(set: SetFacts<S>): boolean {
  return selectsByName(set) && set.match === undefined;
}

/** Whether the name of a repository is enough to know whether the set includes it. */
function selectsByName<S>({ project, query, role }: SetFacts<S>): boolean {
  return project === undefined && query === undefined && role === undefined;
}

function hasNamespace({ namespace }: NamedSelection, other: string): boolean {
  return namespace.toLowerCase() === other.toLowerCase();
}

function byIntegration<S>(sets: readonly SetFacts<S>[]): ReadonlyMap<S, readonly SetFacts<S>[]> {
  const groups = new Map<S, SetFacts<S>[]>();
  for (const set of sets) {
    const group = groups.get(set.integration);
    if (group === undefined) groups.set(set.integration, [set]);
    else group.push(set);
  }
  return groups;
}
