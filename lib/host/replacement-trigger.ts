/** A resource without a remote object that stores values, so that other resources can be replaced when one of the values changes. */
import type { Construct } from "constructs";
import type { TerraformProvider } from "./index";

/** Declares the provider of a type in the stack, unless the stack already has it. */
export type DeclareProvider = (type: string, create: (scope: Construct, id: string) => TerraformProvider) => void;

/** What a trigger is called, and what it stores. */
export interface TriggerValues {
  /** Its Terraform name. */
  readonly name: string;
  /** It is replaced when one of them changes. */
  readonly values: Readonly<Record<string, string>>;
  /** Names of values whose changes it ignores. */
  readonly ignored: readonly string[];
}

/** What a host creates for `createReplacementTrigger`. */
export interface ReplacementTrigger {
  /** Keeps it when its address changes. */
  readonly moveFrom: (address: string) => void;
  /** The address, as `replace_triggered_by` takes it: plain, without a template. */
  readonly address: string;
  /** The address of one value. */
  readonly addressOf: (name: string) => string;
  /** The stored value, as an expression of the engine. */
  readonly valueOf: (name: string) => string;
}
