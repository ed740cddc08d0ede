/** Calls Spacelift, and adds the sentence with which the published provider starts its errors. */
import { published, reasonOf } from "../runtime/catalog";
import { ErrorResponse } from "./graphql-client";

const HINT = "Note: the stack's role may override space-level permissions. Also ensure you provided a space ID, not a space name";

/** A query: the provider shows the first message of the response. */
export async function attempt<T>(sentence: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (thrown) {
    throw published(`${sentence}: ${reasonOf(thrown)}`);
  }
}

/** A mutation: the provider shows all messages, and explains one that is about rights. */
export async function attemptChange<T>(sentence: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (thrown) {
    throw published(`${sentence}: ${changeError(thrown)}`);
  }
}

export function changeError(thrown: unknown): string {
  const reason = reasonOf(thrown);
  if (reason.includes("unauthorized")) return `${reason} - ${HINT}`;
  return thrown instanceof ErrorResponse ? thrown.all : reason;
}
