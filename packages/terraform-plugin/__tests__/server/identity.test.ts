/** The identity of an object: its schema, and its values in imports, reads, plans and applies. */
import { computed, optional, required, resourceFor, UNKNOWN, type AnyResource } from "../..";
import { problem } from "../catalog";
import { KNOWN_AFTER_APPLY, type EngineObject } from "../engine-checks";
import { decodeValue, encodeValue, NO_BYTES } from "../engine-values";
import { memoryProvider, type Memory } from "../memory-provider";
import { TestEngine } from "../test-engine";

const TYPE = "memory_hook";
type Identity = { readonly identityData: Parameters<typeof decodeValue>[0] } | undefined;
type Complete = NonNullable<NonNullable<AnyResource<Memory>["importId"]>["complete"]>;

/** A hook in a repository. Its ID changes with its URL, as if another hook had been adopted. */
const hook = (complete?: Complete): AnyResource<Memory> =>
  resourceFor<Memory>()({
    type: "hook",
    summary: "A hook.",
    attributes: {
      repository: required.string("Repository.", { requiresReplace: true }),
      url: optional.string("URL."),
      id: computed.string("ID.", { useStateForUnknown: true }),
    },
    identity: ["repository", "id"],
    importId: {
      format: "<repository>/{id}",
      parse: ({ repository = "", id = "" }) => (id === "bad" ? undefined : { repository, id: id.replace(/[{}]/g, "") }),
      ...(complete && { complete }),
    },
    plan: ({ prior, draft }) => {
      if (prior !== null && draft.url !== prior.url) draft.id = UNKNOWN;
    },
    create: ({ plan }) => Promise.resolve({ ...plan, id: "1" }),
    read: ({ state }) => Promise.resolve(state),
    update: ({ plan }) => Promise.resolve({ ...plan, id: plan.id === UNKNOWN ? "2" : plan.id }),
    delete: () => Promise.resolve(),
  });

async function engineWith(complete?: Complete): Promise<TestEngine> {
  const engine = new TestEngine(memoryProvider(new Map(), [hook(complete)]));
  await engine.configure();
  return engine;
}

const identityIn = (message: Identity) => decodeValue(message?.identityData);
const message = (values: EngineObject) => ({ identityData: encodeValue(values) });

interface Imported {
  readonly importedResources: readonly { readonly state: Parameters<typeof decodeValue>[0]; readonly identity: Identity }[];
  readonly diagnostics: readonly { readonly detail: string }[];
}

async function importHook(request: { id: string } | { identity: EngineObject }, complete?: Complete): Promise<Imported> {
  const engine = await engineWith(complete);
  const identity = "identity" in request ? message(request.identity) : undefined;
  return engine.call<Imported>("importResourceState", { typeName: TYPE, id: "id" in request ? request.id : "", identity });
}

it("the schema lists the attributes of the identity as text, and says which of them an import may leave out", async () => {
  const schemaOf = async (complete?: Complete) => (await engineWith(complete)).call("getResourceIdentitySchemas", {});
  const attribute = (name: string, description: string, requiredForImport: boolean) => ({
    name,
    type: Buffer.from('"string"'),
    requiredForImport,
    optionalForImport: !requiredForImport,
    description,
  });
  const repository = attribute("repository", "Repository.", true);
  expect(await schemaOf()).toEqual({
    identitySchemas: { [TYPE]: { version: 0, identityAttributes: [repository, attribute("id", "ID.", true)] } },
    diagnostics: [],
  });
  expect(await schemaOf(() => Promise.resolve("1"))).toMatchObject({
    identitySchemas: { [TYPE]: { identityAttributes: [repository, attribute("id", "ID.", false)] } },
  });
});

