/** Whatever a handler does wrong, the engine gets a diagnostic and the state stays true. */
import { error, problem } from "../catalog";
import { PartiallyCreated, UNKNOWN, type AnyResource, type LogFields } from "../..";
import { Engine, Refused, silent, type Stored } from "../engine";
import type { Seen } from "../engine-rules";
import { memoryProvider, thing, type Memory } from "../memory-provider";

const TYPE = "memory_thing";
const CONFIG: Record<string, Seen> = { name: "a", label: "one", token: "tok-1", hidden: "hid-2" };
const refused = problem("request-rejected", { why: "No.", fix: "Ask again." });

async function engineWith(changes: Partial<AnyResource<Memory>>, memory: Memory = new Map()): Promise<Engine> {
  const engine = new Engine(memoryProvider(memory, [thing(memory, changes)]));
  await engine.configure({ password: "pass-3" });
  return engine;
}

/** An object made by the plain handlers, and an engine with other ones. */
async function existing(changes: Partial<AnyResource<Memory>>): Promise<{ engine: Engine; stored: Stored; memory: Memory }> {
  const memory: Memory = new Map();
  const plain = await engineWith({}, memory);
  const stored = await plain.apply(TYPE, CONFIG, null, await plain.plan(TYPE, CONFIG, null));
  if (stored === null) throw new Error("nothing was created");
  return { engine: await engineWith(changes, memory), stored, memory };
}

async function failure(run: Promise<unknown>): Promise<Refused> {
  const thrown: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (thrown instanceof Refused) return thrown;
  throw new Error("it did not fail");
}

async function failedCreate(create: AnyResource<Memory>["create"]): Promise<Refused> {
  const engine = await engineWith({ create });
  return failure(engine.apply(TYPE, CONFIG, null, await engine.plan(TYPE, CONFIG, null)));
}

const whole = (plan: object) => ({ ...plan, size: 1, id: "id", revision: 1, settings: null, rules: null });

describe("a create", () => {
  it("that throws leaves nothing in the state", async () => {
    expect(await failedCreate(() => Promise.reject(refused))).toMatchObject({ diagnostics: ["request-rejected: No."], left: null });
  });

  it("that was half done is stored as tainted, with its private data", async () => {
    const found = await failedCreate(({ plan, private: notes }) => {
      notes.set("half", true);
      throw new PartiallyCreated(
        { ...whole(plan), revision: null },
        error("request-rejected", { why: "The second step failed.", fix: "Apply again." }),
      );
    });
    expect(found.diagnostics).toEqual(["request-rejected: The second step failed."]);
    expect(found.left).toMatchObject({ tainted: true, value: { id: "id", revision: null, name: "a" } });
    expect(found.left?.private.toString()).toBe('{"half":true}');
  });

  it.each<[string, (plan: object) => unknown, string]>([
    [
      "another value than was planned",
      (plan) => ({ ...whole(plan), label: "other" }),
      "internal at label: The create of memory_thing returned another value for `label` than the plan promised.",
    ],
    [
      "something undecided",
      (plan) => ({ ...whole(plan), revision: UNKNOWN }),
      "internal at revision: The result of the create of memory_thing is wrong: `revision` is still undecided.",
    ],
    [
      "something undefined",
      (plan) => ({ ...whole(plan), id: undefined }),
      "internal at id: The result of the create of memory_thing is wrong: `id` is missing (undefined).",
    ],
  ])("that returns %s fails by name, and nothing is lost", async (_name, result, message) => {
    const found = await failedCreate(({ plan }) => Promise.resolve(result(plan) as never));
    expect(found.diagnostics).toEqual([message]);
    expect(found.left).toMatchObject({ tainted: true, value: { name: "a" } });
  });

  it("that reports an error stores what it returns", async () => {
    const found = await failedCreate(({ plan, report }) => {
      report.add(error("request-rejected", { why: "Later.", fix: "Look." }));
      return Promise.resolve(whole(plan) as never);
    });
    expect(found).toMatchObject({ diagnostics: ["request-rejected: Later."], left: { tainted: true, value: { id: "id" } } });
  });
});

