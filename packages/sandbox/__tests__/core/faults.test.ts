/** Every kind of fault, and the calls that it affects. */
import { startTestService, type TestService } from "../test-service";

let service: TestService;
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.listening.stop());

const change = (id = "1") => service.call("POST", `/things/${id}`, { x: 1 });
const arm = async (fault: unknown): Promise<unknown> => (await service.control("POST", "faults", fault)).json;
const failure = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "no failure",
    (error: unknown) => String((error as Error & { cause?: { code?: string } }).cause?.code ?? error),
  );

async function lastEntry(): Promise<{ status: number; marks: string[] }> {
  return (await service.control("GET", "requests")).json.at(-1);
}

it("status responds instead of executing, with body and headers", async () => {
  await arm({ operation: "changeThing", kind: "status", status: 429, body: { error: "slow" }, headers: { "Retry-After": "2" } });
  const response = await change();
  expect([response.status, response.json, response.headers.get("retry-after")]).toEqual([429, { error: "slow" }, "2"]);
  expect(service.executed()).toBe(0);
  expect(await lastEntry()).toMatchObject({ status: 429, marks: ["fault"] });
});

it("status sends a text unchanged", async () => {
  await arm({ operation: "changeThing", kind: "status", status: 404, body: "404 page not found" });
  const response = await change();
  expect([response.status, response.text, response.headers.get("content-type")]).toEqual([
    404,
    "404 page not found",
    "text/plain; charset=utf-8",
  ]);
});

it("html responds with a page", async () => {
  await arm({ operation: "changeThing", kind: "html" });
  const response = await change();
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch("text/html");
  expect(response.text).toMatch(/^<!doctype html>/);
  expect(service.executed()).toBe(0);
});

it("redirect responds with another location", async () => {
  await arm({ operation: "changeThing", kind: "redirect", status: 302, location: "http://127.0.0.1:9/elsewhere" });
  const response = await change();
  expect([response.status, response.headers.get("location"), service.executed()]).toEqual([302, "http://127.0.0.1:9/elsewhere", 0]);
});

it("reset-before closes the connection without executing", async () => {
  await arm({ operation: "changeThing", kind: "reset-before" });
  expect(await failure(change())).toBe("ECONNRESET");
  expect(service.executed()).toBe(0);
  expect(await lastEntry()).toMatchObject({ status: 0, marks: ["fault"] });
});

it("reset-after executes, then closes the connection", async () => {
  await arm({ operation: "changeThing", kind: "reset-after" });
  expect(await failure(change())).toBe("ECONNRESET");
  expect(service.executed()).toBe(1);
});

