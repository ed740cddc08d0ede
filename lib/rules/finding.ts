/** What a rule over the whole app finds, and the form of such a rule. */
import type { IConstruct } from "constructs";
import type { Cause } from "../../packages/diagnostics";
import type { DiagnosticCode } from "../../packages/domain";
import type { Declarations } from "../declarations";

/** One violation, at one construct. */
export interface Finding extends Cause {
  readonly construct: IConstruct;
}

/** Finds all violations of one kind. */
export interface PropRule {
  readonly code: DiagnosticCode;
  readonly find: (declared: Declarations) => Iterable<Finding>;
}

/** Pairs of the first bearer of a key, and each later one. */
export function* repetitions<T>(items: readonly T[], keyOf: (item: T) => string): Generator<readonly [T, T]> {
  const firsts = new Map<string, T>();
  for (const item of items) {
    const first = firsts.get(keyOf(item));
    if (first === undefined) firsts.set(keyOf(item), item);
    else yield [first, item];
  }
}
