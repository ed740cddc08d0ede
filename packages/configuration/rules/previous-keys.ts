/** Rule: a former key names nothing that still exists, and nobody else claims it. */
import { itemsOf, type FileDraft, type RepositoryItem } from "../draft";
import { fault, type Location, type Remark } from "../finding";
import { shown } from "../quoting";

interface Claimant {
  readonly what: string;
  readonly previously: readonly (string | undefined)[] | undefined;
}

/** An entry that has the key now. */
interface Holder {
  readonly at: Location;
  /** Whether it has former keys itself. */
  readonly hasMoved: boolean;
}

export function* previousKeys({ spaces, integrations }: FileDraft): Generator<Remark> {
  yield* inScope(
    [...spaces.values()].map(({ value, key }) => claimant(`Space ${shown(key)}`, value)),
    holders([...spaces.values()], ({ key }) => key),
  );
  yield* inScope(
    [...integrations.values()].map(({ value, key }) => claimant(`integration ${shown(key)}`, value)),
    holders([...integrations.values()], ({ key }) => key),
  );
  for (const entry of integrations.values()) {
    const { repositories, sets } = itemsOf(entry);
    const pathOf = ({ namespace, slug }: RepositoryItem) => `${namespace}/${slug}`;
    const claims = repositories.map((item) => claimant(`repository ${shown(pathOf(item))}`, item.value));
    const repositoryWith = holders(repositories, (item) => pathOf(item).toLowerCase());
    yield* inScope(claims, (former) => repositoryWith(former.toLowerCase()), { ignoreCase: true });
    yield* wrongNames(claims);
    // A key differs by case, and the workspace or project of a set without a key does not.
    const setWithKey = holders(sets, ({ value }) => value.key);
    const setOf = holders(sets, ({ every, value }) => (value.key === undefined ? every.toLowerCase() : undefined));
    yield* inScope(
      sets.map(({ every, value }) => claimant(`set ${shown(value.key ?? every)}`, value)),
      (former) => setWithKey(former) ?? setOf(former.toLowerCase()),
      { ignoreCase: true },
    );
  }
}

type Former = readonly (string | undefined)[];

function claimant(what: string, { previously }: { readonly previously?: Former | undefined } = {}): Claimant {
  return { what, previously };
}

/** Finds the entry that has a name now. */
function holders<E extends { readonly at: Location; readonly value: { readonly previously?: Former | undefined } | undefined }>(
  entries: readonly E[],
  nameOf: (entry: E) => string | undefined,
): (name: string) => Holder | undefined {
  const byName = new Map<string | undefined, Holder>();
  for (const entry of entries) byName.set(nameOf(entry), { at: entry.at, hasMoved: (entry.value?.previously ?? []).length > 0 });
  return (name) => byName.get(name);
}

function* inScope(
  claimants: readonly Claimant[],
  holderOf: (former: string) => Holder | undefined,
  { ignoreCase = false } = {},
): Generator<Remark> {
  const claimed = new Map<string, Location>();
  for (const { what, previously = [] } of claimants) {
    for (const [index, former] of previously.entries()) {
      if (former === undefined) continue;
      const key = ignoreCase ? former.toLowerCase() : former;
      const at = { holder: previously, key: index };
      const holder = holderOf(former);
      const other = claimed.get(key);
      if (holder !== undefined) yield inUse(what, former, at, holder);
      else if (other !== undefined)
        yield fault(
          "previous-key-in-use",
          at,
          (place) => `${shown(former)} is already a former key at ${place}. One object cannot become two: keep it once.`,
          other,
        );
      else claimed.set(key, at);
    }
  }
}

/** Engines refuse moves to an address that something else leaves at the same time. */
function inUse(what: string, former: string, at: Location, { at: place, hasMoved }: Holder): Remark {
  const next = hasMoved
    ? "Objects cannot swap keys, or pass them on, in one change. Give one of them a key that was never used, apply, and change its key again then."
    : "Remove it here, or remove the entry with this key.";
  return fault(
    "previous-key-in-use",
    at,
    (found) => `${shown(former)} is a former key of ${what}, but is still in use (${found}). ${next}`,
    place,
  );
}

function* wrongNames(claimants: readonly Claimant[]): Generator<Remark> {
  for (const { previously = [] } of claimants) {
    for (const [index, former] of previously.entries()) {
      if (former === undefined || /^~?[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+$/.test(former)) continue;
      yield fault(
        "value-not-allowed",
        { holder: previously, key: index },
        `${shown(former)} does not name a former repository. Write <workspace or project>/<repository>.`,
      );
    }
  }
}