describe("an update", () => {
  it("that throws keeps the prior state and its private data", async () => {
    const { engine, stored } = await existing({
      update: ({ private: notes }) => {
        notes.set("made", "spoilt");
        return Promise.reject(refused);
      },
    });
    const config = { ...CONFIG, label: "two" };
    const found = await failure(engine.apply(TYPE, config, stored, await engine.plan(TYPE, config, stored)));
    expect(found.diagnostics).toEqual(["request-rejected: No."]);
    expect(found.left).toBe(stored);
  });
});

describe("a delete", () => {
  it("that throws keeps the object in the state", async () => {
    const { engine, stored } = await existing({ delete: () => Promise.reject(refused) });
    const found = await failure(engine.apply(TYPE, null, stored, await engine.plan(TYPE, null, stored)));
    expect(found).toMatchObject({ diagnostics: ["request-rejected: No."], left: stored });
  });

  it("that reports an error keeps it too", async () => {
    const { engine, stored } = await existing({
      delete: ({ report }) => {
        report.add(error("request-rejected", { why: "In use.", fix: "Detach." }));
        return Promise.resolve();
      },
    });
    expect(await failure(engine.apply(TYPE, null, stored, await engine.plan(TYPE, null, stored)))).toMatchObject({ left: stored });
  });
});

describe("a read", () => {
  it.each<[string, AnyResource<Memory>["read"], string]>([
    ["throws", () => Promise.reject(refused), "request-rejected: No."],
    ["returns undefined", () => Promise.resolve(undefined as never), "internal: The result of the read of memory_thing is wrong"],
    ["returns something undecided", ({ state }) => Promise.resolve({ ...state, revision: UNKNOWN } as never), "internal at revision"],
  ])("that %s is an error, and never takes the object for gone", async (_name, read, message) => {
    const { engine, stored } = await existing({ read });
    expect((await failure(engine.refresh(TYPE, stored))).message).toContain(message);
    const answer = await engine.call<{ newState: unknown; private: Buffer }>("readResource", {
      typeName: TYPE,
      currentState: { msgpack: Buffer.from("81a46e616d65a161", "hex"), json: Buffer.alloc(0) },
      private: Buffer.from("{}"),
    });
    expect(answer.newState).toBeDefined();
    expect(answer.private.toString()).toBe("{}");
  });
});

describe("an unexpected exception", () => {
  it("carries no hidden value, neither to the user nor to the log", async () => {
    const lines: string[] = [];
    const warn = (message: string, fields?: LogFields) => lines.push(message, JSON.stringify(fields));
    const memory: Memory = new Map();
    const create: AnyResource<Memory>["create"] = ({ config }) => {
      const { token, hidden } = config as { token: string; hidden: string };
      throw new RangeError(`tok: ${token}, hid: ${hidden}, pass: pass-3, name: a`);
    };
    const engine = new Engine(memoryProvider(memory, [thing(memory, { create })]), { ...silent, warn });
    await engine.configure({ password: "pass-3" });
    const found = await failure(engine.apply(TYPE, CONFIG, null, await engine.plan(TYPE, CONFIG, null)));
    expect(found.diagnostics).toEqual([
      "internal: The create of memory_thing failed unexpectedly: tok: (hidden), hid: (hidden), pass: (hidden), name: a",
    ]);
    expect(lines.join()).toContain("RangeError");
    expect(lines.join()).not.toMatch(/tok-1|hid-2|pass-3/);
  });

  it("of something that is no Error is named as such", async () => {
    const found = await failedCreate(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- some libraries do
      throw "a text";
    });
    expect(found.diagnostics[0]).toContain("something that is no Error was thrown");
  });
});
