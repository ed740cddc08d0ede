/** Names of environment variables and of input variables, and how to recognize a token that was set instead of a name. */
import type { Cause } from "../diagnostics";

/** What a name looks like, for messages. A message must not repeat the invalid text, which may be the secret. */
export const VARIABLE_NAME_FORM =
  "A name consists of letters, digits, and underscores, and does not start with a digit. A name of 20 or more characters that contains digits must also contain an underscore, because otherwise it looks like a token";

/** A token of only letters and digits has the form of a name, but real names of that length contain an underscore. */
const TOKEN = /^(?=[A-Z]*\d)[A-Z\d]{20,}$/i;

/** Whether a text is the name of an environment variable. If not, it may be the secret itself. */
export function isVariableName(text: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/i.test(text) && !TOKEN.test(text);
}

/** The engine rejects these names of input variables: they are arguments of module blocks. */
const RESERVED_NAMES: readonly string[] = ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

/** Why the engine would reject the name of an input variable; undefined if it would not. */
export function inputVariableFault(name: string): Cause | undefined {
  // CDKTF has variables in an object, in which every name of its prototype is taken.
  const isReserved = RESERVED_NAMES.includes(name) || name in Object.prototype;
  if (/^[A-Za-z_][\w-]*$/.test(name) && !isReserved) return undefined;
  return {
    why: `The engine or CDKTF does not accept ${JSON.stringify(name)} as the name of a variable.`,
    fix: isReserved
      ? `Choose a name that is not reserved, such as bitbucket_${name}.`
      : "Use letters, digits and underscores, and start with a letter. TF_VAR_<name> sets the value.",
  };
}
