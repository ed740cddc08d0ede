/** Reads attributes whose type the provider declares, from values that may be incomplete or hidden. */
import type { Values } from "./plan-model";

/** Undefined if the attribute is absent, null, empty or not a text. */
export function textOf(values: Values | undefined, name: string): string | undefined {
  const value = values?.[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Undefined if the attribute is absent, null or not a boolean. */
export function flagOf(values: Values | undefined, name: string): boolean | undefined {
  const value = values?.[name];
  return typeof value === "boolean" ? value : undefined;
}

export function textsOf(values: Values | undefined, name: string): readonly string[] {
  const value = values?.[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
