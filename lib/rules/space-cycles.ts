/** Rule: a Space is not its own ancestor. */
import type { ISpace } from "../space-reference";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* spaceCycles({ spaces }: Declarations): Generator<Finding> {
  for (const construct of spaces) {
    const visited = new Set<ISpace>([construct]);
    let ancestor: ISpace | undefined = construct.parentSpace;
    while (ancestor !== undefined && !visited.has(ancestor)) {
      visited.add(ancestor);
      ancestor = ancestor.parentSpace;
    }
    if (ancestor !== construct) continue;
    yield {
      construct,
      why: `The Space is its own ancestor: its parents lead back to it after ${visited.size} steps.`,
      fix: "Choose a parent outside this Space.",
    };
  }
}
