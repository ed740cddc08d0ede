/** An object's whole life under an engine's rules. */
import { computed, required, resourceFor, UNKNOWN } from "../..";
import { Engine, type Stored } from "../engine";
import { LATER, type Seen } from "../engine-rules";
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

async function engineWith(memory: Memory, changes: Parameters<typeof thing>[1] = {}): Promise<Engine> {
  const engine = new Engine(memoryProvider(memory, [thing(memory, changes)]));
  await engine.configure();
  return engine;
}

async function created(engine: Engine, config: Parameters<Engine["plan"]>[1] = CONFIG): Promise<Stored> {
  const stored = await engine.apply(TYPE, config, null, await engine.plan(TYPE, config, null));
  if (stored === null) throw new Error("nothing was created");
  return stored;
}

it("a create plans defaults and unknowns, and stores what it was told", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory);
  const plan = await engine.plan(TYPE, CONFIG, null);
  expect(plan).toMatchObject({
    action: "create",
    value: { mode: "plain", size: LATER, id: LATER, token: null, settings: { level: "high", made: LATER } },
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

it("a second plan changes nothing, whatever the order of a set", async () => {
  const engine = await engineWith(new Map());
  const stored = await created(engine);
  const refreshed = await engine.refresh(TYPE, stored);
  expect((await engine.plan(TYPE, { ...CONFIG, tags: ["y", "x"] }, refreshed.stored)).action).toBe("no-op");
});

it("private data survive refresh, plan and update", async () => {
  const engine = await engineWith(new Map());
  const { stored } = await engine.refresh(TYPE, await created(engine));
  const config = { ...CONFIG, label: "two" };
  const updated = await engine.apply(TYPE, config, stored, await engine.plan(TYPE, config, stored));
  expect(updated?.private.toString()).toBe('{"made":"a"}');
});

it("an update keeps what `useStateForUnknown` says, and leaves other computed values open", async () => {
  const engine = await engineWith(new Map());
  const stored = await created(engine);
  const config = { ...CONFIG, label: "two" };
  const plan = await engine.plan(TYPE, config, stored);
  expect(plan).toMatchObject({
    action: "update",
    value: { id: "id-a", revision: LATER, size: 7, settings: { made: LATER }, rules: [{ id: "rule-0" }, { id: "rule-1" }] },
  });
  expect((await engine.apply(TYPE, config, stored, plan))?.value).toMatchObject({ label: "two", revision: 2 });
});

it("a default comes back when the argument is taken out, whatever the state says", async () => {
  const engine = await engineWith(new Map());
  const stored = await created(engine, { ...CONFIG, mode: "fancy" });
  expect(await engine.plan(TYPE, CONFIG, stored)).toMatchObject({ action: "update", value: { mode: "plain" } });
});

it("what the remote system decides stays when the argument is taken out", async () => {
  const engine = await engineWith(new Map());
  const stored = await created(engine, { ...CONFIG, size: 12 });
  expect((await engine.plan(TYPE, CONFIG, stored)).action).toBe("no-op");
  expect(await engine.plan(TYPE, { ...CONFIG, size: 13 }, stored)).toMatchObject({ action: "update", value: { size: 13 } });
});

it("drift is found by read and planned back", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory);
  const stored = await created(engine);
  memory.set("a", { ...memory.get("a"), label: "changed by hand" });
  const { stored: drifted } = await engine.refresh(TYPE, stored);
  expect(await engine.plan(TYPE, CONFIG, drifted)).toMatchObject({ action: "update", value: { label: "one" } });
});

