/** Messages for settings that do not exist: a secret that would be in the file, a similar name, and the known names. */
import { mostSimilar } from "../packages/domain";

const SECRET_NAME = /^(api_?token|app_?password|access_?token|token|password|secret)$/i;

/** One message per name, separated by line breaks. Each continues a sentence that starts with the path of the setting. */
export function describeUnknownSettings(names: readonly string[], known: readonly string[]): string {
  return names.map((name) => (SECRET_NAME.test(name) ? describeSecret(name, known) : describeUnknown(name, known))).join("\n");
}

function describeUnknown(name: string, known: readonly string[]): string {
  const similar = mostSimilar(name, known);
  const suggestion = similar === undefined ? "" : ` Did you mean ${similar}?`;
  return `is not a known setting.${suggestion} Known settings: ${known.join(", ")}.`;
}

/** The message must not contain the value, because it is probably the secret. */
function describeSecret(name: string, known: readonly string[]): string {
  const sameName = known.filter((setting) => setting === `${name}Env`);
  const settings = sameName.length > 0 ? sameName : known.filter((setting) => setting.endsWith("Env"));
  if (settings.length === 0) return "would contain a secret. Remove it: secrets are read from environment variables.";
  return `would contain a secret. Set ${settings.join(" or ")} to the name of an environment variable, which the provider reads when it runs.`;
}
