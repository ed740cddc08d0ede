/** Rule: a Space is not its own ancestor. */
import type { ISpace } from "../space-reference";
import type { Declarations } from "./declarations";
import { describeSpace, type Finding } from "./finding";

export function* spaceCycles({ spaces }: Declarations): Generator<Finding> {
  for (const construct of spaces) {
    const path: ISpace[] = [construct];
    let ancestor: ISpace | undefined = construct.parentSpace;
    while (ancestor !== undefined && !path.includes(ancestor)) {
      path.push(ancestor);
      ancestor = ancestor.parentSpace;
    }
    if (ancestor !== construct) continue;
    const cycle = [...path, construct].reverse().map(describeSpace).join(" > ");
    yield { construct, why: `The Space is its own ancestor: ${cycle}.`, fix: "Choose a parent outside this Space." };
  }
}
