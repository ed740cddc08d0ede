/** Types of values that are checked when the app runs. The command of an app may skip the type check, and then TypeScript accepts any value. */
import { Problem, type Cause } from "../../packages/diagnostics";
import { mostSimilar, type DiagnosticCode } from "../../packages/domain";
import { describeValue, isPlainObject } from "./described-value";
import { standIn } from "./stand-ins";

/** Why a value does not have its type. */
export interface Mismatch extends Cause {
  readonly code: DiagnosticCode;
}

/** A value that has its type or was replaced by a stand-in, and what was wrong with the given one. */
export interface Checked<T> {
  readonly value: T;
  readonly mismatches: readonly Mismatch[];
}

/** A type that a value can be checked against. */
export interface ValueType {
  /** Whether the value must be given. */
  readonly required?: boolean;
  /** What to pass, as a sentence. */
  readonly fix: string;
  /** In place of a value that does not have the type. Undefined if the value may be omitted. */
  readonly standIn?: unknown;
  /** Whether another rule checks the value, null included. */
  readonly checkedElsewhere?: boolean;
  /**
   * Checks a value that is neither undefined nor null.
   * @param name The name of the value, as the subject of a sentence.
   */
  readonly check: (name: string, value: unknown) => Checked<unknown>;
}

/** The types of all props of an interface, including those that only some members of a union have. */
export type PropTable<P> = { readonly [Name in KeysOf<P>]: ValueType };

type KeysOf<P> = P extends unknown ? keyof P & string : never;

/** Accepts a value without changing it. */
export function accepted<T>(value: T): Checked<T> {
  return { value, mismatches: [] };
}

/** Rejects a value that has a wrong type. The message contains the value. */
export function rejected(name: string, value: unknown, fix: string, otherwise?: unknown): Checked<unknown> {
  return { value: otherwise, mismatches: [{ code: "value-not-allowed", why: `${name} is ${describeValue(value)}.`, fix }] };
}

/** Rejects a token. */
export function rejectedToken(name: string, why: string, fix: string, otherwise?: unknown): Checked<unknown> {
  return { value: otherwise, mismatches: [{ code: "token-not-allowed", why: `${name} is known only after apply, but ${why}.`, fix }] };
}

/** The result of a function. If the function throws a Problem, its stand-in and the cause. */
export function checkedBy<T>(parse: () => T, otherwise: T): Checked<T> {
  try {
    return accepted(parse());
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    const { code, why, fix } = thrown.diagnostic;
    return { value: otherwise, mismatches: [{ code: code as DiagnosticCode, why, fix }] };
  }
}

/** The same type for a value that must be given. */
export function required(type: ValueType): ValueType {
  return { ...type, required: true };
}

/** Checks a value of a type. */
export function checkValue(type: ValueType, name: string, value: unknown): Checked<unknown> {
  if (type.checkedElsewhere === true || (value === undefined && type.required !== true)) return accepted(value);
  if (value === undefined)
    return { value: type.standIn, mismatches: [{ code: "value-missing", why: `${name} is missing.`, fix: type.fix }] };
  if (value === null)
    return rejected(name, value, type.required === true ? type.fix : `Omit it, or ${uncapitalized(type.fix)}`, type.standIn);
  return type.check(name, value);
}

/**
 * Checks an object with props. Every prop of the result has its type.
 * @param prefix What the names of the props start with in messages.
 */
export function checkProps<P>(table: PropTable<P>, given: P | undefined, prefix = ""): Checked<P> {
  if (given === undefined) return checkProps(table, {} as P, prefix);
  if (!isPlainObject(given)) {
    const mismatch = { code: "value-not-allowed", why: `The props are ${describeValue(given)}.`, fix: objectFix(table) } as const;
    return { value: standIn({}) as P, mismatches: [mismatch] };
  }
  const values: Readonly<Record<string, unknown>> = given;
  const mismatches = unknownProps(values, Object.keys(table), prefix);
  const checkedValues: Record<string, unknown> = {};
  for (const [name, type] of Object.entries<ValueType>(table)) {
    const { value, mismatches: found } = checkValue(type, `${prefix}${name}`, values[name]);
    mismatches.push(...found);
    if (value !== undefined) checkedValues[name] = value;
  }
  // The given object may compute its props, and may change later.
  return { value: checkedValues as P, mismatches };
}

function objectFix(table: object): string {
  return `Pass an object. Its props are: ${Object.keys(table).join(", ")}.`;
}

/** A misspelled name is not an error for TypeScript if the type check is skipped, or if the object is a variable. */
function unknownProps(given: Readonly<Record<string, unknown>>, known: readonly string[], prefix: string): Mismatch[] {
  const unknown = Object.keys(given).filter((name) => given[name] !== undefined && !known.includes(name));
  return unknown.map((name) => ({ code: "value-not-allowed", why: `There is no prop ${prefix}${name}.`, fix: fixForUnknown(name, known) }));
}

function fixForUnknown(name: string, known: readonly string[]): string {
  if (name === "forEach" || name === "count") return "Create each object in a TypeScript loop, with a construct ID that does not change.";
  const similar = mostSimilar(name, known);
  return similar === undefined ? `Remove it, or use one of: ${known.join(", ")}.` : `Write ${similar}.`;
}

/** A sentence as the part of another one. */
export function uncapitalized(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
