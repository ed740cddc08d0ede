/** The settings of one login: what its block contains, and what the environment adds. */
import { UNKNOWN, type Unknown } from "../../terraform-plugin";
import type { LoginSystem } from "./login-systems";
import { isProviderVariable, type Environment } from "./provider-variables";

/** The arguments of a block as the engine sends them; null if unset. */
export type BlockValues<Name extends string> = { readonly [K in Name]: string | null | Unknown };

/** The block of any login. */
export type LoginBlock = Readonly<Record<string, string | null | Unknown>>;

/** One setting of a login. */
export interface Setting {
  /** Null if neither the block nor the environment has a value. */
  readonly value: string | null;
  /** A variable that only an `_env` argument names belongs to the block. */
  readonly origin: "block" | "environment";
  /** The argument or the variable with the value, for messages: `bitbucket_cloud.base_url`, `BITBUCKET_API_URL`. */
  readonly name: string;
  /** The variable that is read; null if the block has the value itself. */
  readonly variable: string | null;
  /** The `_env` argument that names the variable, if one does. */
  readonly namedBy: string | null;
  /** Path of the argument in the provider configuration; empty if the value comes from the provider's own variable. */
  readonly at: readonly string[];
}

/** A setting with a value. */
export type SetSetting = Setting & { readonly value: string };

export function hasValue(setting: Setting): setting is SetSetting {
  return setting.value !== null;
}

/** Where a setting comes from: `BITBUCKET_ACCESS_TOKEN`, `bitbucket_cloud.email`, `T (access_token_env of the bitbucket_cloud block)`. */
export function describeSource({ name, namedBy, at: [block = ""] }: Setting): string {
  return namedBy === null ? name : `${name} (${namedBy} of the ${block} block)`;
}

/** The setting of an argument: from the block, from the variable that the block names, or else from the provider's own variable. */
export function readSetting(system: LoginSystem, block: LoginBlock | null, argument: string, environment: Environment): Setting {
  const { name, variables } = system;
  const written = textIn(block, argument);
  if (written !== null)
    return { value: written, origin: "block", name: `${name}.${argument}`, variable: null, namedBy: null, at: [name, argument] };
  const named = textIn(block, `${argument}_env`);
  const variable = named ?? variables[argument] ?? "";
  return {
    value: environment[variable] || null,
    // Naming the provider's own variable does not make its value belong to the block.
    origin: named === null || isProviderVariable(named) ? "environment" : "block",
    name: variable,
    variable,
    namedBy: named === null ? null : `${argument}_env`,
    at: named === null ? [] : [name, `${argument}_env`],
  };
}

/** Whether the block sets the argument, itself or through an `_env` argument. */
export function isInBlock(block: LoginBlock | null, argument: string): boolean {
  return textIn(block, argument) !== null || textIn(block, `${argument}_env`) !== null;
}

/** Whether a value of the block is known only after apply. */
export function hasUnknown(block: LoginBlock | null | Unknown): boolean {
  return block === UNKNOWN || (block !== null && Object.values(block).includes(UNKNOWN));
}

function textIn(block: LoginBlock | null, argument: string): string | null {
  const value = block?.[argument];
  return typeof value === "string" && value !== "" ? value : null;
}

/** `a`, `a and b`, `a, b, and c`. */
export function joinNames(names: readonly string[]): string {
  if (names.length < 3) return names.join(" and ");
  return `${names.slice(0, -1).join(", ")}, and ${names.at(-1) ?? ""}`;
}
