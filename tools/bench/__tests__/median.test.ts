/** Medians, also of values that are not all known. */
import { median, medianOfKnown } from "../median";

it.each([
  ["one value", [4], 4],
  ["an odd number of values, in any order", [9, 1, 5], 5],
  ["an even number of values", [4, 1, 3, 2], 2.5],
  ["an empty list", [], NaN],
])("the median of %s", (_case, values, expected) => {
  expect(median(values)).toBe(expected);
});

it("unknown values are left out, and the median of only unknown values is unknown", () => {
  expect(medianOfKnown([3, undefined, 5])).toBe(4);
  expect(medianOfKnown([undefined])).toBeUndefined();
});
