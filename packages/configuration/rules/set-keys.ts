/** Rule: every set of an integration has an identity of its own. Constructs have their construct IDs instead. */
import { duplicates } from "../../domain";
import { itemsOf, type FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { shown } from "../quoting";
import { identityOfSet } from "./webhooks";

export function* setKeys({ integrations }: FileDraft): Generator<Remark> {
  for (const entry of integrations.values()) {
    for (const [other, set] of duplicates(itemsOf(entry).sets, identityOfSet)) {
      const { key } = set.value;
      if (key === undefined)
        yield fault(
          "set-key-missing",
          set.at,
          (place) =>
            `integration ${shown(entry.key)} already has a set of ${shown(set.every)} (${place}). Add a key to the second one, such as key: second, so that each keeps its identity.`,
          other.at,
        );
      else
        yield fault(
          "duplicate-key",
          { holder: set.value, key: "key" },
          (place) => `another set of integration ${shown(entry.key)} has the key ${shown(key)} (${place}). Choose another key.`,
          { holder: other.value, key: "key" },
        );
    }
  }
}
