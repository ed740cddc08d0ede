/** Rules about the tree of Spaces: no circle in it, and nobody uses what it does not let them use. */
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";
import type { ISpace } from "./space";

export function* spaceCycles({ spaces }: Declarations): Generator<Finding> {
  for (const construct of spaces) {
    const line = new Set<ISpace>([construct]);
    let above: ISpace | undefined = construct.parentSpace;
    while (above !== undefined && !line.has(above)) {
      line.add(above);
      above = above.parentSpace;
    }
    if (above === construct) {
      yield {
        construct,
        why: `The Space lies below itself: its parents lead back to it after ${String(line.size)} steps.`,
        fix: "Choose a parent outside this Space.",
      };
    }
  }
}

export function* unavailableSources({ sources }: Declarations): Generator<Finding> {
  for (const { integration, repository, space } of sources) {
    if (space === undefined || integration.isAvailableTo(space) !== "no") continue;
    yield {
      construct: integration,
      why:
        `A stack or module that reads ${repository.namespace}/${repository.slug} may not use this integration in its Space: ` +
        "an integration serves its own Space, and Spaces below it as long as every Space on the way inherits.",
      fix: "Put the integration into the stack's Space or one above it, and set inheritEntities: true on the Spaces in between.",
    };
  }
}
