/** Identities are encoded and decoded without loss, whatever their values; an import ID is the same values, joined; and no bytes crash an import. */
import fc from "fast-check";
import { computed, required, UNKNOWN, type AnyResource, type ObjectValue } from "../..";
import { identityCodec } from "../../wire/identity-message";
import { decodeValue, encodeValue, NO_BYTES } from "../engine-values";
import { memoryProvider, thing, type Memory } from "../memory-provider";
import { TestEngine } from "../test-engine";

const memory: Memory = new Map();
const attributes = { place: required.string("A."), name: required.string("B."), id: computed.string("C.") };
const resource = (identity: AnyResource<Memory>["identity"]) =>
  thing(memory, { attributes, identity, read: ({ state }) => Promise.resolve(state) });
const IDENTITY: readonly [string, string, string] = ["place", "name", "id"];

const text = fc.string({ unit: "grapheme" });
const values = fc.record({ place: text, name: text, id: text });
/** What an import ID can contain: no slashes, and no spaces at its ends. */
const segment = text.map((value) => value.replaceAll("/", "").trim()).filter((value) => value !== "");

async function importThing(identity: AnyResource<Memory>["identity"], request: object) {
  const engine = new TestEngine(memoryProvider(memory, [resource(identity)]));
  await engine.configure();
  return engine.call<{
    readonly importedResources: readonly { readonly identity: { readonly identityData: Parameters<typeof decodeValue>[0] } }[];
    readonly diagnostics: readonly { readonly summary: string; readonly detail: string }[];
  }>("importResourceState", { typeName: "memory_thing", id: "", ...request });
}

it("decoding an encoded identity returns an equal one", () => {
  const codec = identityCodec(resource([...IDENTITY]));
  fc.assert(fc.property(values, (identity) => expect(codec.decode(codec.encode(identity))).toEqual(identity)));
});

it("an object has an identity exactly if all of its values are known and set", () => {
  const codec = identityCodec(resource(["place", "id"]));
  const value = fc.oneof(text, fc.constant(null), fc.constant<typeof UNKNOWN>(UNKNOWN));
  fc.assert(
    fc.property(fc.record({ place: value, name: value, id: value }), (state: ObjectValue) => {
      const { place, id } = state;
      const isKnown = typeof place === "string" && typeof id === "string";
      expect(codec.decode(codec.encodeFrom(state))).toEqual(isKnown ? { place, id } : undefined);
    }),
  );
});

it("an import by identity and one by the joined values return the same identity", async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ place: segment, name: segment, id: segment }), async (identity) => {
      const requests = [
        { id: IDENTITY.map((name) => identity[name as keyof typeof identity]).join("/") },
        { identity: { identityData: encodeValue(identity) } },
      ];
      for (const request of requests) {
        const { importedResources, diagnostics } = await importThing([...IDENTITY], request);
        expect(diagnostics).toEqual([]);
        expect(decodeValue(importedResources[0]?.identity.identityData)).toEqual(identity);
      }
    }),
    { numRuns: 50 },
  );
});

it("an import with bytes that are no identity returns an error, and no object", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 40 }), async (bytes) => {
      const identity = { identityData: { msgpack: Buffer.from(bytes), json: NO_BYTES } };
      const { importedResources, diagnostics } = await importThing([...IDENTITY], { identity });
      expect([importedResources, diagnostics]).toEqual([
        [],
        [expect.objectContaining({ detail: expect.stringMatching(/\([a-z-]+\)$/) as string })],
      ]);
    }),
    { numRuns: 200 },
  );
});

it.each<[string, Buffer]>([
  ["an object with a value of another type", encodeValue({ place: "a", name: ["b"], id: "c" }).msgpack],
  ["a list", encodeValue(["a", "b", "c"]).msgpack],
])("an import whose identity is %s returns an error", async (_case, msgpack) => {
  const { importedResources, diagnostics } = await importThing([...IDENTITY], { identity: { identityData: { msgpack, json: NO_BYTES } } });
  expect([importedResources, diagnostics]).toEqual([[], [expect.anything()]]);
});
