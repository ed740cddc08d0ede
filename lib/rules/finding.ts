/** A finding of a rule, and the shape of a rule. */
import { Construct, type IConstruct } from "constructs";
import type { Cause } from "../../packages/diagnostics";
import type { DiagnosticCode } from "../../packages/domain";
import type { ISpace } from "../space-reference";
import type { Declarations } from "./declarations";

/** A violation of a rule by one construct. */
export interface Finding extends Cause {
  readonly construct: IConstruct;
}

/** A rule over the whole app. */
export interface Rule {
  readonly code: DiagnosticCode;
  /** Finds all violations of the rule. */
  readonly find: (declarations: Declarations) => Iterable<Finding>;
}

/** Pairs every item whose key occurred before with the first item of that key. */
export function* duplicates<T>(items: readonly T[], keyOf: (item: T) => string): Generator<readonly [first: T, duplicate: T]> {
  const firstByKey = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const first = firstByKey.get(key);
    if (first === undefined) firstByKey.set(key, item);
    else yield [first, item];
  }
}

/** A Space as the app names it: the path of its construct, or its ID. */
export function describeSpace(space: ISpace): string {
  return Construct.isConstruct(space) ? space.node.path : `"${space.spaceId}"`;
}
