/** The calls around plan and apply: configuration, upgrade, import, move, data sources, stop. */
import { invalidImportId } from "../../catalog";
import { problem } from "../catalog";
import { computed, optional, required, resourceFor, writeOnly, type AnyResource } from "../..";
import { Engine } from "../engine";
import { LATER } from "../engine-rules";
import { memoryProvider, thing, type Memory } from "../memory-provider";

const TYPE = "memory_thing";
const raw = (json: string) => ({ json: Buffer.from(json), flatmap: {} });
interface Answer {
  readonly diagnostics: readonly { readonly severity: number; readonly summary: string; readonly detail: string }[];
}

async function configured(memory: Memory = new Map(), resources?: readonly AnyResource<Memory>[]): Promise<Engine> {
  const engine = new Engine(memoryProvider(memory, resources));
  await engine.configure();
  return engine;
}

describe("before a configuration", () => {
  it("validation works, and everything that needs the remote system says why it cannot", async () => {
    const engine = new Engine(memoryProvider(new Map(), [thing(new Map(), { plan: () => undefined })]));
    expect(await engine.validate(TYPE, { name: "a" })).toEqual([]);
    await expect(engine.plan(TYPE, { name: "a" }, null)).rejects.toThrow("provider-not-configured");
    await expect(engine.readData("memory_size", { prefix: "a" })).rejects.toThrow("provider-not-configured");
    await expect(engine.refresh(TYPE, { value: { name: "a" }, private: Buffer.alloc(0), tainted: false })).rejects.toThrow(
      "provider-not-configured",
    );
  });

  it("a plan without a handler works", async () => {
    expect((await new Engine(memoryProvider(new Map())).plan(TYPE, { name: "a" }, null)).action).toBe("create");
  });
});

describe("the provider configuration", () => {
  it("arrives with its blocks, undecided values and all", async () => {
    const seen: unknown[] = [];
    const provider = memoryProvider(new Map(), [], { configure: ({ config, terraformVersion }) => seen.push(config, terraformVersion) });
    await new Engine(provider).configure({ password: LATER, store: { path: LATER, key: "k" } });
    expect(seen).toEqual([{ password: expect.any(Symbol) as symbol, store: { path: expect.any(Symbol) as symbol, key: "k" } }, "1.11.4"]);
  });

  it("that fails leaves the provider without one", async () => {
    const engine = new Engine(
      memoryProvider(new Map(), undefined, {
        configure: () => {
          throw problem("setting-invalid", { why: "No.", fix: "Yes.", at: ["store", "path"] });
        },
      }),
    );
    await expect(engine.configure()).rejects.toThrow("setting-invalid at store.path: No.");
    await expect(engine.readData("memory_size", { prefix: "a" })).rejects.toThrow("provider-not-configured");
  });

  it("is judged with its nested blocks", async () => {
    const engine = new Engine(memoryProvider(new Map()));
    const config = { msgpack: Buffer.from("82a870617373776f7264c0a573746f726581a36b6579c0", "hex"), json: Buffer.alloc(0) };
    const { diagnostics } = await engine.call<Answer>("validateProviderConfig", { config });
    expect(diagnostics.map(({ detail }) => detail.split("\n")[0])).toEqual(["`store.key` is required and has no value."]);
  });
});

describe("a stop", () => {
  it("reaches handlers that wait, and a later walk of the same process is not stopped", async () => {
    const memory: Memory = new Map();
    let waiting: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => (waiting = resolve));
    const create: AnyResource<Memory>["create"] = ({ signal }) =>
      new Promise((_resolve, reject) => {
        if (signal.aborted) reject(new Error("stopped already"));
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
        waiting();
      });
    const engine = await configured(memory, [thing(memory, { create })]);
    const plan = await engine.plan(TYPE, { name: "a" }, null);
    const applying = engine.apply(TYPE, { name: "a" }, null, plan);
    await reached;
    expect(await engine.call("stopProvider", {})).toEqual({ Error: "" });
    await expect(applying).rejects.toThrow("operation-canceled: The create of memory_thing was stopped");
    await engine.configure();
    expect(engine.session.stopped).toBe(false);
  });
});

