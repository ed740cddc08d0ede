/** What the repositories data sources of both products share: attributes, and the list without duplicates. */
import { PRODUCT_TITLES, type BitbucketProduct, type DiagnosticCode } from "../../domain";
import { computed, optional } from "../../terraform-plugin";
import type { Repository } from "../../clients";
import type { Clients } from "../configuration/clients";

export function repositoriesSummary(product: BitbucketProduct, namespaceArgument: string): string {
  return `The ${PRODUCT_TITLES[product]} repositories of a ${namespaceArgument} that the credential can see.`;
}

export const REPOSITORIES_RAISES: readonly DiagnosticCode[] = ["repository-not-found"];

export const REPOSITORIES_TEXT = "The repositories, sorted by slug.";

/** @param roles Bitbucket's own names, lowest role first */
export function roleAttribute(roles: readonly string[]) {
  return optional.string("Lowest role that the credential must have in a repository.", { oneOf: roles });
}

/** Attributes of one repository, declared before its ID. */
export const NAME_ATTRIBUTES = {
  slug: computed.string("Repository slug."),
  name: computed.string("Display name of the repository."),
};

/** Declared after its ID. */
export const DETAIL_ATTRIBUTES = {
  project: computed.string("Key of the project that contains the repository. Null if Bitbucket does not report it."),
  main_branch: computed.string("Main branch of the repository. Null if it has none, or if Bitbucket does not report it."),
};

/** The repositories to list, as Bitbucket's own parameters. */
interface RepositoryQuery {
  readonly namespace: string;
  readonly query: string | null;
  readonly role: string | null;
}

/** Sorted by slug. */
export async function listRepositories(
  api: Clients,
  product: BitbucketProduct,
  { namespace, ...filter }: RepositoryQuery,
): Promise<readonly Repository[]> {
  const listed = await api.bitbucket(product).repositories.list(namespace, filter);
  // If a repository is created between two pages, another one moves to the next page and is listed twice. The keys of an iterator must be unique.
  const bySlug = new Map(listed.map((repository) => [repository.slug, repository]));
  return [...bySlug.values()].sort((left, right) => (left.slug < right.slug ? -1 : 1));
}

export function toDetails({ project, mainBranch }: Repository) {
  return { project, main_branch: mainBranch };
}

/** Null if the value is unset or blank. */
export function nullIfBlank(value: string | null): string | null {
  return value === null || value.trim() === "" ? null : value;
}
