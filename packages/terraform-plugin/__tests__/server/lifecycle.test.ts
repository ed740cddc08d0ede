/** The whole life cycle of an object, under the rules of an engine. */
import { computed, required, resourceFor, UNKNOWN } from "../..";
import { error, warning } from "../catalog";
import { TestEngine, type StoredObject } from "../test-engine";
import { KNOWN_AFTER_APPLY, type EngineValue } from "../engine-checks";
import { memoryProvider, thing, type Memory } from "../memory-provider";

const TYPE = "memory_thing";
const CONFIG = {
  name: "a",
  label: "one",
  tags: ["x", "y"],
  settings: { level: "high" },
  rules: [{ path: "/1" }, { path: "/2" }],
  token: "secret",
};

async function engineWith(memory: Memory, changes: Parameters<typeof thing>[1] = {}): Promise<TestEngine> {
  const engine = new TestEngine(memoryProvider(memory, [thing(memory, changes)]));
  await engine.configure();
  return engine;
}

async function createObject(engine: TestEngine, config: Parameters<TestEngine["plan"]>[1] = CONFIG): Promise<StoredObject> {
  const stored = await engine.apply(TYPE, config, null, await engine.plan(TYPE, config, null));
  if (stored === null) throw new Error("nothing was created");
  return stored;
}

it("a create plans defaults and unknown values, and stores the result", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory);
  const plan = await engine.plan(TYPE, CONFIG, null);
  expect(plan).toMatchObject({
    action: "create",
    value: {
      mode: "plain",
      size: KNOWN_AFTER_APPLY,
      id: KNOWN_AFTER_APPLY,
      token: null,
      settings: { level: "high", made: KNOWN_AFTER_APPLY },
    },
  });
  const stored = await engine.apply(TYPE, CONFIG, null, plan);
  expect(stored?.value).toMatchObject({
    name: "a",
    size: 7,
    id: "id-a",
    revision: 1,
    token: null,
    rules: [
      { path: "/1", id: "rule-0" },
      { path: "/2", id: "rule-1" },
    ],
  });
  expect(stored?.private.toString()).toBe('{"made":"a"}');
});

it("a second plan changes nothing, even if the elements of a set have another order", async () => {
  const engine = await engineWith(new Map());
  const stored = await createObject(engine);
  const refreshed = await engine.refresh(TYPE, stored);
  expect((await engine.plan(TYPE, { ...CONFIG, tags: ["y", "x"] }, refreshed.stored)).action).toBe("no-op");
});

it("private state survives refresh, plan and update", async () => {
  const engine = await engineWith(new Map());
  const { stored } = await engine.refresh(TYPE, await createObject(engine));
  const config = { ...CONFIG, label: "two" };
  const updated = await engine.apply(TYPE, config, stored, await engine.plan(TYPE, config, stored));
  expect(updated?.private.toString()).toBe('{"made":"a"}');
});

it("an update plans the prior value of `useStateForUnknown` attributes, and other computed attributes as unknown", async () => {
  const engine = await engineWith(new Map());
  const stored = await createObject(engine);
  const config = { ...CONFIG, label: "two" };
  const plan = await engine.plan(TYPE, config, stored);
  expect(plan).toMatchObject({
    action: "update",
    value: {
      id: "id-a",
      revision: KNOWN_AFTER_APPLY,
      size: 7,
      settings: { made: KNOWN_AFTER_APPLY },
      rules: [{ id: "rule-0" }, { id: "rule-1" }],
    },
  });
  expect((await engine.apply(TYPE, config, stored, plan))?.value).toMatchObject({ label: "two", revision: 2 });
});

it("an update without differences, as engines apply after a change of marks, calls no handler and keeps the private state", async () => {
  const update = () => Promise.reject(new Error("called"));
  const engine = await engineWith(new Map(), { update });
  const stored = await createObject(engine);
  const applied = await engine.apply(TYPE, CONFIG, stored, { ...(await engine.plan(TYPE, CONFIG, stored)), action: "update" });
  expect(applied).toEqual(stored);
});

