/** The views of one declaration that handlers work with. The only file with conditional types. */
import type { Attribute, Attributes, Block, Blocks, Presence } from "./attributes";
import type { Unknown } from "./value";

type Keys<A extends Attributes, P extends Presence> = { [K in keyof A]: A[K] extends Attribute<unknown, P> ? K : never }[keyof A];
type ValueOf<T> = T extends Attribute<infer V> ? V : never;
type StoredValue<T> = T extends Attribute<infer V, "optional"> ? V | null : ValueOf<T>;

/** What the user wrote, computed attributes left out. Anything may be undecided; what need not be written may be null. */
export type Config<A extends Attributes> = {
  readonly [K in Exclude<keyof A, Keys<A, "computed">>]:
    (A[K] extends Attribute<unknown, "required"> ? ValueOf<A[K]> : ValueOf<A[K]> | null) | Unknown;
};

/** What create, read and update return and the engine stores. Nothing write-only is in it. */
export type State<A extends Attributes> = {
  readonly [K in Exclude<keyof A, Keys<A, "writeOnly">>]: StoredValue<A[K]> | NullableComputed<A[K]>;
};
type NullableComputed<T> = T extends Attribute<unknown, "computed" | "optionalComputed"> ? null : never;

/** A stored state as it comes back: after an import, or an upgrade, anything may be null. */
export type Stored<A extends Attributes> = { readonly [K in keyof State<A>]: State<A>[K] | null };

/** A plan that is being made: every value may still be undecided, and a handler may set computed ones. */
export type Draft<A extends Attributes> = { -readonly [K in keyof State<A>]: State<A>[K] | Unknown };

/** A plan that is being applied: only what the remote system decides may still be undecided. */
export type Plan<A extends Attributes> = {
  readonly [K in keyof State<A>]: A[K] extends Attribute<unknown, "computed" | "optionalComputed"> ? State<A>[K] | Unknown : State<A>[K];
};

/** What the user wrote in a provider block with nested blocks. */
export type ProviderConfig<A extends Attributes, B extends Blocks> = Config<A> & {
  readonly [K in keyof B]: B[K] extends Block<infer N> ? Config<N> | null | Unknown : never;
};
