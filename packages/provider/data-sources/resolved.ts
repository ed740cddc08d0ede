/** The value of an argument of a data source: the engine reads a data source only when all values are known. */
import type { Unknown } from "../../terraform-plugin";

export function resolved(value: string | null | Unknown): string | null {
  return typeof value === "string" ? value : null;
}
