/** What the file has instead of a name that it does not have: similar names, and sets of the same workspace or project that leave it out. */
import { matchesSlug } from "../domain";
import type { Configuration } from "./configuration";
import { shown, suggestion } from "./quoting";

/** Sentences, each with a space before it; empty if nothing is near. */
export function nearest({ spaces, integrations, servers }: Configuration, query: string): string {
  const entries = [...integrations.values()];
  const repositories = entries.flatMap((entry) => entry.repositories.map(({ namespace, slug }) => `${namespace}/${slug}`));
  const sets = entries.flatMap((entry) => entry.sets.map(({ key, every }) => key ?? every));
  const names = [...new Set([...spaces.keys(), ...integrations.keys(), ...servers.keys(), ...sets, ...repositories])];
  const [namespace] = query.split("/");
  // The workspace of a repository is not a misspelled name.
  return `${suggestion(
    query,
    names.filter((name) => name !== namespace),
  )}${leftOut(entries, query)}`;
}

function leftOut(entries: readonly { readonly key: string; readonly sets: Configured["sets"] }[], query: string): string {
  const [namespace = "", slug] = query.toLowerCase().split("/");
  if (slug === undefined) return "";
  const sentences = entries.flatMap(({ key, sets }) =>
    sets
      .filter(({ every }) => every.toLowerCase() === namespace)
      .map(({ key: setKey, every, match, except }) => {
        const reason = matchesSlug(except, slug)
          ? `except has ${except.map(shown).join(", ")}`
          : `match has ${match.map(shown).join(", ")}`;
        return ` The set ${shown(setKey ?? every)} of integration ${shown(key)} leaves it out: ${reason}.`;
      }),
  );
  return sentences.slice(0, 3).join("");
}

type Configured = Configuration["integrations"] extends ReadonlyMap<string, infer Entry> ? Entry : never;
