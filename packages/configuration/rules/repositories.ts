/** Rules: repositories and sets have the form of their product. */
import {
  isNamespace,
  isRepositorySlug,
  isSlugPattern,
  namespaceCause,
  repositoryCause,
  slugPatternFix,
  type BitbucketProduct,
} from "../../domain";
import { itemsOf, productOf, type FileDraft, type RepositoryItem, type SetItem } from "../draft";
import { fault, type Location, type Remark } from "../finding";
import { sentences, shown } from "../quoting";

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
  if (isNamespace(product, namespace) && isRepositorySlug(product, slug)) return;
  const place: Location = value === undefined ? at : { holder: value, key: "repository" };
  yield fault("value-not-allowed", place, sentences(repositoryCause(product, shown(`${namespace}/${slug}`))));
}

function* setForm({ every, value }: SetItem, product: BitbucketProduct): Generator<Remark> {
  if (!isNamespace(product, every))
    yield fault("value-not-allowed", { holder: value, key: "every" }, sentences(namespaceCause(product, shown(every))));
  for (const [index, pattern] of (value.match ?? []).entries()) yield* patternForm(value.match, index, pattern);
  for (const [index, pattern] of (value.except ?? []).entries()) yield* patternForm(value.except, index, pattern);
}

function* patternForm(holder: object | undefined, key: number, pattern: string | undefined): Generator<Remark> {
  if (holder === undefined || pattern === undefined || isSlugPattern(pattern)) return;
  yield fault(
    "value-not-allowed",
    { holder, key },
    `${shown(pattern)} is neither a slug nor a pattern of slugs. ${slugPatternFix(pattern)}`,
  );
}
