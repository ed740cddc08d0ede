/** When a handler fails, the engine receives a diagnostic and the state stays correct. */
import { error, problem } from "../catalog";
import { PartiallyCreated, UNKNOWN, type AnyResource, type LogFields } from "../..";
import { TestEngine, EngineError, silentLog, type StoredObject } from "../test-engine";
import type { EngineValue } from "../engine-checks";
import { memoryProvider, thing, type Memory } from "../memory-provider";

const TYPE = "memory_thing";
const CONFIG: Record<string, EngineValue> = { name: "a", label: "one", token: "tok-1", hidden: "hid-2" };
const requestRejected = problem("request-rejected", { why: "No.", fix: "Try again." });

async function engineWith(changes: Partial<AnyResource<Memory>>, memory: Memory = new Map()): Promise<TestEngine> {
  const engine = new TestEngine(memoryProvider(memory, [thing(memory, changes)]));
  await engine.configure({ password: "pass-3" });
  return engine;
}

/** Creates an object with the default handlers, then returns it with an engine whose handlers are changed. */
async function withObject(changes: Partial<AnyResource<Memory>>): Promise<{ engine: TestEngine; stored: StoredObject; memory: Memory }> {
  const memory: Memory = new Map();
  const defaultEngine = await engineWith({}, memory);
  const stored = await defaultEngine.apply(TYPE, CONFIG, null, await defaultEngine.plan(TYPE, CONFIG, null));
  if (stored === null) throw new Error("nothing was created");
  return { engine: await engineWith(changes, memory), stored, memory };
}

async function engineErrorOf(run: Promise<unknown>): Promise<EngineError> {
  const thrown: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (thrown instanceof EngineError) return thrown;
  throw new Error("the call did not fail");
}

async function errorOfCreate(create: AnyResource<Memory>["create"]): Promise<EngineError> {
  const engine = await engineWith({ create });
  return engineErrorOf(engine.apply(TYPE, CONFIG, null, await engine.plan(TYPE, CONFIG, null)));
}

/** The plan with every unknown value filled in. */
const complete = (plan: object) => ({ ...plan, size: 1, id: "id", revision: 1, settings: null, rules: null });

describe("a create", () => {
  it("that throws leaves nothing in the state", async () => {
    expect(await errorOfCreate(() => Promise.reject(requestRejected))).toMatchObject({
      diagnostics: ["request-rejected: No."],
      state: null,
    });
  });

  it("that throws PartiallyCreated is stored as tainted, with its private state", async () => {
    const engineError = await errorOfCreate(({ plan, privateState }) => {
      privateState.set("half", true);
      throw new PartiallyCreated(
        { ...complete(plan), revision: null },
        error("request-rejected", { why: "The second step failed.", fix: "Apply again." }),
      );
    });
    expect(engineError.diagnostics).toEqual(["request-rejected: The second step failed."]);
    expect(engineError.state).toMatchObject({ tainted: true, value: { id: "id", revision: null, name: "a" } });
    expect(engineError.state?.private.toString()).toBe('{"half":true}');
  });

  it.each<[string, (plan: object) => unknown, string]>([
    [
      "a value that differs from the plan",
      (plan) => ({ ...complete(plan), label: "other" }),
      "internal at label: The create of memory_thing returned a value for `label` that differs from the plan.",
    ],
    [
      "an unknown value",
      (plan) => ({ ...complete(plan), revision: UNKNOWN }),
      "internal at revision: The result of the create of memory_thing does not match the schema: `revision` is still unknown.",
    ],
    [
      "undefined",
      (plan) => ({ ...complete(plan), id: undefined }),
      "internal at id: The result of the create of memory_thing does not match the schema: `id` is missing (undefined).",
    ],
  ])("that returns %s fails with the name of the attribute, and its result is stored", async (_name, result, message) => {
    const engineError = await errorOfCreate(({ plan }) => Promise.resolve(result(plan) as never));
    expect(engineError.diagnostics).toEqual([message]);
    expect(engineError.state).toMatchObject({ tainted: true, value: { name: "a" } });
  });

  it("that reports an error stores its result", async () => {
    const engineError = await errorOfCreate(({ plan, report }) => {
      report.add(error("request-rejected", { why: "Later.", fix: "Check it." }));
      return Promise.resolve(complete(plan) as never);
    });
    expect(engineError).toMatchObject({ diagnostics: ["request-rejected: Later."], state: { tainted: true, value: { id: "id" } } });
  });
});

