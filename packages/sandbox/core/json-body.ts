// Reads the body of a REST request that must be a JSON object.
import type { SandboxRequest } from "./service";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined if the body is not JSON, or JSON but not an object. */
export function parseJsonObject(request: Pick<SandboxRequest, "json">): JsonObject | undefined {
  let value: unknown;
  try {
    value = request.json();
  } catch {
    return undefined;
  }
  return isJsonObject(value) ? value : undefined;
}

/** Arrays are objects only to JavaScript. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
