/** Patterns of repository slugs, as the constructs and the engine read them. */
import fc from "fast-check";
import { hasWildcard, isSlugPattern, matchesSlug, slugExpression } from "..";

it.each<[pattern: string, slug: string, expected: boolean]>([
  ["svc-*", "svc-a", true],
  ["svc-*", "svc-", true],
  ["svc-*", "my-svc-a", false],
  ["SVC-*", "svc-a", true],
  ["*-archive", "Svc-ARCHIVE", true],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["a.c", "abc", false],
  ["*", "", true],
  ["*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(120), false],
])("matches %s with %s: %s", (pattern, slug, expected) => {
  expect(matchesSlug([pattern], slug)).toBe(expected);
});

it("matches like its own regular expression", () => {
  const patterns = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "-", ".", "*", "?"), minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 3,
  });
  const slug = fc.string({ unit: fc.constantFrom("a", "b", "-", "."), maxLength: 8 });
  fc.assert(
    fc.property(patterns, slug, (some, text) => {
      expect(matchesSlug(some, text)).toBe(new RegExp(slugExpression(some)).test(text));
    }),
  );
});

it("recognizes patterns, and texts that are none", () => {
  expect(["a", "a*", "a.b-c_d?"].map(isSlugPattern)).toEqual([true, true, true]);
  expect(["", "a/b", "a b", "[ab]", '"'].map(isSlugPattern)).toEqual([false, false, false, false, false]);
  expect([hasWildcard("abc"), hasWildcard("a?"), hasWildcard("*")]).toEqual([false, true, true]);
});
