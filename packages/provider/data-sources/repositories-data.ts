/** The data source of repositories, whichever product holds them: for "every repository of this project". */
import { computed, optional, required, type Attributes } from "../../terraform-plugin";
import type { BitbucketProduct } from "../../domain";
import { INTEGRATION_PRODUCTS } from "../../clients";
import { dataSource } from "../configuration/clients";

/** All that differs between the two products. */
export interface RepositoriesDataKind {
  readonly product: BitbucketProduct;
  readonly description: string;
  /** Argument with the workspace or project, and its text. */
  readonly namespace: { readonly name: string; readonly text: string };
  /** Arguments that narrow the list, and the query in Bitbucket's own words that they come to. */
  readonly filters: Attributes;
  readonly queryOf: (config: Readonly<Record<string, unknown>>) => string | null;
  /** What the credential may do, in Bitbucket's own words. */
  readonly roles: readonly string[];
  /** Attribute of a repository with its id. */
  readonly id: { readonly name: string; readonly text: string };
}

export function repositoriesData(kind: RepositoriesDataKind) {
  return dataSource<Attributes>({
    type: `bitbucket_${kind.product}_repositories`,
    summary: `The ${INTEGRATION_PRODUCTS[kind.product].title} repositories of a ${kind.namespace.name} that the credential sees.`,
    description: kind.description,
    attributes: {
      [kind.namespace.name]: required.string(kind.namespace.text),
      ...kind.filters,
      role: optional.string("Only repositories on which the credential has at least this role.", { oneOf: kind.roles }),
      repositories: computed.objects(
        {
          slug: computed.string("Repository slug."),
          name: computed.string("Its name, as people see it."),
          [kind.id.name]: computed.string(kind.id.text),
          project: computed.string("Key of its project; null where Bitbucket does not say."),
          main_branch: computed.string("Its main branch; null where it has none, and where Bitbucket does not say."),
        },
        "The repositories, sorted by slug.",
      ),
    },

    raises: ["repository-not-found"],

    async read({ config, api }) {
      const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
      const filter = { query: kind.queryOf(config), role: text(config["role"]) };
      const found = await api.bitbucket(kind.product).repositories.list(text(config[kind.namespace.name]) ?? "", filter);
      // A repository that is made while pages are read moves another to the next page too, and keys of an iterator must not repeat.
      const bySlug = new Map(found.map((repository) => [repository.slug, repository]));
      const repositories = [...bySlug.values()]
        .sort((one, other) => (one.slug < other.slug ? -1 : 1))
        .map(({ slug, name, id, project, mainBranch }) => ({ slug, name, [kind.id.name]: id, project, main_branch: mainBranch }));
      return { ...config, repositories };
    },
  });
}
