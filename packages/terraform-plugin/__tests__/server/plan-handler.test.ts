/** What a plan handler receives, and what it may change. */
import { UNKNOWN, type AnyResource } from "../..";
import { problem } from "../catalog";
import { KNOWN_AFTER_APPLY, type EngineValue } from "../engine-checks";
import { memoryProvider, thing, type Memory } from "../memory-provider";
import { TestEngine, type StoredObject } from "../test-engine";

const TYPE = "memory_thing";
const CONFIG: Record<string, EngineValue> = { name: "a", label: "one" };
type Handler = NonNullable<AnyResource<Memory>["plan"]>;
type PlanContext = Omit<Parameters<Handler>[0], "prior" | "draft" | "config"> & {
  readonly prior: unknown;
  readonly draft: Record<string, unknown>;
  readonly config: Record<string, unknown>;
};

/** Returns an engine and a stored object. The engine's plans call `plan`. */
async function engineAfterApply(plan: (context: PlanContext) => void): Promise<{ engine: TestEngine; stored: StoredObject }> {
  const memory: Memory = new Map();
  const firstEngine = new TestEngine(memoryProvider(memory));
  await firstEngine.configure();
  const stored = await firstEngine.apply(TYPE, CONFIG, null, await firstEngine.plan(TYPE, CONFIG, null));
  if (stored === null) throw new Error("nothing was created");
  const handler: Handler = (context) => {
    plan(context);
  };
  const engine = new TestEngine(memoryProvider(memory, [thing(memory, { plan: handler })]));
  await engine.configure();
  return { engine, stored };
}

it.each<[string, Record<string, EngineValue>, object]>([
  ["nothing changes", CONFIG, { changed: false, replacing: false, draft: { revision: 1, id: "id-a" } }],
  [
    "an argument changes",
    { ...CONFIG, label: "two" },
    { changed: true, replacing: false, draft: { label: "two", revision: UNKNOWN, id: "id-a" } },
  ],
  [
    "a replacement is certain",
    { ...CONFIG, name: "b" },
    { changed: true, replacing: true, draft: { name: "b", revision: UNKNOWN, id: "id-a" } },
  ],
])("the context says that %s", async (_name, config, expected) => {
  const contexts: PlanContext[] = [];
  const { engine, stored } = await engineAfterApply((context) => contexts.push({ ...context, draft: { ...context.draft } }));
  await engine.plan(TYPE, config, stored);
  expect(contexts[0]).toMatchObject(expected);
  expect(contexts[0]?.prior).toMatchObject({ name: "a", revision: 1 });
});

it("the create half of a replacement looks like a create", async () => {
  const calls: unknown[] = [];
  const { engine, stored } = await engineAfterApply(({ prior, draft }) => calls.push([prior === null, draft["id"] === UNKNOWN]));
  await engine.plan(TYPE, { ...CONFIG, name: "b" }, stored);
  expect(calls).toEqual([
    [false, false],
    [true, true],
  ]);
});

it("the create half of a replacement receives the private state that the plan of the old object left, and a plain create receives none", async () => {
  const received: unknown[] = [];
  const { engine, stored } = await engineAfterApply(({ prior, privateState, replacedPrivateState }) => {
    received.push(replacedPrivateState.get("old"));
    if (prior !== null) privateState.set("old", "id-a");
  });
  await engine.plan(TYPE, { ...CONFIG, name: "b" }, stored);
  await engine.plan(TYPE, { ...CONFIG, name: "c" }, null);
  expect(received).toEqual([undefined, "id-a", undefined]);
});

it("the configuration contains write-only values but no computed attributes; the draft is the opposite", async () => {
  const configs: Record<string, unknown>[] = [];
  const drafts: Record<string, unknown>[] = [];
  const { engine, stored } = await engineAfterApply(({ config, draft }) => {
    configs.push({ ...config });
    drafts.push({ ...draft });
  });
  await engine.plan(TYPE, { ...CONFIG, token: "secret" }, stored);
  expect(configs[0]).toMatchObject({ name: "a", token: "secret", mode: null, size: null });
  expect(Object.keys(configs[0] ?? {})).not.toContain("id");
  expect(Object.keys(drafts[0] ?? {})).not.toContain("token");
});

it.each<[string, Record<string, EngineValue>, (draft: Record<string, unknown>) => void, object]>([
  [
    "a computed attribute to unknown, which plans an update",
    CONFIG,
    (draft) => (draft.revision = UNKNOWN),
    { action: "update", value: { revision: KNOWN_AFTER_APPLY } },
  ],
  [
    "a computed attribute to a known value",
    { ...CONFIG, label: "two" },
    (draft) => (draft.revision = 2),
    { action: "update", value: { revision: 2 } },
  ],
  [
    "a computed attribute to its prior value",
    { ...CONFIG, label: "two" },
    (draft) => (draft.revision = 1),
    { action: "update", value: { revision: 1 } },
  ],
  ["an argument that the user left unset", CONFIG, (draft) => (draft.size = 99), { action: "update", value: { size: 99 } }],
  ["another default", CONFIG, (draft) => (draft.mode = "derived"), { action: "update", value: { mode: "derived" } }],
])("the handler may set %s", async (_name, config, change, expected) => {
  const { engine, stored } = await engineAfterApply(({ draft }) => {
    change(draft);
  });
  expect(await engine.plan(TYPE, config, stored)).toMatchObject(expected);
});

it.each<[string, (draft: Record<string, unknown>) => void, string]>([
  ["an argument that the user set", (draft) => (draft.label = "mine"), "internal at label"],
  ["a required argument", (draft) => (draft.name = UNKNOWN), "internal at name"],
  ["an attribute to undefined", (draft) => (draft.revision = undefined), "internal at revision"],
  ["an attribute to a value of another type", (draft) => (draft.revision = "one"), "internal at revision"],
])("the handler must not set %s", async (_name, change, message) => {
  const { engine, stored } = await engineAfterApply(({ draft }) => {
    change(draft);
  });
  await expect(engine.plan(TYPE, CONFIG, stored)).rejects.toThrow(message);
});

describe("a replacement that the handler requires", () => {
  it("is planned, with the name of the attribute", async () => {
    const { engine, stored } = await engineAfterApply(({ replace }) => {
      replace("label");
    });
    expect(await engine.plan(TYPE, { ...CONFIG, label: "two" }, stored)).toMatchObject({ action: "replace", replacePaths: ["label"] });
  });

  it("is ignored if the attribute does not change", async () => {
    const { engine, stored } = await engineAfterApply(({ replace }) => {
      replace("label");
    });
    expect(await engine.plan(TYPE, { ...CONFIG, mode: "fancy" }, stored)).toMatchObject({ action: "update", replacePaths: [] });
  });
});

describe("an exception in the handler", () => {
  it("stops the plan with its diagnostic if it is a Problem", async () => {
    const { engine, stored } = await engineAfterApply(() => {
      throw problem("name-taken", { why: "It is taken.", fix: "Choose another.", at: ["name"] });
    });
    await expect(engine.plan(TYPE, CONFIG, stored)).rejects.toThrow("name-taken at name: It is taken.");
  });

  it("becomes a diagnostic without secrets if it is unexpected", async () => {
    const { engine, stored } = await engineAfterApply(({ config }) => {
      throw new TypeError(`cannot use ${String(config["token"])} or ${String(config["hidden"])}`);
    });
    const plan = engine.plan(TYPE, { ...CONFIG, token: "tok-1", hidden: "hid-2" }, stored);
    await expect(plan).rejects.toThrow("internal: The plan of memory_thing failed unexpectedly: cannot use (hidden) or (hidden)");
  });
});
