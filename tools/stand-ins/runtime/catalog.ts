/** The error of every stand-in: the text is the one that the published provider reports. */
import { defineCatalog, Problem } from "../../../packages/terraform-plugin";

const CATALOG = defineCatalog({
  "Published providers": { "published-provider-error": "The published provider reports an error" },
});

const FIX = "Correct what the error names: this program stands in for the published provider, and reports what that provider would report.";

/** A plain error of the provider. */
export function published(why: string): Problem {
  return CATALOG.problem("published-provider-error", { why, fix: FIX });
}

/** The provider's text of an error. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Problem) return thrown.diagnostic.why;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The object of a JSON text, or the provider's error. @param type the provider's name for it */
export function decodeObject(text: string, type: string): object {
  const value = parseJson(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw published(`json: cannot unmarshal ${Array.isArray(value) ? "array" : typeof value} into Go value of type ${type}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw published(text === "" ? "unexpected end of JSON input" : (thrown as Error).message);
  }
}
