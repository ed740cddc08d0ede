/** Rules: every integration is in exactly one part, parts have usable names, and each part has a state of its own. */
import type { Draft, FileDraft } from "../draft";
import { fault, type Location, type Remark } from "../finding";
import type { Document } from "../model/document";
import { listed, shown, suggestion } from "../quoting";

/** The part that manages the Spaces, where there are several. */
export const SPACES_PART = "spaces";
/** The only part, where there is one. */
export const ONLY_PART = "main";

export function* parts(draft: FileDraft): Generator<Remark> {
  const { main } = draft;
  const managesSpaces = [...draft.spaces.values()].some(({ value }) => value.existing === undefined);
  if (Array.isArray(main.parts)) yield* listedParts(main.parts as PartList, draft, managesSpaces);
  if (main.parts === "integration") yield* keysAsNames(draft, managesSpaces);
}

/** Some file systems have no case, and every part has a folder, a plan and a state named like it. */
function* keysAsNames({ integrations }: FileDraft, managesSpaces: boolean): Generator<Remark> {
  const names = new Map<string, { readonly key: string; readonly at: Location }>();
  for (const [key, { at }] of integrations) {
    const name = key.toLowerCase();
    const first = names.get(name);
    if (isTaken(key)) {
      yield fault(
        "part-name",
        at,
        `with parts: integration, the integration ${shown(key)} would have a part named ${shown(key)}, which CDKTF cannot use. Choose another key, or list the parts.`,
      );
    } else if (name === SPACES_PART && managesSpaces) {
      yield fault(
        "part-name",
        at,
        `with parts: integration, the integration ${shown(key)} would have a part named ${shown(key)}, which is the part of the Spaces. Choose another key, or list the parts.`,
      );
    } else if (first !== undefined) {
      yield fault(
        "part-name",
        at,
        (place) =>
          `with parts: integration, the integrations ${shown(first.key)} (${place}) and ${shown(key)} would have parts whose names differ only in case, which some file systems ignore. Choose another key, or list the parts.`,
        first.at,
      );
    } else names.set(name, { key, at });
  }
}

type PartList = Extract<NonNullable<Draft<Document>["parts"]>, readonly unknown[]>;

function* listedParts(list: PartList, { main, integrations }: FileDraft, managesSpaces: boolean): Generator<Remark> {
  const names = new Map<string, Location>();
  const owners = new Map<string, Location>();
  const known = [...integrations.keys()];
  for (const part of list) {
    if (part === undefined) continue;
    const { name, integrations: keys = [] } = part;
    const at = { holder: part, key: "name" };
    if (name !== undefined) yield* nameOf(name, at, names, managesSpaces);
    for (const [index, key] of keys.entries()) {
      if (key === undefined) continue;
      const place = { holder: keys, key: index };
      const other = owners.get(key);
      if (!integrations.has(key)) yield unknownIntegration(key, place, known);
      else if (other !== undefined)
        yield fault(
          "parts-incomplete",
          place,
          (first) => `integration ${shown(key)} is in two parts. It is first listed at ${first}. Keep it in one.`,
          other,
        );
      owners.set(key, other ?? place);
    }
  }
  const missing = [...integrations.keys()].filter((key) => !owners.has(key));
  if (missing.length === 0) return;
  yield fault(
    "parts-incomplete",
    { holder: main, key: "parts", part: "key" },
    `${missing.length === 1 ? "integration" : "integrations"} ${listed(missing)} ${missing.length === 1 ? "is" : "are"} in no part. Add ${missing.length === 1 ? "it" : "them"} to one.`,
  );
}

function* nameOf(name: string, at: Location, names: Map<string, Location>, managesSpaces: boolean): Generator<Remark> {
  // Some file systems have no case, and every stack has a folder.
  const first = names.get(name.toLowerCase());
  if (isTaken(name)) yield fault("part-name", at, `CDKTF cannot use the name ${shown(name)}. Choose another name.`);
  if (first !== undefined)
    yield fault(
      "part-name",
      at,
      (place) => `two parts have the name ${shown(name)}. The first one is at ${place}. Choose another name.`,
      first,
    );
  else names.set(name.toLowerCase(), at);
  if (name.toLowerCase() === SPACES_PART && managesSpaces)
    yield fault("part-name", at, `the name ${shown(name)} is that of the part that manages the Spaces. Choose another name.`);
}

/** CDKTF has its stacks in an object, in which every name of its prototype is taken. */
function isTaken(name: string): boolean {
  return name in Object.prototype;
}

function unknownIntegration(key: string, at: Location, known: readonly string[]): Remark {
  const similar = suggestion(key, known);
  return fault(
    "reference-not-found",
    at,
    `the part names the integration ${shown(key)}, but the file has no integration with this key.${similar === "" ? ` Known keys: ${listed(known)}.` : similar}`,
  );
}
