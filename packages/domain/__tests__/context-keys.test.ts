/** Keys of the context that look like one of Bitlift. */
import { CONTEXT_KEYS, contextKeyFaults } from "..";

it.each([
  ["bitliftBaking", "Write bitliftBacking."],
  ["bitlift_backing", "Write bitliftBacking."],
  ["bitliftbacking", "Write bitliftBacking."],
  ["BitliftBacking", "Write bitliftBacking."],
  ["Bitlift", "Write bitlift."],
  ["bitliftPath", "Use one of: bitlift, bitliftBacking; or give a value of your own a name that does not start with bitlift."],
])("%s is not a key", (key, fix) => {
  expect(contextKeyFaults({ [key]: "published" })).toEqual([{ key, why: `"${key}" is not a context key of Bitlift.`, fix }]);
});

it("accepts its own keys, and keys of others", () => {
  const own = Object.fromEntries(Object.values(CONTEXT_KEYS).map((key) => [key, ""]));
  expect(contextKeyFaults({ ...own, allowSepCharsInLogicalIds: "true", backing: "published", myBitlift: 1 })).toEqual([]);
});
