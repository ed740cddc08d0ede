/** Values as handlers see them: plain JavaScript, with `null` for unset and UNKNOWN for values that are known only after apply. */

/** A value that becomes known during apply. A symbol, so that using it as a string or number throws. */
export const UNKNOWN = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** A number that a JavaScript number cannot represent exactly, kept as its decimal text. */
export class ExactNumber {
  constructor(readonly text: string) {}
}

/** Any value in a configuration, a plan or a state. The runtime never passes `undefined` to a handler. */
export type Value = null | boolean | string | number | ExactNumber | Unknown | readonly Value[] | { readonly [key: string]: Value };

/** An object value: a resource, a block, a nested object. */
export interface ObjectValue {
  readonly [key: string]: Value;
}

/** True for an object value; false for null, UNKNOWN, numbers and lists. */
export function isObjectValue(value: unknown): value is ObjectValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** True for a list or set value. */
export function isListValue(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

/** True for a number in either form. */
export function isNumberValue(value: unknown): value is number | ExactNumber {
  return typeof value === "number" || value instanceof ExactNumber;
}

/** True when no part of the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (isListValue(value)) return value.every(isWhollyKnown);
  return !isObjectValue(value) || Object.values(value).every(isWhollyKnown);
}
