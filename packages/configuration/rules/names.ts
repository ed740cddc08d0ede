/** Rules: names are unique where Spacelift or people need it. */
import { certainSlug } from "../../domain";
import { productOf, type Entry, type FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { shown } from "../quoting";

export function* duplicateNames({ spaces, integrations }: FileDraft): Generator<Remark> {
  const managedSpaces = [...spaces.values()].filter(({ value }) => value.existing === undefined);
  yield* duplicatesOf(
    managedSpaces,
    ({ value, parent }) => (value.name === undefined ? undefined : JSON.stringify([parent, value.name])),
    (entry, other, place) =>
      `Space ${shown(other.key)} (${place}) has the same name ${shown(entry.value.name)} and the same parent, so that people cannot tell the two apart. Rename one of the two.`,
    "duplicate-space-name",
  );
  const managed = [...integrations.values()].filter(({ value }) => value.existing === undefined);
  yield* duplicatesOf(
    managed,
    (entry) => (entry.value.name === undefined ? undefined : JSON.stringify([productOf(entry), certainSlug(entry.value.name)])),
    (entry, other, place) =>
      `the names ${shown(entry.value.name)} and ${shown(other.value.name)} (${place}) result in the same ID, which Spacelift derives from the name. Rename one of the two.`,
    "duplicate-integration-name",
  );
}

function* duplicatesOf<E extends Entry<{ name?: string | undefined }>>(
  entries: readonly E[],
  identity: (entry: E) => string | undefined,
  message: (entry: E, other: E, place: string) => string,
  code: "duplicate-space-name" | "duplicate-integration-name",
): Generator<Remark> {
  const first = new Map<string, E>();
  for (const entry of entries) {
    const id = identity(entry);
    if (id === undefined) continue;
    const other = first.get(id);
    if (other === undefined) first.set(id, entry);
    else
      yield fault(code, { holder: entry.value, key: "name" }, (place) => message(entry, other, place), {
        holder: other.value,
        key: "name",
      });
  }
}
