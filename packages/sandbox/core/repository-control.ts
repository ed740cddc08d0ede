// The control path for what happens to repositories behind everybody's back: renamed, moved, deleted, hidden, made.
import { createControlRoute, readNamespace, repositoryFields, type RepositoryLookup, requireRepository } from "./activity-control";
import { type Fields, parseFields, requireOneOf, requireText } from "./control-fields";
import type { Route } from "./listen";

const CHANGES = ["rename", "transfer", "delete", "hide", "show", "create"] as const;

/** What differs between the products: a namespace is a workspace on Cloud and a project on Data Center. */
export interface RepositoryAdmin<Repository, Namespace> {
  readonly lookup: RepositoryLookup<Repository>;
  /** Fields of `create` that only this product has. */
  readonly createFields: readonly string[];
  findNamespace(address: string): Namespace | undefined;
  /** As complaints name it. */
  nameOf(namespace: Namespace): string;
  namespaceOf(repository: Repository): Namespace;
  slugOf(repository: Repository): string;
  toSlug(name: string): string;
  hasRepository(namespace: Namespace, slug: string): boolean;
  create(namespace: Namespace, slug: string, body: Fields): Repository;
  rename(repository: Repository, name: string): void;
  transfer(repository: Repository, to: Namespace): void;
  remove(repository: Repository): void;
  setHidden(repository: Repository, hidden: boolean): void;
  describe(repository: Repository): unknown;
}

export function createRepositoryRoute<Repository, Namespace>(keeper: RepositoryAdmin<Repository, Namespace>): Route {
  const { lookup: places, createFields } = keeper;
  const known = [...new Set(repositoryFields(places, ["change", "to", ...createFields]))];
  return createControlRoute("POST", "repository", (request) => keeper.describe(changed(keeper, parseFields(request, known))));
}

function changed<Repository, Namespace>(keeper: RepositoryAdmin<Repository, Namespace>, body: Fields): Repository {
  const { lookup: places } = keeper;
  const change = requireOneOf(body, "change", CHANGES);
  if (change === "create") {
    const slug = requireText(body, "repository");
    const namespace = namespaceAt(keeper, readNamespace(places, body));
    if (slug !== keeper.toSlug(slug)) throw new Error(`"repository" is a slug: ${keeper.toSlug(slug)}.`);
    requireFree(keeper, namespace, slug);
    return keeper.create(namespace, slug, body);
  }
  const repository = requireRepository(places, body);
  switch (change) {
    case "rename": {
      const name = requireText(body, "to");
      requireFree(keeper, keeper.namespaceOf(repository), keeper.toSlug(name));
      keeper.rename(repository, name);
      break;
    }
    case "transfer": {
      const namespace = namespaceAt(keeper, requireText(body, "to"));
      requireFree(keeper, namespace, keeper.slugOf(repository));
      keeper.transfer(repository, namespace);
      break;
    }
    case "delete":
      keeper.remove(repository);
      break;
    case "hide":
    case "show":
      keeper.setHidden(repository, change === "hide");
      break;
  }
  return repository;
}

function requireFree<Repository, Namespace>(keeper: RepositoryAdmin<Repository, Namespace>, namespace: Namespace, slug: string): void {
  if (keeper.hasRepository(namespace, slug)) throw new Error(`${keeper.nameOf(namespace)}/${slug} exists already.`);
}

function namespaceAt<Repository, Namespace>(keeper: RepositoryAdmin<Repository, Namespace>, address: string): Namespace {
  const found = keeper.findNamespace(address);
  const { lookup: places } = keeper;
  if (found === undefined) throw new Error(`There is no ${places.namespaceWord} "${address}". There are: ${places.namespaces().join(", ")}.`);
  return found;
}
