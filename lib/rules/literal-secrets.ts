/** Rule: a secret is a Credential that names a variable, never a literal or a token, because synthesized files are committed and uploaded. */
import { Token } from "../host";
import { isVariableName, VARIABLE_NAME_FORM } from "../../packages/domain";
import { sourceOf } from "../credential-source";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";
import { secretProps, type SecretProp } from "./secrets";
import { isNonEmptyText } from "./unnamed-variables";

const FIX =
  "Use Credential.fromEnvironment(<variable name>) or Credential.fromVariable(…). Synthesized files are committed and uploaded, so they must not contain secrets.";

export function* literalSecrets(declarations: Declarations): Generator<Finding> {
  for (const prop of secretProps(declarations)) {
    const why = causeOf(prop);
    if (why !== undefined) yield { construct: prop.construct, why, fix: FIX };
  }
}

function descriptionOf(value: unknown): string {
  if (value === null) return "null, not a Credential";
  // The constructor of Credential is private. Copies of the same version recognize each other's Credentials.
  const isUnrecorded = typeof value === "object" && "source" in value && typeof value.source === "object";
  return isUnrecorded
    ? "a Credential of another version of Bitlift, or was created without its functions"
    : `a plain ${typeof value}, not a Credential`;
}

/** The message must not contain the value, because it may be the secret. */
function causeOf({ name, value }: SecretProp): string | undefined {
  const source = sourceOf(value);
  if (source === undefined) {
    return Token.isUnresolved(value)
      ? `${name} is a Terraform token. Its value would be stored in the plan or the state.`
      : `${name} is ${descriptionOf(value)}.`;
  }
  if (source.kind !== "environment" || !isNonEmptyText(source.variable) || isVariableName(source.variable)) return undefined;
  return `The argument of Credential.fromEnvironment(…) in ${name} does not look like the name of a variable. It may be the secret itself. ${VARIABLE_NAME_FORM}.`;
}
