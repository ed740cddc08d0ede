/** Values as handlers see them: plain JavaScript, with `null` for unset and UNKNOWN for undecided. */

/** A value that will be decided during apply. A symbol, so that using it as text or number fails loudly. */
export const UNKNOWN = Symbol("unknown");
export type Unknown = typeof UNKNOWN;

/** A number that a JavaScript number cannot hold exactly, kept as its decimal text. */
export class ExactNumber {
  constructor(readonly text: string) {}
}

/** Anything that can stand in a configuration, a plan or a state. `undefined` never crosses the runtime. */
export type Value = null | boolean | string | number | ExactNumber | Unknown | readonly Value[] | { readonly [key: string]: Value };

/** An object value: a resource, a block, a nested object. */
export interface ObjectValue {
  readonly [key: string]: Value;
}
