/** A finding of a rule, and the shape of a rule. */
import { Construct, type IConstruct } from "constructs";
import type { Cause } from "../../packages/diagnostics";
import type { DiagnosticCode } from "../../packages/domain";
import type { ISpace } from "../space-reference";
import type { Declarations } from "./declarations";

/** A violation of a rule by one construct. */
export interface Finding extends Cause {
  readonly construct: IConstruct;
  /** If it differs from the code of the rule. */
  readonly code?: DiagnosticCode;
}

/** A rule over the whole app. */
export interface Rule {
  readonly code: DiagnosticCode;
  /** Finds all violations of the rule. */
  readonly find: (declarations: Declarations) => Iterable<Finding>;
}

/** A Space as the app names it: the path of its construct, or its ID. */
export function describeSpace(space: ISpace): string {
  return Construct.isConstruct(space) ? space.node.path : `"${space.spaceId}"`;
}