describe("an upgrade", () => {
  const versioned = (changes: Partial<AnyResource<Memory>> = {}): AnyResource<Memory> => ({
    ...resourceFor<Memory>()({
      type: "thing",
      summary: "Versioned.",
      version: 2,
      upgrades: [(stored) => ({ ...stored, title: stored.name ?? null }), ({ title, ...rest }) => ({ ...rest, heading: title ?? null })],
      attributes: { heading: optional.string("H."), size: optional.number("S."), token: writeOnly.string("T."), id: computed.string("I.") },
      importId: { format: "<id>", parse: (id) => ({ id }) },
      create: () => Promise.reject(new Error("not used")),
      read: ({ state }) => Promise.resolve(state),
      update: () => Promise.reject(new Error("not used")),
      delete: () => Promise.resolve(),
    }),
    ...changes,
  });
  const upgrade = async (version: number, rawState: object, changes?: Partial<AnyResource<Memory>>) => {
    const engine = await configured(new Map(), [versioned(changes)]);
    return engine.call<Answer & { upgradedState?: { msgpack: Buffer } }>("upgradeResourceState", { typeName: TYPE, version, rawState });
  };
  const bytes = (answer: { upgradedState?: { msgpack: Buffer } }) => answer.upgradedState?.msgpack.toString("latin1") ?? "";

  it("takes every step from the stored version, adds what is new as null and drops what is gone", async () => {
    const engine = await configured(new Map(), [versioned()]);
    const { stored } = await engine.refresh(
      TYPE,
      { value: { id: "1", name: "n", gone: [1] }, private: Buffer.alloc(0), tainted: false },
      0,
    );
    expect(stored?.value).toEqual({ heading: "n", size: null, token: null, id: "1" });
    const later = await engine.refresh(
      TYPE,
      { value: { id: "1", title: "t", token: "left over" }, private: Buffer.alloc(0), tainted: false },
      1,
    );
    expect(later.stored?.value).toEqual({ heading: "t", size: null, token: null, id: "1" });
  });

  it("never rounds a number", async () => {
    expect(bytes(await upgrade(2, raw('{"id":"1","size":9007199254740993}')))).toContain("9007199254740993");
  });

  it.each<[string, number, object, string]>([
    ["of a newer version", 3, raw("{}"), "has version 3; this provider knows version 2 and older"],
    ["that is no JSON", 2, raw("{"), "is not a JSON object"],
    ["that is a list", 2, raw("[]"), "is not a JSON object"],
    ["from before Terraform 0.12", 0, { json: Buffer.alloc(0), flatmap: { id: "1" } }, "before Terraform 0.12"],
    ["with a value of another kind", 2, raw('{"heading":5}'), "`heading` is not a string"],
  ])("refuses a state %s", async (_name, version, rawState, message) => {
    const answer = await upgrade(version, rawState);
    expect(answer.diagnostics.map(({ detail }) => detail).join()).toContain(message);
    expect(answer.diagnostics[0]?.detail).toContain("(state-not-readable)");
  });

  it("refuses a version whose step is gone, and reports a step that throws", async () => {
    expect((await upgrade(0, raw("{}"), { upgrades: [] })).diagnostics[0]?.detail).toContain(
      "has version 0, which can no longer be upgraded",
    );
    const step = () => {
      throw new TypeError("bad step");
    };
    expect((await upgrade(1, raw("{}"), { upgrades: [step, step] })).diagnostics[0]?.detail).toContain(
      "upgrade of memory_thing from version 1 failed",
    );
  });
});

describe("an import", () => {
  it("without an id names the form", async () => {
    await expect((await configured()).import(TYPE, "")).rejects.toThrow("import-id-invalid");
  });

  it("with an id of the wrong form is the declaration's own error", async () => {
    const parse = (id: string) => {
      throw invalidImportId({ why: `${id} has no slash.`, fix: "Use a slash." });
    };
    const engine = await configured(new Map(), [thing(new Map(), { importId: { format: "<a>/<b>", parse } })]);
    await expect(engine.import(TYPE, "x")).rejects.toThrow("import-id-invalid: x has no slash.");
  });
});

it("a move names both types", async () => {
  const { diagnostics } = await (
    await configured()
  ).call<Answer>("moveResourceState", {
    sourceProviderAddress: "registry.terraform.io/px/px",
    sourceTypeName: "px_hook",
    sourceSchemaVersion: 0,
    sourceState: raw("{}"),
    targetTypeName: TYPE,
    sourcePrivate: Buffer.alloc(0),
  });
  expect(diagnostics[0]?.detail).toMatch(
    /`px_hook` of registry\.terraform\.io\/px\/px cannot become `memory_thing`[\s\S]*\(move-not-supported\)$/,
  );
});

describe("a data source", () => {
  it("answers wholly known", async () => {
    const engine = await configured(new Map([["ab", {}]]));
    expect(await engine.readData("memory_size", { prefix: "a" })).toEqual({ prefix: "a", count_of: 1 });
  });

  it("that fails answers nothing but the error", async () => {
    const read = () => Promise.reject(problem("name-ambiguous", { why: "Two.", fix: "Use the id." }));
    const source = { type: "size", summary: "S.", attributes: { prefix: required.string("P.") }, read };
    const engine = new Engine(memoryProvider(new Map(), [], { dataSources: [source] }));
    await engine.configure();
    await expect(engine.readData("memory_size", { prefix: "a" })).rejects.toThrow("name-ambiguous: Two.");
  });
});

describe("what cannot be processed", () => {
  it("is a diagnostic: a type that does not exist", async () => {
    const engine = await configured();
    const answer = await engine.call<Answer>("validateResourceConfig", {
      typeName: "memory_other",
      config: undefined,
      clientCapabilities: undefined,
    });
    expect(answer.diagnostics[0]?.detail).toContain("resource type `memory_other`, which this provider does not have");
  });

  it("is a diagnostic: bytes that do not fit the schema", async () => {
    const engine = await configured();
    const currentState = { msgpack: Buffer.from("81a46e616d6505", "hex"), json: Buffer.alloc(0) };
    const answer = await engine.call<Answer & { newState: unknown }>("readResource", {
      typeName: TYPE,
      currentState,
      private: Buffer.alloc(0),
    });
    expect(answer.diagnostics[0]?.detail).toContain("name: string expected, number received");
    expect(answer.newState).toEqual(currentState);
  });
});

it("the provider says what it has and can", async () => {
  const engine = new Engine(memoryProvider(new Map()));
  expect(await engine.call("getMetadata", {})).toMatchObject({
    resources: [{ typeName: "memory_thing" }],
    dataSources: [{ typeName: "memory_size" }],
    serverCapabilities: { planDestroy: true, getProviderSchemaOptional: true, moveResourceState: true, generateResourceConfig: false },
  });
  expect(await engine.call("getFunctions", {})).toEqual({ functions: {}, diagnostics: [] });
  expect(await engine.call("getResourceIdentitySchemas", {})).toEqual({ identitySchemas: {}, diagnostics: [] });
});
