/** All calls except plan and apply: configuration, upgrade, import, data sources, stop. */
import { problem } from "../catalog";
import { computed, optional, required, resourceFor, writeOnly, type AnyResource } from "../..";
import { TestEngine } from "../test-engine";
import { KNOWN_AFTER_APPLY } from "../engine-checks";
import { memoryProvider, thing, type Memory } from "../memory-provider";

const TYPE = "memory_thing";
const raw = (json: string) => ({ json: Buffer.from(json), flatmap: {} });
interface Response {
  readonly diagnostics: readonly { readonly severity: number; readonly summary: string; readonly detail: string }[];
}

async function configuredEngine(memory: Memory = new Map(), resources?: readonly AnyResource<Memory>[]): Promise<TestEngine> {
  const engine = new TestEngine(memoryProvider(memory, resources));
  await engine.configure();
  return engine;
}

describe("before the provider is configured", () => {
  it("validation works, and every call that needs the remote system fails", async () => {
    const engine = new TestEngine(memoryProvider(new Map(), [thing(new Map(), { plan: () => undefined })]));
    expect(await engine.validate(TYPE, { name: "a" })).toEqual([]);
    await expect(engine.plan(TYPE, { name: "a" }, null)).rejects.toThrow("provider-not-configured");
    await expect(engine.readData("memory_size", { prefix: "a" })).rejects.toThrow("provider-not-configured");
    await expect(engine.refresh(TYPE, { value: { name: "a" }, private: Buffer.alloc(0), tainted: false })).rejects.toThrow(
      "provider-not-configured",
    );
  });

  it("a plan without a handler works", async () => {
    expect((await new TestEngine(memoryProvider(new Map())).plan(TYPE, { name: "a" }, null)).action).toBe("create");
  });
});

describe("the provider configuration", () => {
  it("reaches `configure` with its blocks and unknown values", async () => {
    const received: unknown[] = [];
    const provider = memoryProvider(new Map(), [], {
      configure: ({ config, terraformVersion }) => received.push(config, terraformVersion),
    });
    await new TestEngine(provider).configure({ password: KNOWN_AFTER_APPLY, store: { path: KNOWN_AFTER_APPLY, key: "k" } });
    expect(received).toEqual([
      { password: expect.any(Symbol) as symbol, store: { path: expect.any(Symbol) as symbol, key: "k" } },
      "1.11.4",
    ]);
  });

  it("that fails leaves the provider unconfigured", async () => {
    const engine = new TestEngine(
      memoryProvider(new Map(), undefined, {
        configure: () => {
          throw problem("setting-invalid", { why: "No.", fix: "Yes.", at: ["store", "path"] });
        },
      }),
    );
    await expect(engine.configure()).rejects.toThrow("setting-invalid at store.path: No.");
    await expect(engine.readData("memory_size", { prefix: "a" })).rejects.toThrow("provider-not-configured");
  });

  it("is validated with its nested blocks", async () => {
    const engine = new TestEngine(memoryProvider(new Map()));
    const config = { msgpack: Buffer.from("82a870617373776f7264c0a573746f726581a36b6579c0", "hex"), json: Buffer.alloc(0) };
    const { diagnostics } = await engine.call<Response>("validateProviderConfig", { config });
    expect(diagnostics.map(({ detail }) => detail.split("\n")[0])).toEqual(["`store.key` is required, but has no value."]);
  });
});