it("an object that is gone is created again", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory);
  const stored = await created(engine);
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
    const stored = await created(engine);
    const config = { ...CONFIG, name: "b" };
    const plan = await engine.plan(TYPE, config, stored);
    expect(plan).toMatchObject({ action: "replace", replacePaths: ["name"], value: { id: LATER, size: LATER } });
    const made = await engine.apply(TYPE, config, stored, plan, createFirst);
    expect(made?.value).toMatchObject({ name: "b", id: "id-b" });
    expect([...memory.keys()]).toEqual(["b"]);
  });

  it("is asked for by a nested attribute, with its path", async () => {
    const engine = await engineWith(new Map());
    const stored = await created(engine);
    const plan = await engine.plan(TYPE, { ...CONFIG, settings: { level: "high", kind: "other" } }, stored);
    expect(plan).toMatchObject({ action: "replace", replacePaths: ["settings.kind"] });
  });

  it("is asked for when the value is not decided yet", async () => {
    const engine = await engineWith(new Map());
    const stored = await created(engine);
    expect((await engine.plan(TYPE, { ...CONFIG, name: LATER }, stored)).action).toBe("replace");
  });

  it("of a tainted object is planned as a create", async () => {
    const engine = await engineWith(new Map());
    const stored = await created(engine);
    expect((await engine.plan(TYPE, CONFIG, { ...stored, tainted: true })).action).toBe("replace");
  });

  it("shows the warnings about the old object, and a Problem about it stops the plan", async () => {
    const memory: Memory = new Map();
    const seen: unknown[] = [];
    const engine = await engineWith(memory, {
      planDelete: ({ prior, report }) => {
        seen.push((prior as { name: unknown }).name);
        report.add({
          code: "webhook-removal",
          severity: seen.length < 2 ? "warning" : "error",
          summary: "Deliveries stop",
          why: "It goes.",
          fix: "Look.",
          at: [],
        });
      },
    });
    const stored = await created(engine);
    const config = { ...CONFIG, name: "b" };
    expect((await engine.plan(TYPE, config, stored)).warnings).toEqual(["webhook-removal: It goes."]);
    await expect(engine.plan(TYPE, config, stored)).rejects.toThrow("webhook-removal: It goes.");
    expect(seen).toEqual(["a", "a"]);
  });

  it("starts the new object's private data empty, and hands those to the delete of the old one", async () => {
    const memory: Memory = new Map();
    const deletes: unknown[] = [];
    const engine = await engineWith(memory, {
      plan: ({ prior, private: notes }) => {
        if (prior === null) notes.set("planned", notes.get("made") ?? "nothing before");
      },
      delete: ({ private: notes }) => {
        deletes.push([notes.get("made"), notes.get("planned")]);
        return Promise.resolve();
      },
    });
    const stored = await created(engine);
    const config = { ...CONFIG, name: "b" };
    const made = await engine.apply(TYPE, config, stored, await engine.plan(TYPE, config, stored));
    expect(deletes).toEqual([[undefined, "nothing before"]]);
    expect(JSON.parse(made?.private.toString() ?? "")).toEqual({ planned: "nothing before", made: "b" });
    await engine.apply(TYPE, null, made, await engine.plan(TYPE, null, made));
    expect(deletes[1]).toEqual(["b", "nothing before"]);
  });
});

it("a destroy asks first, and removes", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory, {
    planDelete: ({ report }) => {
      report.add({ code: "webhook-removal", severity: "warning", summary: "Deliveries stop", why: "It goes.", fix: "Look.", at: [] });
    },
  });
  const stored = await created(engine);
  const plan = await engine.plan(TYPE, null, stored);
  expect(plan).toMatchObject({ action: "delete", warnings: ["webhook-removal: It goes."] });
  expect(await engine.apply(TYPE, null, stored, plan)).toBeNull();
  expect(memory.size).toBe(0);
});

it("an import is followed by a plan without changes", async () => {
  const engine = await engineWith(new Map());
  await created(engine);
  const imported = await engine.import(TYPE, "a");
  expect(imported.value).toMatchObject({ name: "a", revision: 1, token: null });
  expect((await engine.plan(TYPE, CONFIG, imported)).action).toBe("no-op");
});

it("an import of something that does not exist is refused by the engine, for read says gone", async () => {
  const engine = await engineWith(new Map());
  await expect(engine.import(TYPE, "nobody")).rejects.toThrow("non-existent");
});

it("arguments that are not decided yet become known at apply", async () => {
  const memory: Memory = new Map();
  const engine = await engineWith(memory);
  const early: Record<string, Seen> = { ...CONFIG, label: LATER, tags: LATER, settings: { level: LATER }, rules: LATER };
  const plan = await engine.plan(TYPE, early, null);
  expect(plan.value).toMatchObject({ label: LATER, tags: LATER, rules: LATER, settings: { level: LATER, made: LATER } });
  expect((await engine.apply(TYPE, CONFIG, null, plan))?.value).toMatchObject({
    label: "one",
    rules: [{ id: "rule-0" }, { id: "rule-1" }],
  });
});

it("a declaration whose plan decides computed values is held to them", async () => {
  const counter = resourceFor<Memory>()({
    type: "counter",
    summary: "Counts.",
    attributes: { name: required.string("Name."), double: computed.string("Twice the name."), note: computed.string("Note.") },
    importId: { format: "<name>", parse: (name) => ({ name }) },
    plan: ({ config, draft }) => {
      if (typeof config.name === "string") draft.double = config.name + config.name;
    },
    create: ({ plan }) => Promise.resolve({ name: plan.name, double: plan.double === UNKNOWN ? "?" : plan.double, note: "n" }),
    read: ({ state }) => Promise.resolve(state as never),
    update: ({ plan }) => Promise.resolve({ name: plan.name, double: plan.double === UNKNOWN ? "?" : plan.double, note: "n" }),
    delete: () => Promise.resolve(),
  });
  const engine = new Engine(memoryProvider(new Map(), [counter]));
  await engine.configure();
  const plan = await engine.plan("memory_counter", { name: "ab" }, null);
  expect(plan.value).toEqual({ name: "ab", double: "abab", note: LATER });
  const stored = await engine.apply("memory_counter", { name: "ab" }, null, plan);
  expect(stored?.value).toEqual({ name: "ab", double: "abab", note: "n" });
  expect((await engine.plan("memory_counter", { name: "ab" }, stored)).action).toBe("no-op");
});
