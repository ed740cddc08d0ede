/** Rule: a former key names nothing that still exists, and nobody else claims it. */
import { itemsOf, type FileDraft } from "../draft";
import { fault, type Location, type Remark } from "../finding";
import { shown } from "../quoting";

interface Claimant {
  readonly what: string;
  readonly previously: readonly (string | undefined)[] | undefined;
}

export function* previousKeys({ spaces, integrations }: FileDraft): Generator<Remark> {
  yield* inScope(
    [...spaces.values()].map(({ value, key }) => ({ what: `Space ${shown(key)}`, ...pick(value) })),
    new Map([...spaces.values()].map(({ key, at }) => [key, at])),
  );
  yield* inScope(
    [...integrations.values()].map(({ value, key }) => ({ what: `integration ${shown(key)}`, ...pick(value) })),
    new Map([...integrations.values()].map(({ key, at }) => [key, at])),
  );
  for (const entry of integrations.values()) {
    const { repositories, sets } = itemsOf(entry);
    const names = new Map(repositories.map(({ namespace, slug, at }) => [`${namespace}/${slug}`.toLowerCase(), at]));
    const claims = repositories.flatMap(({ value, namespace, slug }) =>
      value === undefined ? [] : [{ what: `repository ${shown(`${namespace}/${slug}`)}`, ...pick(value) }],
    );
    yield* inScope(claims, names, { ignoreCase: true });
    yield* wrongNames(claims);
    const keys = new Map(sets.map(({ every, value, at }) => [value.key ?? every.toLowerCase(), at]));
    yield* inScope(
      sets.map(({ every, value }) => ({ what: `set ${shown(value.key ?? every)}`, ...pick(value) })),
      keys,
    );
  }
}

function pick({ previously }: { readonly previously?: readonly (string | undefined)[] | undefined }): Pick<Claimant, "previously"> {
  return { previously };
}

function* inScope(claimants: readonly Claimant[], used: ReadonlyMap<string, Location>, { ignoreCase = false } = {}): Generator<Remark> {
  const claimed = new Map<string, Location>();
  for (const { what, previously = [] } of claimants) {
    for (const [index, former] of previously.entries()) {
      if (former === undefined) continue;
      const key = ignoreCase ? former.toLowerCase() : former;
      const at = { holder: previously, key: index };
      const user = used.get(key);
      const other = claimed.get(key);
      if (user !== undefined)
        yield fault(
          "previous-key-in-use",
          at,
          (place) =>
            `${shown(former)} is a former key of ${what}, but is still in use (${place}). Remove it here, or remove the entry with this key.`,
          user,
        );
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
