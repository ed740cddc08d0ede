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
