/** The secrets of a stack: names of environment variables, and Terraform variables. */
import { Construct } from "constructs";
import { Credential } from "../lib";
import type { SecretSource } from "../packages/configuration";

/** Declares each Terraform variable once, because several settings may read the same one. */
export class Secrets extends Construct {
  readonly #variables = new Map<string, Credential>();

  credential(source: SecretSource): Credential {
    if ("env" in source) return Credential.fromEnvironment(source.env);
    const { variable, version } = source;
    const known = this.#variables.get(variable) ?? Credential.fromVariable(this, variable);
    this.#variables.set(variable, known);
    return known.withVersion(version);
  }
}
