/** The path by which Spacelift's own provider finds a Space: names from root, separated by slashes. */
import { ROOT_SPACE_ID } from "../domain";
import type { ExistingSpace, SpaceReference } from "./configuration";

/** What the path depends on. */
interface NestedSpace {
  readonly existing: ExistingSpace | undefined;
  readonly name: string | undefined;
  readonly parent: SpaceReference;
}

export type PublishedSpacePath =
  | { readonly path: string }
  /** There is no path, because of the Space with this key. Without a name, it only has an ID; otherwise, the name contains a slash. */
  | { readonly path: undefined; readonly key: string; readonly name: string | undefined };

/** @param spaceOf Finds a Space of the file by its key. */
export function publishedSpacePath(reference: SpaceReference, spaceOf: (key: string) => NestedSpace | undefined): PublishedSpacePath {
  const names: string[] = [];
  const visited = new Set<string>();
  let key = reference;
  while (key !== "root" && !visited.has(key)) {
    visited.add(key);
    const space = spaceOf(key);
    const { existing } = space ?? {};
    if (existing !== undefined && "id" in existing) {
      if (existing.id === ROOT_SPACE_ID) break;
      return { path: undefined, key, name: undefined };
    }
    const name = existing?.name ?? space?.name ?? "";
    if (name.includes("/")) return { path: undefined, key, name };
    names.unshift(name);
    key = existing?.parent ?? space?.parent ?? "root";
  }
  return { path: [ROOT_SPACE_ID, ...names].join("/") };
}
