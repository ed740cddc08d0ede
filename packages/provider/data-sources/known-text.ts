/** An argument of a data source as text or null: the engine reads a data source only when all values are known. */
import type { Unknown } from "../../terraform-plugin";

export function knownText(value: string | null | Unknown): string | null {
  return typeof value === "string" ? value : null;
}
