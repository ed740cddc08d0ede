/** What a rule reports about declarations, whether they are constructs or entries of a file, and the words in which the two differ. */
import type { Cause } from "../../diagnostics";
import type { DiagnosticCode } from "../catalog";
import type { BitbucketProduct } from "../spacelift";

/**
 * A declaration that breaks a rule.
 * @typeParam S what is declared: a construct, or an entry of the file
 * @typeParam N what the text may name besides
 */
export interface Violation<S, N = S> {
  readonly code: DiagnosticCode;
  /** An error unless it is a warning. */
  readonly severity?: "warning";
  readonly subject: S;
  /** The setting of the subject that is wrong, and of the other one. Undefined for the whole subject. */
  readonly setting?: Setting;
  /** The item of the setting, if it is a list. */
  readonly index?: number;
  /** The earlier declaration with which the subject conflicts. */
  readonly other?: S;
  readonly cause: (words: Words<N>) => Cause;
}

/** The settings that the rules know, by the words of the file. */
export type Setting =
  | "active"
  | "additionalEvents"
  | "adoptExisting"
  | "apiHost"
  | "caCertificate"
  | "default"
  | "description"
  | "detachProtection"
  | "email"
  | "every"
  | "existing"
  | "labels"
  | "name"
  | "password"
  | "project"
  | "role"
  | "secretRotation"
  | "space"
  | "title"
  | "token"
  | "url"
  | "userFacingHost"
  | "username"
  | "verifyCertificate";

/** The words of constructs, or those of the file. */
export interface Words<N> {
  /** How people call a declaration: `stack/payments`, or `integration "payments"`. */
  readonly nameOf: (declaration: N) => string;
  /** Who has a setting, after the setting: ` of integration "payments"`. Empty if the place of the finding names the subject. */
  readonly of: string;
  /** The other declaration of the violation, with its place. */
  readonly other: string;
  /** A text in double quotes. */
  readonly quote: (text: string) => string;
  /** The name of a setting: `isDefault`, or `default`. */
  readonly setting: (setting: Setting) => string;
  /** The start of a sentence about a setting: `apiHost: `. Empty if the place of the finding says it. */
  readonly about: (setting: Setting) => string;
  /** What declares something: a declaration, or an entry. */
  readonly declaration: string;
  /** What settings are: props, or keys. */
  readonly settings: string;
  /** The events of a product, for a fix. */
  readonly eventsOf: (product: BitbucketProduct) => string;
  /** What refers to an integration that is managed elsewhere, by its ID. */
  readonly existingById: (product: BitbucketProduct) => string;
  /** What chooses Bitlift's own provider for the integration that the violation is about, and where: `backing: bitlift on the integration`. */
  readonly ownBacking: string;
  /** A secret that is read from a variable of the engine. */
  readonly fromVariable: string;
  /** How else to solve a conflict within an account; empty if there is only one account. Starts with a comma. */
  readonly orAnotherAccount: string;
}

/** Pairs every item whose key occurred before with the first item of that key. Items without a key are skipped. */
export function* duplicates<T>(items: Iterable<T>, keyOf: (item: T) => string | undefined): Generator<readonly [first: T, duplicate: T]> {
  const firstByKey = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const first = firstByKey.get(key);
    if (first === undefined) firstByKey.set(key, item);
    else yield [first, item];
  }
}