describe("a stop", () => {
  it("aborts running handlers, and does not affect a later walk of the same process", async () => {
    const memory: Memory = new Map();
    let startWaiting: () => void = () => undefined;
    const isWaiting = new Promise<void>((resolve) => (startWaiting = resolve));
    const create: AnyResource<Memory>["create"] = ({ signal }) =>
      new Promise((_resolve, reject) => {
        if (signal.aborted) reject(new Error("stopped already"));
        signal.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
        startWaiting();
      });
    const engine = await configuredEngine(memory, [thing(memory, { create })]);
    const plan = await engine.plan(TYPE, { name: "a" }, null);
    const applying = engine.apply(TYPE, { name: "a" }, null, plan);
    await isWaiting;
    expect(await engine.call("stopProvider", {})).toEqual({ Error: "" });
    await expect(applying).rejects.toThrow("operation-canceled: The engine requested a stop, so the create of memory_thing was canceled.");
    await engine.configure();
    expect(engine.session.isStopped).toBe(false);
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
      identity: ["id"],
      create: () => Promise.reject(new Error("not used")),
      read: ({ state }) => Promise.resolve(state),
      update: () => Promise.reject(new Error("not used")),
      delete: () => Promise.resolve(),
    }),
    ...changes,
  });
  const upgrade = async (version: number, rawState: object, changes?: Partial<AnyResource<Memory>>) => {
    const engine = await configuredEngine(new Map(), [versioned(changes)]);
    return engine.call<Response & { upgradedState?: { msgpack: Buffer } }>("upgradeResourceState", { typeName: TYPE, version, rawState });
  };
  const bytes = (response: { upgradedState?: { msgpack: Buffer } }) => response.upgradedState?.msgpack.toString("latin1") ?? "";

  it("runs every step from the stored version; new attributes are null, and removed ones are dropped", async () => {
    const engine = await configuredEngine(new Map(), [versioned()]);
    const { stored } = await engine.refresh(
      TYPE,
      { value: { id: "1", name: "n", removed: [1] }, private: Buffer.alloc(0), tainted: false },
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

  it("converts a number to text where the attribute has become text", async () => {
    expect(bytes(await upgrade(2, raw('{"id":42,"heading":9007199254740993}')))).toMatch(/9007199254740993.*\u00a242/s);
  });

  it.each<[string, number, object, string]>([
    ["of a newer version", 3, raw("{}"), "has version 3, but this provider supports version 2 and earlier"],
    ["that is not JSON", 2, raw("{"), "is not a JSON object"],
    ["that is a list", 2, raw("[]"), "is not a JSON object"],
    ["from before Terraform 0.12", 0, { json: Buffer.alloc(0), flatmap: { id: "1" } }, "before Terraform 0.12"],
    ["with a value of another type", 2, raw('{"heading":true}'), "`heading` is not a string"],
  ])("reports a state %s", async (_name, version, rawState, message) => {
    const response = await upgrade(version, rawState);
    expect(response.diagnostics.map(({ detail }) => detail).join()).toContain(message);
    expect(response.diagnostics[0]?.detail).toContain("(state-not-readable)");
    expect(response.diagnostics[0]?.detail).toMatch(
      version > 2 ? /Use the version of the provider that wrote the state/ : /import it again/,
    );
  });

  it("reports a version whose step was removed, and a step that throws", async () => {
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
  it("without an ID is an error", async () => {
    await expect((await configuredEngine()).import(TYPE, "")).rejects.toThrow("import-id-invalid");
  });

  it("with an ID that the declaration does not accept is an error with the form of the ID", async () => {
    const engine = await configuredEngine(new Map(), [thing(new Map(), { importId: { parse: () => undefined } })]);
    await expect(engine.import(TYPE, "x")).rejects.toThrow('import-id-invalid: "x" does not have the form <name>.');
  });
});

describe("a data source", () => {
  it("returns its attributes", async () => {
    const engine = await configuredEngine(new Map([["ab", {}]]));
    expect(await engine.readData("memory_size", { prefix: "a" })).toEqual({ prefix: "a", count_of: 1 });
  });

  it("that fails returns only the error", async () => {
    const read = () => Promise.reject(problem("name-ambiguous", { why: "Two.", fix: "Use the id." }));
    const source = { type: "size", summary: "S.", attributes: { prefix: required.string("P.") }, read };
    const engine = new TestEngine(memoryProvider(new Map(), [], { dataSources: [source] }));
    await engine.configure();
    await expect(engine.readData("memory_size", { prefix: "a" })).rejects.toThrow("name-ambiguous: Two.");
  });
});

describe("an invalid request", () => {
  it("for a type that does not exist results in a diagnostic", async () => {
    const engine = await configuredEngine();
    const response = await engine.call<Response>("validateResourceConfig", {
      typeName: "memory_other",
      config: undefined,
      clientCapabilities: undefined,
    });
    expect(response.diagnostics[0]?.detail).toContain("resource type `memory_other`, which this provider does not have");
  });

  it("with bytes that do not match the schema results in a diagnostic", async () => {
    const engine = await configuredEngine();
    const currentState = { msgpack: Buffer.from("81a46e616d6505", "hex"), json: Buffer.alloc(0) };
    const response = await engine.call<Response & { newState: unknown }>("readResource", {
      typeName: TYPE,
      currentState,
      private: Buffer.alloc(0),
    });
    expect(response.diagnostics[0]?.detail).toContain("name: string expected, number received");
    expect(response.newState).toEqual(currentState);
  });
});

it("the metadata lists the provider's types and capabilities", async () => {
  const engine = new TestEngine(memoryProvider(new Map()));
  expect(await engine.call("getMetadata", {})).toMatchObject({
    resources: [{ typeName: "memory_thing" }],
    dataSources: [{ typeName: "memory_size" }],
    serverCapabilities: { planDestroy: true, getProviderSchemaOptional: true, moveResourceState: true, generateResourceConfig: false },
  });
  expect(await engine.call("getFunctions", {})).toEqual({ functions: {}, diagnostics: [] });
});
