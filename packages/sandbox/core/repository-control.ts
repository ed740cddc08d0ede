// The control path that changes repositories outside of the API: rename, transfer, delete, hide, show, create.
import { readNamespace, repositoryFields, type RepositoryLookup, requireRepository } from "./activity-control";
import { createControlRoute } from "./control-route";
import { type Fields, parseFields, requireOneOf, requireText } from "./control-fields";
import type { Route } from "./service";

const CHANGES = ["rename", "transfer", "delete", "hide", "show", "create"] as const;

/** The part that differs between the products. A namespace is a workspace on Cloud and a project on Data Center. */
export interface RepositoryAdmin<Repository, Namespace> {
  readonly lookup: RepositoryLookup<Repository>;
  /** Fields of `create` that only this product has. */
  readonly createFields: readonly string[];
  findNamespace(address: string): Namespace | undefined;
  /** For messages. */
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
  /** What the control path returns. */
  describe(repository: Repository): unknown;
}

export function createRepositoryRoute<Repository, Namespace>(admin: RepositoryAdmin<Repository, Namespace>): Route {
  const known = [...new Set(repositoryFields(admin.lookup, ["change", "to", ...admin.createFields]))];
  return createControlRoute("POST", "repository", (request) => admin.describe(applyChange(admin, parseFields(request, known))));
}

function applyChange<Repository, Namespace>(admin: RepositoryAdmin<Repository, Namespace>, body: Fields): Repository {
  const change = requireOneOf(body, "change", CHANGES);
  if (change === "create") return create(admin, body);
  const repository = requireRepository(admin.lookup, body);
  switch (change) {
    case "rename": {
      const name = requireText(body, "to");
      requireFree(admin, admin.namespaceOf(repository), admin.toSlug(name));
      admin.rename(repository, name);
      break;
    }
    case "transfer": {
      const namespace = requireNamespace(admin, requireText(body, "to"));
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

function create<Repository, Namespace>(admin: RepositoryAdmin<Repository, Namespace>, body: Fields): Repository {
  const slug = requireText(body, "repository");
  const namespace = requireNamespace(admin, readNamespace(admin.lookup, body));
  if (slug !== admin.toSlug(slug)) throw new Error(`"repository" must be a slug, such as ${admin.toSlug(slug)}.`);
  requireFree(admin, namespace, slug);
  return admin.create(namespace, slug, body);
}

function requireFree<Repository, Namespace>(admin: RepositoryAdmin<Repository, Namespace>, namespace: Namespace, slug: string): void {
  if (admin.hasRepository(namespace, slug)) throw new Error(`${admin.nameOf(namespace)}/${slug} already exists.`);
}

function requireNamespace<Repository, Namespace>(admin: RepositoryAdmin<Repository, Namespace>, address: string): Namespace {
  const namespace = admin.findNamespace(address);
  const { lookup } = admin;
  if (namespace === undefined) {
    throw new Error(`No ${lookup.namespaceWord} "${address}" exists. Known: ${lookup.namespaces().join(", ")}.`);
  }
  return namespace;
}
