/** Rules: an account has one default integration per product, and it belongs to root. */
import { PRODUCT_TITLES } from "../../domain";
import { productOf, type Entry, type FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import type { IntegrationInput } from "../model/document";
import { shown } from "../quoting";

export function* defaultIntegrations({ integrations }: FileDraft): Generator<Remark> {
  const first = new Map<string, Entry<IntegrationInput>>();
  for (const entry of integrations.values()) {
    const { key, value } = entry;
    if (value.default !== true || value.existing !== undefined) continue;
    if (value.space !== undefined && value.space !== "root") {
      yield fault(
        "default-outside-root",
        { holder: value, key: "space" },
        `integration ${shown(key)} is a default integration, which serves the whole account, but "space" is ${shown(value.space)}. Remove space, or remove default.`,
      );
    }
    const product = productOf(entry);
    if (product === undefined) continue;
    const other = first.get(product);
    if (other === undefined) first.set(product, entry);
    else
      yield fault(
        "duplicate-default",
        { holder: value, key: "default", part: "key" },
        (place) =>
          `${shown(other.key)} (${place}) is already the default integration for ${PRODUCT_TITLES[product]}. Spacelift allows one. Remove default from one of the two.`,
        other.at,
      );
  }
}
