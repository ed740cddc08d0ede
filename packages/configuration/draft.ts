/** The values of all files together, before the rules have checked them: every value fits the model, and any key may be missing. */
import type { Backing } from "../domain";
import type { ExistingSpace, SpaceReference } from "./configuration";
import { fault, type Location, type Remark } from "./finding";
import type { Document, IncludedDocument, IntegrationInput, RepositoryInput, ServerInput, SpaceInput } from "./model/document";
import { shown } from "./quoting";

/** Any part may be missing, because the check against the model removes what does not fit. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly (Draft<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

export interface Entry<T> {
  readonly key: string;
  readonly value: Draft<T>;
  /** The key in its map. */
  readonly at: Location;
}

export interface SpaceEntryDraft extends Entry<SpaceInput> {
  /** The key of the Space that contains it in the file. */
  readonly parent: SpaceReference;
}

/** One item of `repositories`. */
export type RepositoryDraft = Draft<RepositoryInput>;
export type SetDraft = Exclude<Extract<RepositoryDraft, { readonly every?: unknown }>, string>;

export interface FileDraft {
  readonly main: Draft<Document>;
  readonly spaces: ReadonlyMap<string, SpaceEntryDraft>;
  readonly servers: ReadonlyMap<string, Entry<ServerInput>>;
  readonly integrations: ReadonlyMap<string, Entry<IntegrationInput>>;
  /** The maps of all files, for rules about every text. */
  readonly roots: readonly object[];
}

/** Puts the values of the files together. Entries keep the order in which they are read, parents before the Spaces in them. */
export function collect(
  main: Draft<Document>,
  included: readonly Draft<IncludedDocument>[],
): { draft: FileDraft; remarks: readonly Remark[] } {
  const remarks: Remark[] = [];
  const spaces = new Map<string, SpaceEntryDraft>();
  const integrations = new Map<string, Entry<IntegrationInput>>();
  const servers = new Map<string, Entry<ServerInput>>();
  const add = <E extends Entry<unknown>>(into: Map<string, E>, what: string, entry: E) => {
    const first = into.get(entry.key);
    if (first === undefined) return void into.set(entry.key, entry);
    const message = (place: string) =>
      `the ${what} key ${shown(entry.key)} is defined twice. It is first defined at ${place}. Keys are unique in all files: choose another key.`;
    remarks.push(fault("duplicate-key", entry.at, message, first.at));
  };
  const addSpaces = (holder: Readonly<Record<string, Draft<SpaceInput> | undefined>>, parent: SpaceReference) => {
    for (const { key, value, at } of entriesOf<SpaceInput>(holder)) {
      add(spaces, "Space", { key, value, at, parent });
      addSpaces(value.spaces ?? {}, key);
    }
  };
  for (const document of [main, ...included]) {
    addSpaces(document.spaces ?? {}, "root");
    for (const entry of entriesOf<IntegrationInput>(document.integrations ?? {})) add(integrations, "integration", entry);
  }
  for (const entry of entriesOf<ServerInput>(main.servers ?? {})) add(servers, "server", entry);
  return { draft: { main, spaces, servers, integrations, roots: [main, ...included] }, remarks };
}

function entriesOf<T>(holder: Readonly<Record<string, Draft<T> | undefined>>): readonly Entry<T>[] {
  return Object.entries(holder).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value, at: { holder, key, part: "key" } as const }],
  );
}

/** What `existing` of a Space means; undefined if it is incomplete, or if this configuration manages the Space. */
export function existingSpaceOf({ value: { existing }, parent }: SpaceEntryDraft): ExistingSpace | undefined {
  if (existing?.id !== undefined) return { id: existing.id };
  return existing?.name === undefined ? undefined : { name: existing.name, parent: existing.parent ?? parent };
}

/** The product of an integration; undefined if both or none is named. */
export function productOf({ value }: Entry<IntegrationInput>): "cloud" | "datacenter" | undefined {
  if ((value.cloud === undefined) === (value.datacenter === undefined)) return undefined;
  return value.cloud === undefined ? "datacenter" : "cloud";
}

export const DEFAULT_BACKING: Backing = "bitlift";

/** Which providers manage an integration and its webhooks. */
export function backingOf({ value }: Entry<IntegrationInput>, main: Draft<Document>): Backing {
  return value.backing ?? main.backing ?? DEFAULT_BACKING;
}

export interface RepositoryItem {
  readonly at: Location;
  readonly namespace: string;
  readonly slug: string;
  /** Undefined for a repository that is a text. */
  readonly value: Exclude<RepositoryDraft, string> | undefined;
}

export interface SetItem {
  readonly at: Location;
  readonly every: string;
  readonly value: SetDraft;
}

/** The repositories and sets of an integration, without those that are not valid. */
export function itemsOf({ value: { repositories = [] } }: Entry<IntegrationInput>): {
  readonly repositories: readonly RepositoryItem[];
  readonly sets: readonly SetItem[];
} {
  const found: RepositoryItem[] = [];
  const sets: SetItem[] = [];
  for (const [index, item] of repositories.entries()) {
    const at: Location = { holder: repositories, key: index };
    if (item === undefined) continue;
    const name = typeof item === "string" ? item : "repository" in item ? item.repository : undefined;
    if (name !== undefined) {
      const [namespace = "", slug = ""] = name.split("/");
      found.push({ at, namespace, slug, value: typeof item === "string" ? undefined : item });
    } else if (typeof item !== "string" && "every" in item && item.every !== undefined) sets.push({ at, every: item.every, value: item });
  }
  return { repositories: found, sets };
}
