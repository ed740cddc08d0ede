/** Checks the values that a construct receives. Reports each value that does not have its type as a finding of the construct. */
import { Construct, type IConstruct } from "constructs";
import { scopeInStack } from "../host/own-scope";
import { describeValue } from "./described-value";
import { reportFinding } from "../validation";
import { validationError } from "../validation-error";
import { checkProps, checkValue, uncapitalized, type Checked, type PropTable, type ValueType } from "./value-type";

/**
 * The props of a construct, each with its type.
 * @param call The call that received the props, such as `addRepository`. Undefined for the construct itself.
 */
export function propsOf<P>(construct: IConstruct, table: PropTable<P>, given: P | undefined, call?: string): P {
  return valueOf(construct, checkProps(table, given), call);
}

/** An argument of a method, with its type. */
export function argumentOf<T>(construct: IConstruct, call: string, name: string, type: ValueType, given: T): T {
  // The stand-in of a type has the type of the argument.
  return valueOf(construct, checkValue(type, name, given), call) as T;
}

/** The checked value. Reports what was wrong with the given one. */
export function valueOf<T>(construct: IConstruct, { value, mismatches }: Checked<T>, call?: string): T {
  for (const { code, why, fix } of mismatches) {
    const sentence = /^(The|There|A) /.test(why) ? uncapitalized(why) : why;
    reportFinding(code, { construct, why: call === undefined ? why : `In ${call}(…), ${sentence}`, fix });
  }
  return value;
}

/**
 * The first two arguments of a construct. Without them, there is no construct that a finding could name.
 * @throws Problem `value-not-allowed` if they cannot be the scope and the ID of a construct, `host-mismatch` if the scope belongs to the other host.
 */
export function scopeAndId(className: string, scope: Construct, id: string): [Construct, string] {
  const given: readonly unknown[] = [scope, id];
  if (!Construct.isConstruct(given[0])) throw wrongArgument(className, "scope", given[0], "the stack, or another construct");
  if (typeof given[1] !== "string" || given[1] === "") throw wrongArgument(className, "id", given[1], "a text that is unique in its scope");
  return [scopeInStack(className, scope), id];
}

function wrongArgument(className: string, name: string, value: unknown, expected: string) {
  const why = `The ${name} of ${className} is ${describeValue(value)}.`;
  return validationError("value-not-allowed", { why, fix: `Pass ${expected} as the ${name}.` });
}
