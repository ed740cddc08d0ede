/** Where a credential is read from. The rules recognize credentials by it, and a rule imports no construct. */

/** Where a credential is read from. */
export type CredentialSource =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "variable"; readonly reference: string; readonly version: string };

const sources = new WeakMap<object, CredentialSource>();

/** Records an object as a credential. */
export function recordSource(credential: object, source: CredentialSource): void {
  sources.set(credential, source);
}

/** The source of a credential. Undefined if the value is not a credential. */
export function sourceOf(value: unknown): CredentialSource | undefined {
  return typeof value === "object" && value !== null ? sources.get(value) : undefined;
}
