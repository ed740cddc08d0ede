// The errors of the emulated Spacelift. Clients interpret only `unauthorized` and an exact `not found`; the wording of all other errors is assumed.
import type { SandboxResponse } from "../../core/service";

/** A GraphQL error with HTTP status 200: the operation was understood and rejected, and nothing changed. */
export class SpaceliftError extends Error {}

/** No valid token, or no permission: Spacelift does not say which. */
export function unauthorized(): SpaceliftError {
  return new SpaceliftError("unauthorized");
}

export function notFound(): SpaceliftError {
  return new SpaceliftError("not found");
}

export function nameTaken(type: string, id: string): SpaceliftError {
  return invalid(type, "name", `an object with the identifier "${id}" already exists`);
}

export function invalid(type: string, field: string, reason: string): SpaceliftError {
  return new SpaceliftError(`${type} has 1 error: ${field}: ${reason}`);
}

/** @param consumer "stack", "module", or an id */
export function noAccess(consumer: string, integrationId: string): SpaceliftError {
  return new SpaceliftError(`cannot attach VCS integration, ${consumer} space has no access to VCS integration "${integrationId}"`);
}

const NOT_FOUND = "404 page not found";

/** Texts of the webhook endpoint. */
export const deliveryErrors = { badSignature: "invalid signature", noSignature: "missing signature", unknownHook: NOT_FOUND } as const;

export function respondNotFound(): SandboxResponse {
  return respondWithText(404, NOT_FOUND);
}

export function respondWithText(status: number, text: string): SandboxResponse {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
}
