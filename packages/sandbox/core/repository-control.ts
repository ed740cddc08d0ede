// The control path for what happens to repositories behind everybody's back: renamed, moved, deleted, hidden, made.
import { createControlRoute, readNamespace, repositoryFields, type RepositoryLookup, requireRepository } from "./activity-control";
import { type Fields, parseFields, requireOneOf, requireText } from "./control-fields";
import type { Route } from "./service";

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

export function createRepositoryRoute<Repository, Namespace>(admin: RepositoryAdmin<Repository, Namespace>): Route {
  const { lookup: places, createFields } = admin;
  const known = [...new Set(repositoryFields(places, ["change", "to", ...createFields]))];
  return createControlRoute("POST", "repository", (request) => admin.describe(changed(admin, parseFields(request, known))));
}

function changed<Repository, Namespace>(admin: RepositoryAdmin<Repository, Namespace>, body: Fields): Repository {
  const { lookup: places } = admin;
  const change = requireOneOf(body, "change", CHANGES);
  if (change === "create") {
    const slug = requireText(body, "repository");
    const namespace = namespaceAt(admin, readNamespace(places, body));
    if (slug !== admin.toSlug(slug)) throw new Error(`"repository" is a slug: ${admin.toSlug(slug)}.`);
    requireFree(admin, namespace, slug);
    return admin.create(namespace, slug, body);
  }
  const repository = requireRepository(places, body);
  switch (change) {
    case "rename": {
      const name = requireText(body, "to");
      requireFree(admin, admin.namespaceOf(repository), admin.toSlug(name));
      admin.rename(repository, name);
      break;
    }
    case "transfer": {
      const namespace = namespaceAt(admin, requireText(body, "to"));
      requireFree(admin, namespace, admin.slugOf(repository));
      admin.transfer(repository, namespace);
      break;
    }
    case "delete":
      admin.remove(repository);
      break;
    case "hide":
    case "show":
      admin.setHidden(repository, change === "hide");
      break;
  }
  return repository;
}

function requireFree<Repository, Namespace>(admin: RepositoryAdmin<Repository, Namespace>, namespace: Namespace, slug: string): void {
  if (admin.hasRepository(namespace, slug)) throw new Error(`${admin.nameOf(namespace)}/${slug} exists already.`);
}

function namespaceAt<Repository, Namespace>(admin: RepositoryAdmin<Repository, Namespace>, address: string): Namespace {
  const found = admin.findNamespace(address);
  const { lookup: places } = admin;
  if (found === undefined)
    throw new Error(`There is no ${places.namespaceWord} "${address}". There are: ${places.namespaces().join(", ")}.`);
  return found;
}
