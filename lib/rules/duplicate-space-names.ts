/** Rule: Spaces with the same parent have different names. Spacelift allows duplicates, but the provider rejects a second Space. */
import { Token } from "cdktf";
import { isStandIn } from "../props/stand-ins";
import { accountOf } from "./account";
import type { Declarations, SpaceDeclaration } from "./declarations";
import { duplicates, type Finding } from "./finding";

export function* duplicateSpaceNames(declarations: Declarations): Generator<Finding> {
  const named = declarations.spaces.filter(
    ({ props, parentSpace }) => props.name !== "" && !Token.isUnresolved(props.name) && !isStandIn(parentSpace),
  );
  const keyOf = (space: SpaceDeclaration) => JSON.stringify([accountOf(space, declarations), space.parentSpace.spaceId, space.props.name]);
  for (const [first, construct] of duplicates(named, keyOf)) {
    yield {
      construct,
      why: `${first.node.path} has the same name "${construct.props.name}" and the same parent. People and imports cannot tell the two apart.`,
      fix: "Rename one of the two, or choose another parent.",
    };
  }
}
