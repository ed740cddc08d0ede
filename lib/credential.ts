/** References to secrets. Constructs never take the secret itself, because synthesized files are committed and uploaded. */
import { Annotations, TerraformVariable } from "./host";
import type { Construct, IConstruct } from "constructs";
import { inputVariableFault, isVariableName } from "../packages/domain";
import { scopeAndId, valueOf } from "./props/checked-props";
import { recordSource, sourceOf, variableOf, type CredentialSource } from "./credential-source";
import { VARIABLE_CREDENTIAL_OPTIONS } from "./props/prop-tables";
import { reportFinding } from "./validation";
import { checkProps } from "./props/value-type";

/** Options of `Credential.fromVariable`. */
export interface VariableCredentialOptions {
  /**
   * Any text. The engine cannot compare the values of an ephemeral variable, so change this text to send a new value.
   * Ignored in a provider block: the provider reads the value in every run.
   * @default "1"
   */
  readonly version?: string;
  /**
   * Description of the variable. The engine shows it when it prompts for the value.
   * @default - no description
   */
  readonly description?: string;
}

/** A reference to a secret. */
export class Credential {
  /**
   * Reads the secret from an environment variable of the process that runs the provider, such as your shell, your pipeline, or a
   * Spacelift stack with an attached context. Works with every engine. A new value takes effect with the next apply.
   * @param variable The name of the variable, never its value.
   */
  static fromEnvironment(variable: string): Credential {
    return recorded(new Credential({ kind: "environment", variable }));
  }

  /**
   * Declares a Terraform variable and reads the secret from it. The variable is sensitive and ephemeral, so its value is stored in
   * neither the plan nor the state. Requires Terraform 1.11 or later, or OpenTofu 1.11 or later; older engines reject `ephemeral`.
   * @param scope The scope of the variable.
   * @param id The name of the variable. Set its value with `TF_VAR_<id>`.
   */
  static fromVariable(scope: Construct, id: string, options: VariableCredentialOptions = {}): Credential {
    const checked = checkProps(VARIABLE_CREDENTIAL_OPTIONS, options);
    const { description } = checked.value;
    const variable = new TerraformVariable(...scopeAndId("the variable", scope, id), { type: "string", sensitive: true, description });
    const { version = "1" } = valueOf(variable, checked, "Credential.fromVariable");
    reportUnusableName(variable, id);
    // Users set the variable by name, so the name must not contain the hash of the construct path.
    variable.overrideLogicalId(id);
    // TerraformVariable in CDKTF 0.21 has no prop for this.
    variable.addOverride("ephemeral", true);
    // The error of an older engine does not mention the required version.
    Annotations.of(variable).addInfo("An ephemeral variable requires Terraform 1.11 or later, or OpenTofu 1.11 or later.");
    return recorded(new Credential({ kind: "variable", reference: variable.stringValue, version }), variable);
  }

  /** Where the secret is read from. */
  readonly source: CredentialSource;

  private constructor(source: CredentialSource) {
    this.source = source;
  }

  /** @internal The secret of the same variable, with the version of another use. */
  withVersion(version = "1"): Credential {
    const { source } = this;
    if (source.kind === "environment" || source.version === version) return this;
    return recorded(new Credential({ ...source, version }), variableOf(this));
  }
}

/** An untyped program can call the constructor. The rules report such a Credential, because it is not recorded. */
function recorded(credential: Credential, variable?: IConstruct): Credential {
  recordSource(credential, credential.source, variable);
  return credential;
}

/** Reports a name that the engine would reject. */
function reportUnusableName(variable: TerraformVariable, name: string): void {
  const fault = inputVariableFault(name);
  if (fault !== undefined) reportFinding("value-not-allowed", { construct: variable, ...fault });
}

/**
 * The arguments of a resource for one secret: the name of the environment variable, or the write-only value and its version.
 * Omits any value that is not a valid Credential, so that a literal secret is never synthesized. The rules report such a value.
 */
export function credentialArguments(secret: unknown): { readonly env?: string; readonly writeOnly?: string; readonly version?: string } {
  const source = sourceOf(secret);
  if (source === undefined) return {};
  if (source.kind === "variable") return { writeOnly: source.reference, version: source.version };
  // An untyped program can pass any value.
  const variable: unknown = source.variable;
  return typeof variable === "string" && isVariableName(variable) ? { env: variable } : {};
}
