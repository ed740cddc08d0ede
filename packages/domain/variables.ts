/** Names of environment variables, and how to tell one from a token that was written in its place. */

/** What a name looks like, for messages: the text that was written is never repeated, it may be the secret. */
export const VARIABLE_NAME_FORM =
  "A name has letters, digits and underscores, and starts with no digit; one of 20 characters or more with digits in it has an underscore, or it passes for a token";

/** A token of letters and digits alone has the form of a name; what people call a variable at that length has an underscore. */
const TOKEN = /^(?=[A-Z]*\d)[A-Z\d]{20,}$/i;

/** Whether a text is the name of an environment variable. One that is not may be the secret itself. */
export function isVariableName(text: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/i.test(text) && !TOKEN.test(text);
}
