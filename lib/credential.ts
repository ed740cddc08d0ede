/** Where a secret comes from. Never the secret itself: what is synthesised is committed and uploaded. */
import { Annotations, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { isVariableName } from "../packages/domain";

/** Options of `Credential.fromVariable`. */
export interface VariableCredentialOptions {
  /**
   * Any text. Nobody can see whether the value of an ephemeral variable has changed, so a change of this text is what sends it
   * again. Not used in a provider block, which takes the value every time.
   * @default "1"
   */
  readonly version?: string;
  /**
   * What the variable is for; the engine shows it when it asks for the value.
   * @default - none
   */
  readonly description?: string;
}

/** How a credential is written down. */
export type CredentialSource =
  | { readonly kind: "environment"; readonly variable: string }
  | { readonly kind: "variable"; readonly reference: string; readonly version: string };

/** A secret, by the place where it is found. */
export class Credential {
  /**
   * The secret is in an environment variable of the process that runs the provider: your shell, your pipeline, the context that a
   * Spacelift stack has attached. Works with every engine. A new value rolls out by itself with the next apply.
   * @param variable Name of the variable, never its value.
   */
  static fromEnvironment(variable: string): Credential {
    return new Credential({ kind: "environment", variable });
  }

  /**
   * The secret is the value of a Terraform variable, which this declares: sensitive and ephemeral, so that neither plan nor state
   * keeps it. Needs Terraform 1.11 or OpenTofu 1.11; an older engine refuses the word `ephemeral`.
   * @param scope Where the variable is declared.
   * @param id Name of the variable: `TF_VAR_<id>` sets it.
   */
  static fromVariable(scope: Construct, id: string, options: VariableCredentialOptions = {}): Credential {
    const variable = new TerraformVariable(scope, id, {
      type: "string",
      sensitive: true,
      ...(options.description !== undefined && { description: options.description }),
    });
    // People set the variable by name, so the name must not get the hash of the construct path.
    variable.overrideLogicalId(id);
    // CDKTF 0.21 has no such prop.
    variable.addOverride("ephemeral", true);
    // What an older engine says of that word names no version.
    Annotations.of(variable).addInfo("An ephemeral variable: the engine has to be Terraform 1.11 or OpenTofu 1.11, or newer.");
    return new Credential({ kind: "variable", reference: variable.stringValue, version: options.version ?? "1" });
  }

  private constructor(
    /** The place; for the constructs of this package. */
    readonly source: CredentialSource,
  ) {}
}

/**
 * The three arguments of a resource that take a secret: the variable's name, or the write-only value with its version. What is not a
 * Credential is left out here and reported by the credential rules, so that it is never written.
 */
export function writtenCredential(secret: unknown): { readonly env?: string; readonly writeOnly?: string; readonly version?: string } {
  if (!(secret instanceof Credential)) return {};
  const { source } = secret;
  if (source.kind === "variable") return { writeOnly: source.reference, version: source.version };
  return isVariableName(source.variable) ? { env: source.variable } : {};
}
