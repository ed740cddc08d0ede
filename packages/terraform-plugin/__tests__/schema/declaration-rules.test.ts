/** `declarationErrors` finds errors in declarations before an engine reports them. */
import { bitlift } from "../../../provider";
import {
  computed,
  declarationErrors,
  defaulted,
  optional,
  optionalComputed,
  required,
  writeOnly,
  type AnyResource,
  type Attributes,
} from "../..";
import { echo } from "../echo-provider";
import { memoryProvider, thing, type Memory } from "../memory-provider";

const errorsOf = (changes: Partial<AnyResource<Memory>>) => declarationErrors(memoryProvider(new Map(), [thing(new Map(), changes)]));
const withAttributes = (attributes: Attributes) => errorsOf({ attributes: { name: required.string("Name."), ...attributes } });

it.each([
  ["the project's provider", bitlift],
  ["the echo provider", echo],
  ["the memory provider", memoryProvider(new Map())],
])("%s has no errors", (_name, provider) => {
  expect(declarationErrors(provider)).toEqual([]);
});

it.each<[string, Attributes, string]>([
  ["a name that engines reserve", { count: optional.number("A.") }, "thing.count has a name that engines reserve"],
  ["an invalid name", { webhookUrl: optional.string("A.") }, "thing.webhookUrl is not a valid name"],
  ["no description", { a: optional.string(" ") }, "thing.a has no description"],
  [
    "`useStateForUnknown` of an attribute that the user may set",
    { a: optionalComputed.string("A.", { useStateForUnknown: true }) },
    "thing.a has `useStateForUnknown`, which requires a computed attribute",
  ],
  [
    "`requiresReplace` of a write-only attribute",
    { a: writeOnly.string("A.", { requiresReplace: true }) },
    "thing.a has `requiresReplace`, which would replace the object",
  ],
  [
    "`caseInsensitive` without `requiresReplace`",
    { a: required.string("A.", { caseInsensitive: true }) },
    "thing.a has `caseInsensitive`, which requires `requiresReplace`",
  ],
  [
    "a list of values for a type other than string",
    { a: optional.set("number", "A.", { known: ["1"] }) },
    "thing.a lists values, but its type is not string",
  ],
  [
    "`sensitive` of a write-only attribute",
    { a: writeOnly.string("A.", { sensitive: true }) },
    "thing.a has `sensitive`, which has no effect on a write-only attribute",
  ],
  [
    "two sensitive attributes",
    { a: optional.string("A.", { sensitive: true }), b: optional.object({ c: optional.string("C.", { sensitive: true }) }, "B.") },
    "thing has 2 sensitive attributes (a, b.c)",
  ],
  [
    "a sensitive attribute in a list of objects",
    { a: optional.objects({ b: optional.string("B.", { sensitive: true }) }, "A.") },
    "thing has 2 sensitive attributes (a.b, a.b)",
  ],
  ["an alternative for an attribute that is stored", { a: optional.string("A.", { alternative: "a" }) }, "thing.a has an `alternative`"],
  [
    "an alternative that does not exist",
    { a: writeOnly.string("A.", { alternative: "b" }) },
    "thing.a has the alternative `b`, which does not exist",
  ],
  ["blocks of a type without objects", { a: optional.string("A.", { asBlocks: {} }) }, "thing.a has `asBlocks`, which requires a list"],
  [
    "blocks that the user must write",
    { a: required.objects({ b: optional.string("B.") }, "A.", { asBlocks: {} }) },
    "thing.a has `asBlocks`, which requires an optional attribute",
  ],
  ["a default of another type", { a: defaulted("1").number("A.") }, "thing.a has a default that does not match"],
  [
    "a default that is not one of the allowed values",
    { a: defaulted("x").string("A.", { oneOf: ["y"] }) },
    "thing.a has a default that does not match",
  ],
  ["an error in a nested attribute", { a: optional.object({ b: computed.string("") }, "A.") }, "thing.a.b has no description"],
])("reports %s", (_name, attributes, expected) => {
  expect(withAttributes(attributes)).toEqual([expect.stringContaining(expected)]);
});

it.each<[string, [string, ...string[]], string]>([
  ["does not exist", ["nmae"], "thing has the identity attribute `nmae`, which does not exist"],
  ["is not text", ["revision"], "thing.revision is part of the identity, which requires text"],
  ["may be unset", ["label"], "thing.label is part of the identity, which requires text that is required or computed"],
  ["is repeated", ["name", "name"], "thing repeats an attribute in its identity"],
])("reports an attribute of the identity that %s", (_name, identity, expected) => {
  expect(errorsOf({ identity })).toEqual([expect.stringContaining(expected)]);
});

it.each(["PX/things", "registry.example/px/things", "things"])(
  "reports a move from a provider that is not <namespace>/<name>: %s",
  (provider) => {
    const source = { provider, type: "px_thing", convert: () => ({}) };
    expect(errorsOf({ movesFrom: [source] })).toEqual([expect.stringContaining(`thing moves from px_thing, but "${provider}" is not`)]);
  },
);

it("reports types declared twice, blocks with the name of an attribute, and missing upgrades", () => {
  const provider = memoryProvider(new Map(), [thing(new Map(), { version: 1 }), thing(new Map())], {
    attributes: { store: optional.string("A."), made: computed.string("B.") },
  });
  expect(declarationErrors(provider)).toEqual([
    "memory.made is computed, but users set every value of a provider block",
    "memory.store is both an attribute and a block",
    "resource thing is declared twice",
    "thing needs one upgrade for each earlier version",
  ]);
});

it("reports attributes of a data source that require a replacement or are write-only", () => {
  const source = {
    type: "size",
    summary: "S.",
    attributes: { a: required.string("A.", { requiresReplace: true }), b: writeOnly.string("B.") },
    read: () => Promise.reject(new Error()),
  };
  expect(declarationErrors(memoryProvider(new Map(), [], { dataSources: [source] }))).toEqual([
    "data size.a has `requiresReplace`, which has no effect in a data source",
    "data size.b is write-only, which only resources support",
  ]);
});
