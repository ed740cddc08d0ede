// What the emulated Spacelift refuses, in its own texts. Only `unauthorized` and an exact `not found` carry meaning; the rest is free text.

/** A GraphQL error at HTTP 200: the operation was understood and refused, and nothing changed. */
export class Refusal extends Error {}

/** No valid token, or no permission: the remote system does not say which. */
export const unauthorized = (): Refusal => new Refusal("unauthorized");

export const notFound = (): Refusal => new Refusal("not found");

export const nameTaken = (kind: string, id: string): Refusal =>
  new Refusal(`${kind} has 1 error: name: an object with the identifier "${id}" exists already`);

export const invalid = (kind: string, field: string, why: string): Refusal => new Refusal(`${kind} has 1 error: ${field}: ${why}`);

export const noAccess = (what: string, id: string): Refusal =>
  new Refusal(`cannot attach VCS integration, ${what} space has no access to VCS integration "${id}"`);

/** Texts of the webhook endpoint. */
export const deliveryRefusals = {
  badSignature: "invalid signature",
  noSignature: "missing signature",
  unknownHook: "404 page not found",
} as const;
