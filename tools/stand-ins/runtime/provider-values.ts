/** The provider block of a published provider: each argument falls back to an environment variable. */
import { optional, UNKNOWN, type Attributes } from "../../../packages/terraform-plugin";
import { attributesOf, type SchemaJson } from "./published-schema";

/** Environment variables by the names of the arguments. */
export type Variables = Readonly<Record<string, string>>;

/** A required argument becomes optional when its variable is set, because the SDK asks the variable while it builds the schema. */
export function providerAttributes(schema: SchemaJson, variables: Variables): Attributes {
  const entries = Object.entries(attributesOf(schema.block)).map(([name, attribute]) => {
    const fallback = process.env[variables[name] ?? ""];
    const isRequired = attribute.presence === "required" && (fallback === undefined || fallback === "");
    const { description, sensitive = false } = attribute;
    return [name, isRequired ? attribute : optional.string(description, { sensitive })] as const;
  });
  return Object.fromEntries(entries);
}

/** The arguments as texts; empty if unset. @param unknown What stands for an unknown value. */
export function providerTexts(config: object, variables: Variables, unknown = ""): Readonly<Record<string, string>> {
  const values = config as Readonly<Record<string, unknown>>;
  const entries = Object.entries(variables).map(([name, variable]) => {
    const value = values[name];
    const text = typeof value === "string" ? value : value === UNKNOWN ? unknown : (process.env[variable] ?? "");
    return [name, text] as const;
  });
  return Object.fromEntries(entries);
}