it("removing an argument plans its default, whatever the state contains", async () => {
  const engine = await engineWith(new Map());
  const stored = await createObject(engine, { ...CONFIG, mode: "fancy" });
  expect(await engine.plan(TYPE, CONFIG, stored)).toMatchObject({ action: "update", value: { mode: "plain" } });
});

it("removing an `optionalComputed` argument keeps its value", async () => {
  const engine = await engineWith(new Map());
  const stored = await createObject(engine, { ...CONFIG, size: 12 });
  expect((await engine.plan(TYPE, CONFIG, stored)).action).toBe("no-op");
  expect(await engine.plan(TYPE, { ...CONFIG, size: 13 }, stored)).toMatchObject({ action: "update", value: { size: 13 } });
});

it("a plan corrects drift that a refresh found", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory);
  const stored = await createObject(engine);
  memory.set("a", { ...memory.get("a"), label: "changed manually" });
  const { stored: drifted } = await engine.refresh(TYPE, stored);
  expect(await engine.plan(TYPE, CONFIG, drifted)).toMatchObject({ action: "update", value: { label: "one" } });
});

it("a refresh drops an object that no longer exists", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory);
  const stored = await createObject(engine);
  memory.clear();
  expect((await engine.refresh(TYPE, stored)).stored).toBeNull();
});

describe("a replacement", () => {
  it.each([
    ["destroys first", false],
    ["creates first", true],
  ])("%s", async (_name, createFirst) => {
    const memory: Memory = new Map();
    const engine = await engineWith(memory);
    const stored = await createObject(engine);
    const config = { ...CONFIG, name: "b" };
    const plan = await engine.plan(TYPE, config, stored);
    expect(plan).toMatchObject({ action: "replace", replacePaths: ["name"], value: { id: KNOWN_AFTER_APPLY, size: KNOWN_AFTER_APPLY } });
    const replaced = await engine.apply(TYPE, config, stored, plan, createFirst);
    expect(replaced?.value).toMatchObject({ name: "b", id: "id-b" });
    expect([...memory.keys()]).toEqual(["b"]);
  });

  it("may be required by a nested attribute, with its path", async () => {
    const engine = await engineWith(new Map());
    const stored = await createObject(engine);
    const plan = await engine.plan(TYPE, { ...CONFIG, settings: { level: "high", kind: "other" } }, stored);
    expect(plan).toMatchObject({ action: "replace", replacePaths: ["settings.kind"] });
  });

  it("is planned if the new value is unknown", async () => {
    const engine = await engineWith(new Map());
    const stored = await createObject(engine);
    expect((await engine.plan(TYPE, { ...CONFIG, name: KNOWN_AFTER_APPLY }, stored)).action).toBe("replace");
  });

  it("of a tainted object is planned as a create", async () => {
    const engine = await engineWith(new Map());
    const stored = await createObject(engine);
    expect((await engine.plan(TYPE, CONFIG, { ...stored, tainted: true })).action).toBe("replace");
  });

  it("shows the warnings about deleting the old object, and an error stops the plan", async () => {
    const memory: Memory = new Map();
    const deleted: unknown[] = [];
    const engine = await engineWith(memory, {
      planDelete: ({ prior, report }) => {
        deleted.push((prior as { name: unknown }).name);
        const diagnostic = deleted.length < 2 ? warning : error;
        report.add(diagnostic("object-in-use", { why: "It is in use.", fix: "Check it." }));
      },
    });
    const stored = await createObject(engine);
    const config = { ...CONFIG, name: "b" };
    expect((await engine.plan(TYPE, config, stored)).warnings).toEqual(["object-in-use: It is in use."]);
    await expect(engine.plan(TYPE, config, stored)).rejects.toThrow("object-in-use: It is in use.");
    expect(deleted).toEqual(["a", "a"]);
  });

  it("plans the new object with empty private state, and passes that private state to the delete of the old object", async () => {
    const memory: Memory = new Map();
    const privateStates: unknown[] = [];
    const engine = await engineWith(memory, {
      plan: ({ prior, privateState }) => {
        if (prior === null) privateState.set("planned", privateState.get("made") ?? "nothing before");
      },
      delete: ({ privateState }) => {
        privateStates.push([privateState.get("made"), privateState.get("planned")]);
        return Promise.resolve();
      },
    });
    const stored = await createObject(engine);
    const config = { ...CONFIG, name: "b" };
    const replaced = await engine.apply(TYPE, config, stored, await engine.plan(TYPE, config, stored));
    expect(privateStates).toEqual([[undefined, "nothing before"]]);
    expect(JSON.parse(replaced?.private.toString() ?? "")).toEqual({ planned: "nothing before", made: "b" });
    await engine.apply(TYPE, null, replaced, await engine.plan(TYPE, null, replaced));
    expect(privateStates[1]).toEqual(["b", "nothing before"]);
  });
});