describe("an update", () => {
  it("that throws keeps the prior state and its private state", async () => {
    const { engine, stored } = await withObject({
      update: ({ privateState }) => {
        privateState.set("made", "changed");
        return Promise.reject(requestRejected);
      },
    });
    const config = { ...CONFIG, label: "two" };
    const engineError = await engineErrorOf(engine.apply(TYPE, config, stored, await engine.plan(TYPE, config, stored)));
    expect(engineError.diagnostics).toEqual(["request-rejected: No."]);
    expect(engineError.state).toBe(stored);
  });
});

describe("a delete", () => {
  it("that throws keeps the object in the state", async () => {
    const { engine, stored } = await withObject({ delete: () => Promise.reject(requestRejected) });
    const engineError = await engineErrorOf(engine.apply(TYPE, null, stored, await engine.plan(TYPE, null, stored)));
    expect(engineError).toMatchObject({ diagnostics: ["request-rejected: No."], state: stored });
  });

  it("that reports an error keeps the object too", async () => {
    const { engine, stored } = await withObject({
      delete: ({ report }) => {
        report.add(error("request-rejected", { why: "In use.", fix: "Detach." }));
        return Promise.resolve();
      },
    });
    expect(await engineErrorOf(engine.apply(TYPE, null, stored, await engine.plan(TYPE, null, stored)))).toMatchObject({ state: stored });
  });
});

describe("a read", () => {
  it.each<[string, AnyResource<Memory>["read"], string]>([
    ["throws", () => Promise.reject(requestRejected), "request-rejected: No."],
    [
      "returns undefined",
      () => Promise.resolve(undefined as never),
      "internal: The result of the read of memory_thing does not match the schema",
    ],
    ["returns an unknown value", ({ state }) => Promise.resolve({ ...state, revision: UNKNOWN } as never), "internal at revision"],
  ])("that %s is an error, and the object stays in the state", async (_name, read, message) => {
    const { engine, stored } = await withObject({ read });
    expect((await engineErrorOf(engine.refresh(TYPE, stored))).message).toContain(message);
    const response = await engine.call<{ newState: unknown; private: Buffer }>("readResource", {
      typeName: TYPE,
      currentState: { msgpack: Buffer.from("81a46e616d65a161", "hex"), json: Buffer.alloc(0) },
      private: Buffer.from("{}"),
    });
    expect(response.newState).toBeDefined();
    expect(response.private.toString()).toBe("{}");
  });
});

describe("an unexpected exception", () => {
  it("shows no secret, neither to the user nor in the log", async () => {
    const lines: string[] = [];
    const warn = (message: string, fields?: LogFields) => lines.push(message, JSON.stringify(fields));
    const memory: Memory = new Map();
    const create: AnyResource<Memory>["create"] = ({ config }) => {
      const { token, hidden } = config as { token: string; hidden: string };
      throw new RangeError(`tok: ${token}, hid: ${hidden}, pass: pass-3, name: a`);
    };
    const engine = new TestEngine(memoryProvider(memory, [thing(memory, { create })]), { ...silentLog, warn });
    await engine.configure({ password: "pass-3" });
    const engineError = await engineErrorOf(engine.apply(TYPE, CONFIG, null, await engine.plan(TYPE, CONFIG, null)));
    expect(engineError.diagnostics).toEqual([
      "internal: The create of memory_thing failed unexpectedly: tok: (hidden), hid: (hidden), pass: (hidden), name: a",
    ]);
    expect(lines.join()).toContain("RangeError");
    expect(lines.join()).not.toMatch(/tok-1|hid-2|pass-3/);
  });

  it("that is not an Error is reported without its value", async () => {
    const engineError = await errorOfCreate(() => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- some libraries do
      throw "a string";
    });
    expect(engineError.diagnostics[0]).toContain("a value that is not an Error was thrown");
  });
});
