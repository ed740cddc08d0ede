/** Rule: a default integration belongs to the root Space. */
import { Token } from "cdktf";
import { ROOT_SPACE_ID } from "../../packages/domain";
import { isStandIn } from "../props/stand-ins";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* defaultsOutsideRoot({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    const { spaceId } = construct.space;
    if (construct.props.isDefault !== true || spaceId === ROOT_SPACE_ID || isStandIn(construct.space)) continue;
    const space = Token.isUnresolved(spaceId) ? "a Space of this app" : `"${spaceId}"`;
    yield {
      construct,
      why: `isDefault is true and space is ${space}. A default integration serves the whole account.`,
      fix: "Remove space, so that the integration belongs to root, or set isDefault to false.",
    };
  }
}