it("a destroy shows its warnings in the plan, then deletes", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory, {
    planDelete: ({ report }) => {
      report.add(warning("object-in-use", { why: "It is in use.", fix: "Check it." }));
    },
  });
  const stored = await createObject(engine);
  const plan = await engine.plan(TYPE, null, stored);
  expect(plan).toMatchObject({ action: "delete", warnings: ["object-in-use: It is in use."] });
  expect(await engine.apply(TYPE, null, stored, plan)).toBeNull();
  expect(memory.size).toBe(0);
});

it("a plan after an import changes nothing", async () => {
  const engine = await engineWith(new Map());
  await createObject(engine);
  const imported = await engine.import(TYPE, "a");
  expect(imported.value).toMatchObject({ name: "a", revision: 1, token: null });
  expect((await engine.plan(TYPE, CONFIG, imported)).action).toBe("no-op");
});

it("an import of an object that does not exist fails, because read returns `gone`", async () => {
  const engine = await engineWith(new Map());
  await expect(engine.import(TYPE, "missing")).rejects.toThrow("non-existent");
});

it("unknown arguments become known at apply", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory);
  const configAtPlan: Record<string, EngineValue> = {
    ...CONFIG,
    label: KNOWN_AFTER_APPLY,
    tags: KNOWN_AFTER_APPLY,
    settings: { level: KNOWN_AFTER_APPLY },
    rules: KNOWN_AFTER_APPLY,
  };
  const plan = await engine.plan(TYPE, configAtPlan, null);
  expect(plan.value).toMatchObject({
    label: KNOWN_AFTER_APPLY,
    tags: KNOWN_AFTER_APPLY,
    rules: KNOWN_AFTER_APPLY,
    settings: { level: KNOWN_AFTER_APPLY, made: KNOWN_AFTER_APPLY },
  });
  expect((await engine.apply(TYPE, CONFIG, null, plan))?.value).toMatchObject({
    label: "one",
    rules: [{ id: "rule-0" }, { id: "rule-1" }],
  });
});

it("computed values that the plan handler sets stay the same in the result", async () => {
  const counter = resourceFor<Memory>()({
    type: "counter",
    summary: "Counts.",
    attributes: { name: required.string("Name."), double: computed.string("Twice the name."), note: computed.string("Note.") },
    identity: ["name"],
    plan: ({ config, draft }) => {
      if (typeof config.name === "string") draft.double = config.name + config.name;
    },
    create: ({ plan }) => Promise.resolve({ name: plan.name, double: plan.double === UNKNOWN ? "?" : plan.double, note: "n" }),
    read: ({ state }) => Promise.resolve(state as never),
    update: ({ plan }) => Promise.resolve({ name: plan.name, double: plan.double === UNKNOWN ? "?" : plan.double, note: "n" }),
    delete: () => Promise.resolve(),
  });
  const engine = new TestEngine(memoryProvider(new Map(), [counter]));
  await engine.configure();
  const plan = await engine.plan("memory_counter", { name: "ab" }, null);
  expect(plan.value).toEqual({ name: "ab", double: "abab", note: KNOWN_AFTER_APPLY });
  const stored = await engine.apply("memory_counter", { name: "ab" }, null, plan);
  expect(stored?.value).toEqual({ name: "ab", double: "abab", note: "n" });
  expect((await engine.plan("memory_counter", { name: "ab" }, stored)).action).toBe("no-op");
});
