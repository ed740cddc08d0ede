/** Which providers manage a construct: its own prop decides, then the context of the app, then Bitlift's own provider. */
import type { IConstruct } from "constructs";
import { BACKINGS, type Backing } from "../packages/domain";
import { describeValue } from "./props/described-value";
import { BACKING_CONTEXT } from "./published/backing-context";
import { reportFinding } from "./validation";

/** The prop that chooses the providers of one construct. */
export interface BackingOptions {
  /**
   * Which providers manage it: `bitlift` is Bitlift's own provider; `published` stands for spacelift-io/spacelift, DrFaust92/bitbucket and gavinbunney/bitbucketserver.
   * @default - the context value `bitliftBacking`, or else "bitlift"
   */
  readonly backing?: Backing;
}

/** @param own The prop of the construct. */
export function backingOf(construct: IConstruct, own: Backing | undefined): Backing {
  if (own !== undefined) return own;
  const given: unknown = construct.node.tryGetContext(BACKING_CONTEXT);
  if (given === undefined || given === null) return "bitlift";
  const known = BACKINGS.find((backing) => backing === given);
  if (known !== undefined) return known;
  reportFinding("value-not-allowed", {
    construct,
    why: `The context value ${BACKING_CONTEXT} is ${describeValue(given)}.`,
    fix: `Set it to one of: ${BACKINGS.join(", ")}.`,
  });
  return "bitlift";
}
