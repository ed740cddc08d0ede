/** What is asked in GraphQL and what comes back; the three texts of Spacelift that carry meaning. */
import { listOf, objectOf, textOf, type JsonObject } from "../http/json";

export interface Operation {
  /** For log and messages; also the name in the document. */
  readonly name: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** A query may be repeated, a mutation may not. */
  readonly kind: "query" | "mutation";
}

export interface GraphQlError {
  readonly message: string;
  /** Field names and list positions; empty where the server names none. */
  readonly path: readonly (string | number)[];
}

/** What the server said, with the errors as they are: HTTP 200 and a GraphQL body. */
export interface GraphQlResult {
  readonly data: JsonObject | null;
  readonly errors: readonly GraphQlError[];
}

/** Texts that carry meaning; all others are for people. */
const UNAUTHORIZED = "unauthorized";
const NOT_FOUND = "not found";
const UNKNOWN_FIELD = /^Cannot query field\b/;

export const saysUnauthorized = (found: GraphQlError): boolean => found.message === UNAUTHORIZED;
export const saysUnknownField = (found: GraphQlError): boolean => UNKNOWN_FIELD.test(found.message);
/** Exactly one error, whose whole message is `not found`. */
export const saysNotFound = (result: GraphQlResult): boolean => result.errors.length === 1 && result.errors[0]?.message === NOT_FOUND;

/** A mutation that told anything, or failed below its own field, was carried out: it must not be sent again. */
export function hasWorked(result: GraphQlResult, operation: Operation): boolean {
  if (operation.kind === "query") return false;
  return Object.values(result.data ?? {}).some((value) => value !== null) || result.errors.some((found) => found.path.length > 1);
}

/** The answer's body, read. */
export function resultOf(body: JsonObject | undefined): GraphQlResult {
  return { data: objectOf(body?.["data"]) ?? null, errors: (listOf(body?.["errors"]) ?? []).map(errorOf) };
}

function errorOf(value: unknown): GraphQlError {
  const found = objectOf(value);
  const path = (listOf(found?.["path"]) ?? []).filter(
    (part): part is string | number => typeof part === "string" || typeof part === "number",
  );
  return { message: textOf(found?.["message"]) ?? "an error without a message", path };
}
