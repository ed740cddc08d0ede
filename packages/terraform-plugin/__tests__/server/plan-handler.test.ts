/** What a plan handler may decide, and what it is told. */
import { UNKNOWN, type AnyResource } from "../..";
import { problem } from "../catalog";
import { Engine, type Stored } from "../engine";
import { LATER, type Seen } from "../engine-rules";
import { memoryProvider, thing, type Memory } from "../memory-provider";

const TYPE = "memory_thing";
const CONFIG: Record<string, Seen> = { name: "a", label: "one" };
type Handler = NonNullable<AnyResource<Memory>["plan"]>;
type Facts = { prior: unknown; changed: boolean; replacing: boolean; draft: Record<string, unknown>; config: Record<string, unknown> };

/** An engine with one stored object, whose later plans go through `plan`. */
async function applied(plan: (facts: Facts, context: Parameters<Handler>[0]) => void): Promise<{ engine: Engine; stored: Stored }> {
  const memory: Memory = new Map();
  const quiet = new Engine(memoryProvider(memory));
  await quiet.configure();
  const stored = await quiet.apply(TYPE, CONFIG, null, await quiet.plan(TYPE, CONFIG, null));
  const engine = new Engine(
    memoryProvider(memory, [
      thing(memory, {
        plan: (context) => {
          plan(context, context);
        },
      }),
    ]),
  );
  await engine.configure();
  if (stored === null) throw new Error("nothing was created");
  return { engine, stored };
}

it.each<[string, Record<string, Seen>, object]>([
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
])("it is told when %s", async (_name, config, expected) => {
  const facts: Facts[] = [];
  const { engine, stored } = await applied((told) => facts.push({ ...told, draft: { ...told.draft } }));
  await engine.plan(TYPE, config, stored);
  expect(facts[0]).toMatchObject(expected);
  expect(facts[0]?.prior).toMatchObject({ name: "a", revision: 1 });
});

it("it sees the create half of a replacement as a create", async () => {
  const priors: unknown[] = [];
  const { engine, stored } = await applied((told) => priors.push([told.prior === null, told.draft.id === UNKNOWN]));
  await engine.plan(TYPE, { ...CONFIG, name: "b" }, stored);
  expect(priors).toEqual([
    [false, false],
    [true, true],
  ]);
});

it("it sees what was written, write-only values too, and no computed attribute", async () => {
  const seen: Record<string, unknown>[] = [];
  const { engine, stored } = await applied((told) => seen.push({ ...told.config }, { ...told.draft }));
  await engine.plan(TYPE, { ...CONFIG, token: "secret" }, stored);
  expect(seen[0]).toMatchObject({ name: "a", token: "secret", mode: null, size: null });
  expect(Object.keys(seen[0] ?? {})).not.toContain("id");
  expect(Object.keys(seen[1] ?? {})).not.toContain("token");
});

it.each<[string, Record<string, Seen>, (draft: Record<string, unknown>) => void, object]>([
  [
    "a change of its own, by opening a computed value",
    CONFIG,
    (draft) => (draft.revision = UNKNOWN),
    { action: "update", value: { revision: LATER } },
  ],
  ["a known computed value", { ...CONFIG, label: "two" }, (draft) => (draft.revision = 2), { action: "update", value: { revision: 2 } }],
  ["the prior value again", { ...CONFIG, label: "two" }, (draft) => (draft.revision = 1), { action: "update", value: { revision: 1 } }],
  ["an argument that the user left open", CONFIG, (draft) => (draft.size = 99), { action: "update", value: { size: 99 } }],
  ["a better default", CONFIG, (draft) => (draft.mode = "derived"), { action: "update", value: { mode: "derived" } }],
])("it may decide %s", async (_name, config, change, expected) => {
  const { engine, stored } = await applied(({ draft }) => {
    change(draft);
  });
  expect(await engine.plan(TYPE, config, stored)).toMatchObject(expected);
});

it.each<[string, (draft: Record<string, unknown>) => void, string]>([
  ["an argument that the user wrote", (draft) => (draft.label = "mine"), "internal at label"],
  ["a required argument", (draft) => (draft.name = UNKNOWN), "internal at name"],
  ["undefined", (draft) => (draft.revision = undefined), "internal at revision"],
  ["a value of another kind", (draft) => (draft.revision = "one"), "internal at revision"],
])("it may not decide %s", async (_name, change, message) => {
  const { engine, stored } = await applied(({ draft }) => {
    change(draft);
  });
  await expect(engine.plan(TYPE, CONFIG, stored)).rejects.toThrow(message);
});

describe("a replacement that it asks for", () => {
  it("is shown with the attribute", async () => {
    const { engine, stored } = await applied((_facts, context) => {
      context.replace("label");
    });
    expect(await engine.plan(TYPE, { ...CONFIG, label: "two" }, stored)).toMatchObject({ action: "replace", replacePaths: ["label"] });
  });

  it("is none where the attribute stays the same", async () => {
    const { engine, stored } = await applied((_facts, context) => {
      context.replace("label");
    });
    expect(await engine.plan(TYPE, { ...CONFIG, mode: "fancy" }, stored)).toMatchObject({ action: "update", replacePaths: [] });
  });
});

describe("what it throws", () => {
  it("stops the plan as the diagnostic that it is", async () => {
    const { engine, stored } = await applied(() => {
      throw problem("name-taken", { why: "It is taken.", fix: "Choose another.", at: ["name"] });
    });
    await expect(engine.plan(TYPE, CONFIG, stored)).rejects.toThrow("name-taken at name: It is taken.");
  });

  it("unexpectedly becomes a diagnostic without any hidden value", async () => {
    const { engine, stored } = await applied((told) => {
      throw new TypeError(`cannot use ${String(told.config.token)} or ${String(told.config.hidden)}`);
    });
    const plan = engine.plan(TYPE, { ...CONFIG, token: "tok-1", hidden: "hid-2" }, stored);
    await expect(plan).rejects.toThrow("internal: The plan of memory_thing failed unexpectedly: cannot use (hidden) or (hidden)");
  });
});
