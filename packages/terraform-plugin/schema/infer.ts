/** The types that handlers receive and return, inferred from a declaration. */
import type { Attribute, Attributes, Block, Blocks, Presence } from "./attributes";
import type { Unknown } from "./value";

type Keys<A extends Attributes, P extends Presence> = { [K in keyof A]: A[K] extends Attribute<unknown, P> ? K : never }[keyof A];
type ValueOf<T> = T extends Attribute<infer V> ? V : never;
type StoredValue<T> = T extends Attribute<infer V, "optional"> ? V | null : ValueOf<T>;

/** What the user wrote, without computed attributes. Any value may be UNKNOWN; attributes that are not required may be null. */
export type Config<A extends Attributes> = {
  readonly [K in Exclude<keyof A, Keys<A, "computed">>]:
    (A[K] extends Attribute<unknown, "required"> ? ValueOf<A[K]> : ValueOf<A[K]> | null) | Unknown;
};

/** What `create` and `update` return and the engine stores. Contains no write-only attributes. */
export type State<A extends Attributes> = {
  readonly [K in Exclude<keyof A, Keys<A, "writeOnly">>]: StoredValue<A[K]> | NullableComputed<A[K]>;
};
type NullableComputed<T> = T extends Attribute<unknown, "computed" | "optionalComputed"> ? null : never;

/** A state that the engine has stored. After an import or an upgrade, any value may be null. */
export type StoredState<A extends Attributes> = { readonly [K in keyof State<A>]: State<A>[K] | null };

/** A plan that the handler `plan` completes: any value may be UNKNOWN, and the handler may set computed attributes. */
export type Draft<A extends Attributes> = { -readonly [K in keyof State<A>]: State<A>[K] | Unknown };

/** A plan that `create` or `update` applies: only attributes that the remote system sets may be UNKNOWN. */
export type Plan<A extends Attributes> = {
  readonly [K in keyof State<A>]: A[K] extends Attribute<unknown, "computed" | "optionalComputed"> ? State<A>[K] | Unknown : State<A>[K];
};

/** What the user wrote in the provider block, with its nested blocks. */
export type ProviderConfig<A extends Attributes, B extends Blocks> = Config<A> & {
  readonly [K in keyof B]: B[K] extends Block<infer N> ? Config<N> | null | Unknown : never;
};
