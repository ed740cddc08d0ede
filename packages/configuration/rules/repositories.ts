/** Rules: repositories and sets have the form of their product. */
import { isSlugPattern, REPOSITORY_NAME_FORMATS, REPOSITORY_ROLES, type BitbucketProduct } from "../../domain";
import { itemsOf, productOf, type FileDraft, type RepositoryItem, type SetItem } from "../draft";
import { fault, type Location, type Remark } from "../finding";
import { shown } from "../quoting";

export function* repositoryForms({ integrations }: FileDraft): Generator<Remark> {
  for (const entry of integrations.values()) {
    const product = productOf(entry);
    if (product === undefined) continue;
    const { repositories, sets } = itemsOf(entry);
    for (const item of repositories) yield* repositoryForm(item, product);
    for (const set of sets) yield* setForm(set, product);
  }
}

function* repositoryForm({ at, namespace, slug, value }: RepositoryItem, product: BitbucketProduct): Generator<Remark> {
  const format = REPOSITORY_NAME_FORMATS[product];
  const place: Location = value === undefined ? at : { holder: value, key: "repository" };
  if (!format.namespace.test(namespace))
    yield fault("value-not-allowed", place, `${shown(`${namespace}/${slug}`)} does not name a repository. ${format.repositoryFix}`);
  if (namespace !== "." && slug !== "." && slug !== "..") return;
  yield fault("value-not-allowed", place, `${shown(`${namespace}/${slug}`)} does not name a repository. ${format.repositoryFix}`);
}

function* setForm({ every, value }: SetItem, product: BitbucketProduct): Generator<Remark> {
  const format = REPOSITORY_NAME_FORMATS[product];
  if (!format.namespace.test(every))
    yield fault(
      "value-not-allowed",
      { holder: value, key: "every" },
      `${shown(every)} does not name a ${format.namespaceTitle}. ${format.namespaceFix}`,
    );
  if (product === "datacenter" && value.project !== undefined) {
    yield fault(
      "value-not-allowed",
      { holder: value, key: "project", part: "key" },
      `"project" filters a workspace of Bitbucket Cloud, but this set is on Bitbucket Data Center. Write the key of the project as every: ${value.project}.`,
    );
  }
  for (const [index, pattern] of (value.match ?? []).entries()) yield* patternForm(value.match, index, pattern);
  for (const [index, pattern] of (value.except ?? []).entries()) yield* patternForm(value.except, index, pattern);
  const roles: readonly string[] = REPOSITORY_ROLES[product];
  if (value.role !== undefined && !roles.includes(value.role)) {
    yield fault(
      "value-not-allowed",
      { holder: value, key: "role" },
      `${shown(value.role)} is a role of the other product. Allowed: ${roles.join(", ")}.`,
    );
  }
}

function* patternForm(holder: object | undefined, key: number, pattern: string | undefined): Generator<Remark> {
  if (holder === undefined || pattern === undefined || isSlugPattern(pattern)) return;
  yield fault(
    "value-not-allowed",
    { holder, key },
    `${shown(pattern)} is not a pattern of slugs. A slug consists of letters, digits, ".", "_" and "-"; * and ? stand for others.`,
  );
}
