/** Names of environment variables, and how to recognize a token that was set instead of a name. */

/** What a name looks like, for messages. A message must not repeat the invalid text, which may be the secret. */
export const VARIABLE_NAME_FORM =
  "A name consists of letters, digits, and underscores, and does not start with a digit. A name of 20 or more characters that contains digits must also contain an underscore, because otherwise it looks like a token";

/** A token of only letters and digits has the form of a name, but real names of that length contain an underscore. */
const TOKEN = /^(?=[A-Z]*\d)[A-Z\d]{20,}$/i;

/** Whether a text is the name of an environment variable. If not, it may be the secret itself. */
export function isVariableName(text: string): boolean {
  return /^[A-Z_][A-Z0-9_]*$/i.test(text) && !TOKEN.test(text);
}
