/** Rules about the tree of Spaces: one of a name in each place, no circle, and nobody uses what it does not let them use. */
import { Token } from "cdktf";
import { accountOf } from "../account";
import type { Declarations } from "../declarations";
import { repetitions, type Finding } from "./finding";
import type { ISpace, Space } from "../space";

/** Spacelift makes two of one name, and the provider refuses the second unless both are made at the same moment. */
export function* sharedSpaceNames(declared: Declarations): Generator<Finding> {
  const named = declared.spaces.filter(({ props }) => props.name !== "" && !Token.isUnresolved(props.name));
  const placeOf = (space: Space) => JSON.stringify([accountOf(space, declared), space.parentSpace.spaceId, space.props.name]);
  for (const [first, construct] of repetitions(named, placeOf)) {
    yield {
      construct,
      why: `${first.node.path} has the name "${construct.props.name}" under the same parent. People and imports could not tell the two apart.`,
      fix: "Rename one of the two, or put it under another parent.",
    };
  }
}

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
