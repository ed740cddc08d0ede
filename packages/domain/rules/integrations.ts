/** Rules about integrations that are managed together: defaults belong to root and are unique, and names result in different IDs. */
import { certainSlug } from "../names";
import { PRODUCT_TITLES, ROOT_SPACE_ID, type BitbucketProduct } from "../spacelift";
import { duplicates, type Violation } from "./violation";

/** What the rules know about a managed integration. */
export interface IntegrationFacts<S> {
  readonly subject: S;
  /** Equal for integrations of the same Spacelift account. */
  readonly account: string;
  readonly product: BitbucketProduct;
  /** Undefined if it is not known. */
  readonly name: string | undefined;
  readonly isDefault: boolean;
  /** Undefined if it is not known. */
  readonly space: { readonly id: string; readonly title: string } | undefined;
}

/** A default integration belongs to the root Space. */
export function* defaultsOutsideRoot<S>(integrations: Iterable<IntegrationFacts<S>>): Generator<Violation<S>> {
  for (const { subject, isDefault, space } of integrations) {
    if (!isDefault || space === undefined || space.id === ROOT_SPACE_ID) continue;
    yield {
      code: "default-outside-root",
      subject,
      setting: "space",
      cause: ({ setting, of }) => ({
        why: `${setting("default")}${of} is true and space is ${space.title}. A default integration serves the whole account.`,
        fix: `Remove space, so that the integration belongs to root, or set ${setting("default")} to false.`,
      }),
    };
  }
}

/** An account has one default integration for each product. */
export function* duplicateDefaults<S>(integrations: Iterable<IntegrationFacts<S>>): Generator<Violation<S>> {
  const keyOf = (facts: IntegrationFacts<S>) => (facts.isDefault ? scopeOf(facts) : undefined);
  for (const [{ subject: other }, { subject, product }] of duplicates(integrations, keyOf)) {
    yield {
      code: "duplicate-default",
      subject,
      setting: "default",
      other,
      cause: (words) => ({
        why: `${words.other} is already the default integration of this account for ${PRODUCT_TITLES[product]}. Spacelift allows one.`,
        fix: `Set ${words.setting("default")} to false on one of the two${words.orAnotherAccount}.`,
      }),
    };
  }
}

/** Spacelift derives the ID from the name, so names that differ only in case and spaces conflict. */
export function* duplicateIntegrationNames<S>(integrations: Iterable<IntegrationFacts<S>>): Generator<Violation<S>> {
  const keyOf = (facts: IntegrationFacts<S>) => (facts.name === undefined ? undefined : `${scopeOf(facts)} ${certainSlug(facts.name)}`);
  for (const [{ subject: other, name: otherName = "" }, { subject, name = "" }] of duplicates(integrations, keyOf)) {
    yield {
      code: "duplicate-integration-name",
      subject,
      setting: "name",
      other,
      cause: (words) => ({
        why: `${words.quote(name)} and ${words.quote(otherName)} of ${words.other} result in the same ID, which Spacelift derives from the name.`,
        fix: "Rename one of the two.",
      }),
    };
  }
}

/** Names and defaults are unique within a product of an account. */
function scopeOf<S>({ account, product }: IntegrationFacts<S>): string {
  return JSON.stringify([account, product]);
}
