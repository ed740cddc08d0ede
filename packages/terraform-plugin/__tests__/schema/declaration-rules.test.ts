/** Mistakes in a declaration are found before an engine finds them. */
import { bitlift } from "../../../provider";
import { computed, declarationFaults, defaulted, optional, optionalComputed, required, writeOnly, type Attributes } from "../..";
import { echo } from "../echo-provider";
import { memoryProvider, thing } from "../memory-provider";

const withAttributes = (attributes: Attributes) => declarationFaults(memoryProvider(new Map(), [thing(new Map(), { attributes })]));

it.each([
  ["the project's provider", bitlift],
  ["the echo provider", echo],
  ["the provider of the tests", memoryProvider(new Map())],
])("%s has none", (_name, provider) => {
  expect(declarationFaults(provider)).toEqual([]);
});

it.each<[string, Attributes, string]>([
  ["a name that engines keep", { count: optional.number("A.") }, "thing.count has a name that engines keep for themselves"],
  ["a name that cannot be written", { webhookUrl: optional.string("A.") }, "thing.webhookUrl is no name that configurations can use"],
  ["no text", { a: optional.string(" ") }, "thing.a has no text"],
  [
    "`useStateForUnknown` of something that the user decides",
    { a: optionalComputed.string("A.", { useStateForUnknown: true }) },
    "thing.a has `useStateForUnknown`, which is for computed attributes",
  ],
  [
    "`requiresReplace` of something write-only",
    { a: writeOnly.string("A.", { requiresReplace: true }) },
    "thing.a has `requiresReplace`, which would replace the object",
  ],
  [
    "`caseInsensitive` of something that is replaced by nothing",
    { a: required.string("A.", { caseInsensitive: true }) },
    "thing.a has `caseInsensitive`",
  ],
  [
    "values of something that is no text",
    { a: optional.set("number", "A.", { known: ["1"] }) },
    "thing.a lists values, but holds no texts",
  ],
  ["an alternative of something that is stored", { a: optional.string("A.", { alternative: "a" }) }, "thing.a has an `alternative`"],
  [
    "an alternative that does not exist",
    { a: writeOnly.string("A.", { alternative: "b" }) },
    "thing.a has the alternative `b`, which does not exist",
  ],
  ["a default of another kind", { a: defaulted("1").number("A.") }, "thing.a has a default that does not fit"],
  ["a default outside of the list", { a: defaulted("x").string("A.", { oneOf: ["y"] }) }, "thing.a has a default that does not fit"],
  ["a nested mistake", { a: optional.object({ b: computed.string("") }, "A.") }, "thing.a.b has no text"],
])("%s", (_name, attributes, expected) => {
  expect(withAttributes(attributes)).toEqual([expect.stringContaining(expected)]);
});

it("types declared twice, blocks named like attributes, and missing upgrades", () => {
  const provider = memoryProvider(new Map(), [thing(new Map(), { version: 1 }), thing(new Map())], {
    attributes: { store: optional.string("A."), made: computed.string("B.") },
  });
  expect(declarationFaults(provider)).toEqual([
    "memory.made is decided by nobody: a provider block holds what the user writes",
    "memory.store is both an attribute and a block",
    "resource thing is declared twice",
    "thing needs one upgrade for each earlier version",
  ]);
});

it("nothing in a data source is replaced or write-only", () => {
  const source = {
    type: "size",
    summary: "S.",
    attributes: { a: required.string("A.", { requiresReplace: true }), b: writeOnly.string("B.") },
    read: () => Promise.reject(new Error()),
  };
  expect(declarationFaults(memoryProvider(new Map(), [], { dataSources: [source] }))).toEqual([
    "data size.a has `requiresReplace`, but nothing here is ever replaced",
    "data size.b is write-only, which only resources have",
  ]);
});