describe("an import", () => {
  const state = { repository: "a", url: null, id: "1" };

  it.each([
    ["an ID", { id: "a/{1}" }],
    ["an ID in the other form", { id: " a/1 " }],
    ["an identity", { identity: { repository: "a", id: "{1}" } }],
  ])("by %s sets the attributes of the identity, and returns it", async (_name, request) => {
    const { importedResources, diagnostics } = await importHook(request);
    expect(diagnostics).toEqual([]);
    expect(importedResources.map((imported) => [decodeValue(imported.state), identityIn(imported.identity)])).toEqual([
      [state, { repository: "a", id: "1" }],
    ]);
  });

  it.each([
    ["an ID", { id: "a" }],
    ["an identity", { identity: { repository: "a", id: null } }],
  ])("by %s without the last value asks the declaration for it", async (_name, request) => {
    const { importedResources } = await importHook(request, ({ values }) => Promise.resolve(`${values.repository ?? ""}-only`));
    expect(identityIn(importedResources[0]?.identity)).toEqual({ repository: "a", id: "a-only" });
  });

  it("shows the error of the declaration if there is not exactly one", async () => {
    const none = () => Promise.reject(problem("value-missing", { why: "None.", fix: "Create one." }));
    const { importedResources, diagnostics } = await importHook({ id: "a" }, none);
    expect([importedResources, diagnostics[0]?.detail]).toEqual([[], expect.stringContaining("(value-missing)")]);
  });

  it("does not ask the declaration if a given value is invalid", async () => {
    const asked = jest.fn(() => Promise.resolve("1"));
    const { diagnostics } = await importHook({ identity: { repository: "a/b", id: null } }, asked);
    expect([asked.mock.calls, diagnostics[0]?.detail]).toEqual([[], expect.stringContaining('repository = "a/b", id = null')]);
  });

  it.each<[string, Parameters<typeof importHook>[0], string]>([
    ["an empty ID", { id: " " }, "The import ID of memory_hook is empty; its form is <repository>/{id}."],
    ["too few values", { id: "a" }, '"a" does not have the form <repository>/{id}.'],
    ["too many values", { id: "a/b/c" }, '"a/b/c" does not have the form'],
    ["an empty value", { id: "/b" }, '"/b" does not have the form'],
    ["a value that the declaration does not accept", { id: "a/bad" }, '"a/bad" does not have the form'],
    ["an identity with such a value", { identity: { repository: "a", id: "bad" } }, 'repository = "a", id = "bad"'],
    ["an identity without the first value", { identity: { repository: null, id: "1" } }, 'wrong form: repository = null, id = "1".'],
    ["an identity without any value", { identity: { repository: null, id: "" } }, 'wrong form: repository = null, id = "".'],
    ["an identity with a slash in a value", { identity: { repository: "a/b", id: "1" } }, 'wrong form: repository = "a/b", id = "1".'],
  ])("reports %s", async (_name, request, expected) => {
    const { importedResources, diagnostics } = await importHook(request);
    expect(importedResources).toEqual([]);
    expect(diagnostics.map(({ detail }) => detail)).toEqual([expect.stringMatching(/\(import-id-invalid\)$/)]);
    expect(diagnostics[0]?.detail).toContain(expected);
  });
});

describe("the identity in the responses", () => {
  const object = (id: EngineObject[string], url = "u", repository = "a"): EngineObject => ({ repository, url, id });
  const plan = async (config: EngineObject, prior: EngineObject | null) =>
    (await engineWith()).call<{ readonly plannedIdentity: Identity }>("planResourceChange", {
      typeName: TYPE,
      priorState: encodeValue(prior),
      proposedNewState: encodeValue(config),
      config: encodeValue(config),
      priorPrivate: NO_BYTES,
      priorIdentity: prior === null ? undefined : message({ repository: "a", id: "1" }),
    });

  it.each<[string, EngineObject, EngineObject | null, EngineObject | null]>([
    ["a create has none, because it is known after apply", object(null), null, null],
    ["an update keeps the identity", { ...object(null), url: "u" }, { ...object("1"), url: "v" }, { repository: "a", id: "1" }],
    ["a replacement has the new values", object(null, "u", "b"), object("1"), { repository: "b", id: "1" }],
  ])("of a plan: %s", async (_name, config, prior, expected) => {
    expect(identityIn((await plan(config, prior)).plannedIdentity)).toEqual(expected);
  });

  it("of an apply are those of the new object", async () => {
    const { newIdentity } = await (
      await engineWith()
    ).call<{ readonly newIdentity: Identity }>("applyResourceChange", {
      typeName: TYPE,
      priorState: encodeValue(object("1", "v")),
      plannedState: encodeValue(object(KNOWN_AFTER_APPLY)),
      config: encodeValue(object(null)),
      plannedPrivate: NO_BYTES,
    });
    expect(identityIn(newIdentity)).toEqual({ repository: "a", id: "2" });
  });

  it("of a read follow the state, also if the engine stored none", async () => {
    const { newIdentity } = await (
      await engineWith()
    ).call<{ readonly newIdentity: Identity }>("readResource", {
      typeName: TYPE,
      currentState: encodeValue(object("1")),
      private: NO_BYTES,
    });
    expect(identityIn(newIdentity)).toEqual({ repository: "a", id: "1" });
  });

  it.each<[string, string, EngineObject | null]>([
    ["stays", '{"repository":"a","id":"1"}', { repository: "a", id: "1" }],
    ["that is empty is left to the next read", "", null],
    ["that is unreadable is left to the next read", "{", null],
    ["of another form is left to the next read", '{"name":"a"}', null],
  ])("a stored identity %s", async (_name, json, expected) => {
    const rawIdentity = { json: Buffer.from(json), flatmap: {} };
    const response = await (
      await engineWith()
    ).call<{ readonly upgradedIdentity: Identity }>("upgradeResourceIdentity", { typeName: TYPE, version: 0, rawIdentity });
    expect(identityIn(response.upgradedIdentity)).toEqual(expected);
  });
});
