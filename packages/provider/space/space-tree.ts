/** Which Spaces a stack or module can use: its own, and the Spaces above it as long as every Space on the way inherits. */
import { ROOT_SPACE_ID } from "../../domain";
import type { Space } from "../../clients";

type TreeNode = Pick<Space, "parentSpaceId" | "inheritEntities">;

/** By the ID of the Space. */
export type SpaceTree = ReadonlyMap<string, TreeNode>;

export function treeOf(spaces: readonly Space[]): SpaceTree {
  return new Map(spaces.map((space) => [space.id, space]));
}

/** Whether an object of one Space can be used in another; undefined if a Space on the way is not visible to the key. */
export function canUse(tree: SpaceTree, from: string, owner: string): boolean | undefined {
  const seen = new Set<string>();
  for (let current = from; !seen.has(current);) {
    if (current === owner) return true;
    seen.add(current);
    const node = tree.get(current);
    if (node === undefined) return current === ROOT_SPACE_ID ? false : undefined;
    if (!node.inheritEntities || node.parentSpaceId === null) return false;
    current = node.parentSpaceId;
  }
  return false;
}

/** The Space and the Spaces above it, from the bottom up. */
export function ancestorIds(tree: SpaceTree, id: string): readonly string[] {
  const ids: string[] = [];
  for (let current: string | null = id; current && !ids.includes(current); current = tree.get(current)?.parentSpaceId ?? null)
    ids.push(current);
  return ids;
}
