/** GraphQL operations and their results, and the three error messages of Spacelift that carry meaning. */
import { asList, asObject, asText, type JsonObject } from "../http/json";

export interface Operation {
  /** The name in the document, also used in logs and messages. */
  readonly name: string;
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** A query may be repeated, a mutation may not. */
  readonly kind: "query" | "mutation";
}

export interface GraphQlError {
  readonly message: string;
  /** Field names and list positions; empty if the server names none. */
  readonly path: readonly (string | number)[];
}

/** Data and errors of a GraphQL response with HTTP status 200. */
export interface GraphQlResult {
  readonly data: JsonObject | null;
  readonly errors: readonly GraphQlError[];
}

const UNAUTHORIZED = "unauthorized";
const NOT_FOUND = "not found";
const UNKNOWN_FIELD = /^Cannot query field\b/;
const NO_MESSAGE = "an error without a message";

export const isUnauthorized = ({ message }: GraphQlError): boolean => message === UNAUTHORIZED;
export const isUnknownField = ({ message }: GraphQlError): boolean => UNKNOWN_FIELD.test(message);
/** Exactly one error, whose whole message is `not found`. */
export const isNotFound = ({ errors }: GraphQlResult): boolean => errors.length === 1 && errors[0]?.message === NOT_FOUND;

/** A mutation that returned data, or failed below its own field, was executed and must not be sent again. */
export function hasExecuted({ data, errors }: GraphQlResult, operation: Operation): boolean {
  if (operation.kind === "query") return false;
  return Object.values(data ?? {}).some((value) => value !== null) || errors.some(({ path }) => path.length > 1);
}

export function parseResult(body: JsonObject | undefined): GraphQlResult {
  return { data: asObject(body?.["data"]) ?? null, errors: (asList(body?.["errors"]) ?? []).map(parseError) };
}

function parseError(value: unknown): GraphQlError {
  const error = asObject(value);
  const path = (asList(error?.["path"]) ?? []).filter(
    (part): part is string | number => typeof part === "string" || typeof part === "number",
  );
  return { message: asText(error?.["message"]) ?? NO_MESSAGE, path };
}
