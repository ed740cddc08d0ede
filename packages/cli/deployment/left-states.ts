/** States of parts that are no longer in the file. Nothing plans them, so what they hold would stay without anybody noticing. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ownType } from "../../configuration";
import type { Stack } from "../project/manifest";

/** A part that is gone, with what its state still holds. */
export interface LeftPart {
  readonly part: string;
  /** The file of its state, absolute. */
  readonly state: string;
  readonly objects: readonly StateObject[];
  /** Parts of today that declare some of the objects. */
  readonly declaredBy: readonly DeclaringPart[];
}

export interface DeclaringPart {
  readonly part: string;
  /** The file of its state, absolute. */
  readonly state: string;
  readonly hasState: boolean;
  readonly addresses: readonly string[];
}

export interface StateObject {
  readonly address: string;
  readonly type: string;
  /** Its name, or its repository. */
  readonly label: string | undefined;
}

interface LocalPart {
  readonly stack: Stack;
  readonly state: string;
  readonly addresses: ReadonlySet<string>;
}

/**
 * Looks where the states of the other parts are, if these are files: a backend elsewhere cannot be listed.
 * @param stacks All stacks of the app.
 */
export async function leftParts(stacks: readonly Stack[]): Promise<readonly LeftPart[]> {
  const local = (await Promise.all(stacks.map(readLocalPart))).flatMap((part) => part ?? []);
  const known = new Set(local.map(({ state }) => state));
  const found = new Map<string, string>();
  for (const { stack, state } of local) {
    for (const [path, name] of await similarFiles(state, stack.name)) if (!known.has(path) && !found.has(path)) found.set(path, name);
  }
  const left: LeftPart[] = [];
  for (const [state, part] of found) {
    const objects = await readObjects(state);
    if (objects.length > 0) left.push({ part, state, objects, declaredBy: declaringParts(objects, local) });
  }
  return left.sort((a, b) => (a.part < b.part ? -1 : 1));
}

async function readLocalPart(stack: Stack): Promise<LocalPart | undefined> {
  const { terraform, resource = {} } = JSON.parse(await readFile(stack.file, "utf8")) as {
    readonly terraform?: { readonly backend?: { readonly local?: { readonly path?: string } } };
    readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  const path = terraform?.backend?.local?.path;
  if (path === undefined) return undefined;
  const addresses = Object.entries(resource).flatMap(([type, entries]) => Object.keys(entries).map((name) => `${type}.${name}`));
  return { stack, state: resolve(stack.folder, path), addresses: new Set(addresses) };
}

/** Files whose path differs only where that of a part has its name, with the text that they have there. */
async function similarFiles(state: string, part: string): Promise<readonly (readonly [path: string, name: string])[]> {
  let [folder, segment, rest] = [dirname(state), basename(state), ""];
  while (!segment.includes(part)) {
    if (folder === dirname(folder)) return [];
    [folder, segment, rest] = [dirname(folder), basename(folder), join(segment, rest)];
  }
  const entries = await readdir(folder).catch(() => []);
  return occurrences(segment, part).flatMap(([before, after]) =>
    entries
      .filter((entry) => entry.length > before.length + after.length && entry.startsWith(before) && entry.endsWith(after))
      .map((entry) => [join(folder, entry, rest), entry.slice(before.length, entry.length - after.length)] as const)
      .filter(([path]) => existsSync(path)),
  );
}

/** What is before and after each place of the name. */
function occurrences(text: string, name: string): readonly (readonly [before: string, after: string])[] {
  const found: (readonly [string, string])[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) found.push([text.slice(0, at), text.slice(at + name.length)]);
  return found;
}

interface StateDocument {
  readonly resources?: readonly {
    readonly mode?: string;
    readonly type?: string;
    readonly name?: string;
    readonly instances?: readonly { readonly index_key?: string | number; readonly attributes?: Readonly<Record<string, unknown>> }[];
  }[];
}

/** The objects of Bitlift. Empty for a file that is not a state: only its path is similar. */
async function readObjects(path: string): Promise<readonly StateObject[]> {
  let state: StateDocument;
  try {
    state = JSON.parse(await readFile(path, "utf8")) as StateDocument;
  } catch {
    return [];
  }
  if (!Array.isArray(state.resources)) return [];
  return (state.resources as NonNullable<StateDocument["resources"]>)
    .filter(({ mode, type = "" }) => mode === "managed" && ownType(type).startsWith("bitlift_"))
    .flatMap(({ type = "", name = "", instances = [] }) =>
      instances.map(({ attributes = {} }) => ({ address: `${type}.${name}`, type, label: labelOf(attributes) })),
    );
}

function labelOf(attributes: Readonly<Record<string, unknown>>): string | undefined {
  const text = (name: string) => (typeof attributes[name] === "string" ? attributes[name] : undefined);
  const repository = text("repository");
  return repository === undefined
    ? text("name")
    : [text("workspace") ?? text("owner") ?? text("project"), repository].filter(Boolean).join("/");
}

function declaringParts(objects: readonly StateObject[], local: readonly LocalPart[]): readonly DeclaringPart[] {
  const held = [...new Set(objects.map(({ address }) => address))];
  return local
    .map(({ stack, state, addresses }) => ({
      part: stack.name,
      state,
      hasState: existsSync(state),
      addresses: held.filter((address) => addresses.has(address)),
    }))
    .filter(({ addresses }) => addresses.length > 0);
}
