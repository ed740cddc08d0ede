// The control path for what happens to repositories behind everybody's back: renamed, moved, deleted, hidden, made.
import { controlRoute, namespaceIn, placeFields, type Places, repositoryIn } from "./activity-control";
import { type Fields, fieldsOf, oneOf, text } from "./control-fields";
import type { Route } from "./listen";

const CHANGES = ["rename", "transfer", "delete", "hide", "show", "create"] as const;

/** What differs between the products: a namespace is a workspace on Cloud and a project on Data Center. */
export interface Keeper<Repository, Namespace> {
  readonly places: Places<Repository>;
  /** Fields of `create` that only this product has. */
  readonly createFields: readonly string[];
  namespace(address: string): Namespace | undefined;
  /** As complaints name it. */
  nameOf(namespace: Namespace): string;
  namespaceOf(repository: Repository): Namespace;
  slugIn(repository: Repository): string;
  slugOf(name: string): string;
  has(namespace: Namespace, slug: string): boolean;
  create(namespace: Namespace, slug: string, body: Fields): Repository;
  rename(repository: Repository, name: string): void;
  transfer(repository: Repository, to: Namespace): void;
  remove(repository: Repository): void;
  setHidden(repository: Repository, hidden: boolean): void;
  show(repository: Repository): unknown;
}

export function repositoryRoute<Repository, Namespace>(keeper: Keeper<Repository, Namespace>): Route {
  const { places, createFields } = keeper;
  const known = [...new Set(placeFields(places, ["change", "to", ...createFields]))];
  return controlRoute("POST", "repository", (request) => keeper.show(changed(keeper, fieldsOf(request, known))));
}

function changed<Repository, Namespace>(keeper: Keeper<Repository, Namespace>, body: Fields): Repository {
  const { places } = keeper;
  const change = oneOf(body, "change", CHANGES);
  if (change === "create") {
    const slug = text(body, "repository");
    const namespace = namespaceAt(keeper, namespaceIn(places, body));
    if (slug !== keeper.slugOf(slug)) throw new Error(`"repository" is a slug: ${keeper.slugOf(slug)}.`);
    requireFree(keeper, namespace, slug);
    return keeper.create(namespace, slug, body);
  }
  const repository = repositoryIn(places, body);
  switch (change) {
    case "rename": {
      const name = text(body, "to");
      requireFree(keeper, keeper.namespaceOf(repository), keeper.slugOf(name));
      keeper.rename(repository, name);
      break;
    }
    case "transfer": {
      const namespace = namespaceAt(keeper, text(body, "to"));
      requireFree(keeper, namespace, keeper.slugIn(repository));
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

function requireFree<Repository, Namespace>(keeper: Keeper<Repository, Namespace>, namespace: Namespace, slug: string): void {
  if (keeper.has(namespace, slug)) throw new Error(`${keeper.nameOf(namespace)}/${slug} exists already.`);
}

function namespaceAt<Repository, Namespace>(keeper: Keeper<Repository, Namespace>, address: string): Namespace {
  const found = keeper.namespace(address);
  const { places } = keeper;
  if (found === undefined) throw new Error(`There is no ${places.word} "${address}". There are: ${places.namespaces().join(", ")}.`);
  return found;
}
