/** Calls Spacelift, and adds the sentence with which the published provider starts its errors. */
import { published } from "../runtime/catalog";
import { ErrorResponse } from "./graphql-client";

export async function attempt<T>(sentence: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (thrown) {
    throw published(`${sentence}: ${errorText(thrown)}`);
  }
}

export function errorText(thrown: unknown): string {
  if (thrown instanceof ErrorResponse) return thrown.full;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