it("hold executes, and responds when it is released", async () => {
  await arm({ operation: "changeThing", kind: "hold" });
  let responded = false;
  const held = change().finally(() => (responded = true));
  while ((await service.control("GET", "faults")).json.holding === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  expect([service.executed(), responded]).toEqual([1, false]);
  expect((await service.control("POST", "faults/release")).json).toEqual({ released: 1 });
  expect((await held).json).toMatchObject({ executed: 1 });
});

it("delay and slow-body respond late and completely", async () => {
  for (const kind of ["delay", "slow-body"]) {
    await arm({ operation: "changeThing", kind, milliseconds: 80 });
    const started = performance.now();
    expect((await change()).json).toMatchObject({ id: "1" });
    expect(performance.now() - started).toBeGreaterThan(70);
  }
});

it("truncated executes, then closes the connection within the body", async () => {
  await arm({ operation: "changeThing", kind: "truncated" });
  expect(await failure(change())).toMatch(/UND_ERR_SOCKET|terminated/);
  expect(service.executed()).toBe(1);
});

it("content-type responds with the result under a wrong content type", async () => {
  await arm({ operation: "changeThing", kind: "content-type" });
  const response = await change();
  expect([response.json.executed, response.headers.get("content-type")]).toEqual([1, "text/plain"]);
});

it("content-type keeps the status of the result, unless the fault has a status", async () => {
  const own = await startTestService({
    routes: [{ method: "POST", pattern: "/made", operation: "make", handle: () => ({ status: 201, body: { made: true } }) }],
  });
  const responded = async (fault: object) => {
    await own.control("POST", "faults", { operation: "make", kind: "content-type", ...fault });
    const { status, headers } = await own.call("POST", "/made", {});
    return [status, headers.get("content-type")];
  };
  try {
    expect(await responded({})).toEqual([201, "text/plain"]);
    expect(await responded({ status: 502 })).toEqual([502, "text/plain"]);
  } finally {
    await own.listening.stop();
  }
});

it("wrong-shape executes, then responds with other JSON", async () => {
  await arm([
    { operation: "changeThing", kind: "wrong-shape" },
    { operation: "changeThing", kind: "wrong-shape", nth: 2, body: { data: [] } },
  ]);
  expect((await change()).json).toEqual([[{ unexpected: true }]]);
  expect((await change()).json).toEqual({ data: [] });
  expect(service.executed()).toBe(2);
});

it.each([
  [{}, [500, 200, 200, 200]],
  [{ times: 2 }, [500, 500, 200, 200]],
  [{ nth: 3 }, [200, 200, 500, 200]],
  [{ nth: 2, times: 2 }, [200, 500, 500, 200]],
])("with %j, the calls return: %j", async (calls, expected) => {
  await arm({ operation: "changeThing", kind: "status", ...calls });
  const statuses: number[] = [];
  for (let call = 0; call < 4; call++) statuses.push((await change()).status);
  expect(statuses).toEqual(expected);
  expect((await service.control("GET", "faults")).json).toEqual({ armed: [], holding: 0 });
});

it.each([
  ["changeThing", [500, 200]],
  ["POST /things/:id", [500, 200]],
  ["*", [500, 500]],
  ["readPart", [200, 500]],
])("affects the operation named %s", async (operation, expected) => {
  await arm({ operation, kind: "status", times: 2 });
  expect([(await change()).status, (await service.call("GET", "/things/1/parts/2")).status]).toEqual(expected);
});

it("affects one of several operations of a request", async () => {
  await arm({ operation: "second", kind: "status" });
  expect((await service.call("GET", "/several?name=first&name=second")).status).toBe(500);
  expect((await service.call("GET", "/several?name=first&name=second")).status).toBe(200);
});

it("never affects the control path, and can be cleared", async () => {
  await arm({ operation: "*", kind: "status", times: 5 });
  expect((await arm({ clear: true })) as object).toEqual({ armed: [], holding: 0 });
  expect((await change()).status).toBe(200);
  await arm({ operation: "*", kind: "status" });
  expect((await service.control("DELETE", "faults")).json.armed).toEqual([]);
  expect((await change()).status).toBe(200);
});

it.each([
  [{ operation: "changeThing", kind: "explode" }, /"kind" of a fault must be one of/],
  [{ kind: "status" }, /needs "operation"/],
  [{ operation: "a", kind: "status", next: 3 }, /Unknown field "next"/],
  [
    { operation: "changeThings", kind: "status" },
    /Unknown operation "changeThings"\. Use one of: broken, changeThing, .*second.*POST \/things\/:id/,
  ],
  [{ operation: "POST /things", kind: "status" }, /Unknown operation "POST \/things"/],
  [{ operation: "a", kind: "status", status: 99 }, /"status" of a fault must be a whole number from 200 to 599/],
  [{ operation: "a", kind: "status", status: 1000 }, /"status" of a fault must be a whole number from 200 to 599/],
  [{ operation: "a", kind: "status", headers: "retry-after" }, /"headers" of a fault must map header names to strings/],
  [{ operation: "a", kind: "status", headers: { "retry-after": 1 } }, /"headers" of a fault must map header names to strings/],
  [{ operation: "a", kind: "status", headers: { "retry after": "1" } }, /"headers" of a fault must map header names to strings/],
  [{ operation: "a", kind: "status", nth: 0 }, /"nth" of a fault must be a whole number of at least 1/],
  [{ operation: "a", kind: "delay", milliseconds: -1 }, /"milliseconds"/],
  [{ operation: "a", kind: "redirect" }, /needs "location"/],
  ["status", /JSON object/],
])("rejects %j", async (fault, message) => {
  const response = await service.control("POST", "faults", JSON.stringify(fault));
  expect(response.status).toBe(400);
  expect(response.json.error).toMatch(message);
});

it("adds all faults of a list, or none", async () => {
  const response = await service.control("POST", "faults", [
    { operation: "*", kind: "status" },
    { operation: "*", kind: "explode" },
  ]);
  expect(response.status).toBe(400);
  expect((await service.control("GET", "faults")).json.armed).toEqual([]);
});

it("releases held responses when the service stops", async () => {
  await arm({ operation: "changeThing", kind: "hold" });
  const held = failure(change());
  while ((await service.control("GET", "faults")).json.holding === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await service.listening.stop();
  expect(await held).not.toBe("");
  service = await startTestService();
});
