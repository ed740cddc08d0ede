/** Routing, responses, and the control path of a service. */
import { get } from "node:https";
import { selfSignedCertificate } from "../../core/certificate";
import { startTestService, type TestService } from "../test-service";

let service: TestService;
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.listening.stop());

it("listens only on loopback, on its own port", async () => {
  const second = await startTestService();
  expect(service.listening.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(second.listening.origin).not.toBe(service.listening.origin);
  await second.listening.stop();
});

it.each([
  ["/things/a/parts/b", { id: "a", part: "b" }],
  ["/things/%7Ba%2Fb%7D/parts/c%20d", { id: "{a/b}", part: "c d" }],
  ["/files/a/b/c.txt?x=1", { id: "a", path: "b/c.txt" }],
  ["/files/a/", { id: "a", path: "" }],
])("GET %s matches", async (path, params) => {
  expect((await service.call("GET", path)).json).toEqual(params);
});

it.each(["/things//parts/b", "/things/a/parts/", "/things/a/parts", "/things/%zz/parts/b", "/things/a", "/"])(
  "GET %s does not match",
  async (path) => {
    const { status, json } = await service.call("GET", path);
    expect([status, json]).toEqual([404, { path }]);
  },
);

it("sends text with the content type of the route, and no body for 204", async () => {
  const text = await service.call("GET", "/several");
  expect([text.text, text.headers.get("content-type")]).toEqual(["text", "text/plain"]);
  const empty = await service.call("GET", "/empty");
  expect([empty.status, empty.text, empty.headers.get("content-length")]).toEqual([204, "", null]);
});

it("marks a bug of the sandbox, so that it does not look like a response of the service", async () => {
  expect((await service.call("GET", "/broken")).json).toEqual({ sandboxError: "a bug" });
  expect((await service.control("GET", "requests")).json.at(-1)).toMatchObject({ status: 500, marks: ["sandboxError"] });
});

it("calls the service before the route, for authentication and limits", async () => {
  const guarded = await startTestService({
    before: ({ headers }, route) => (headers["x-key"] === "k" || route === undefined ? undefined : { status: 401, body: route.operation }),
  });
  expect((await guarded.call("POST", "/things/1", {})).json).toBe("changeThing");
  expect(guarded.executed()).toBe(0);
  expect((await guarded.call("POST", "/things/1", {}, { "x-key": "k" })).status).toBe(200);
  expect((await guarded.call("GET", "/nowhere")).status).toBe(404);
  await guarded.listening.stop();
});

it("rejects a body that is too large and keeps serving", async () => {
  expect((await service.call("POST", "/things/1", "x".repeat(9_000_000))).status).toBe(413);
  expect(service.executed()).toBe(0);
  expect((await service.call("POST", "/things/1", {})).status).toBe(200);
});

it("serves over TLS with the given certificate", async () => {
  const secure = await startTestService({}, selfSignedCertificate());
  expect(secure.listening.origin).toMatch(/^https:/);
  const ask = (rejectUnauthorized: boolean): Promise<number | string | undefined> =>
    new Promise((resolve) => {
      get(`${secure.listening.origin}/empty`, { rejectUnauthorized, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    });
  expect(await ask(false)).toBe(204);
  expect(await ask(true)).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY|CERT/);
  await secure.listening.stop();
});

describe("the control path", () => {
  it("seeds, switches and resets the service", async () => {
    expect((await service.control("POST", "seed", { a: 1 })).status).toBe(200);
    expect((await service.control("POST", "switches", { b: 2 })).json).toEqual({ seeded: { a: 1 }, b: 2 });
    await service.control("POST", "reset");
    expect((await service.control("GET", "switches")).json).toEqual({ seeded: "reset" });
  });

  it("resets faults, clock and log", async () => {
    await service.control("POST", "faults", { operation: "*", kind: "status" });
    await service.control("POST", "clock", { advanceSeconds: 3600 });
    await service.call("GET", "/empty");
    await service.control("POST", "reset");
    expect((await service.control("GET", "faults")).json.armed).toEqual([]);
    expect((await service.control("GET", "requests")).json).toEqual([]);
    const { now } = (await service.control("GET", "clock")).json as { now: string };
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(5_000);
  });

  it("advances the clock", async () => {
    const { now } = (await service.control("POST", "clock", { advanceSeconds: 7200 })).json as { now: string };
    expect(Math.abs(Date.parse(now) - Date.now() - 7_200_000)).toBeLessThan(5_000);
    for (const advanceSeconds of [-1, 1e14, "1"]) expect((await service.control("POST", "clock", { advanceSeconds })).status).toBe(400);
    expect((await service.control("GET", "clock")).status).toBe(200);
  });

  it("has the routes of the service, and responds with 404 to other paths", async () => {
    expect((await service.control("POST", "own", { a: 1 })).json).toEqual({ a: 1 });
    expect((await service.control("POST", "own", "{")).status).toBe(400);
    const unknown = await service.control("GET", "nothing");
    expect([unknown.status, unknown.json.error]).toEqual([404, expect.stringMatching("no control path GET /_sandbox/nothing")]);
  });

  it("reports errors", async () => {
    const response = await service.control("POST", "seed", '"bad"');
    expect([response.status, response.json]).toEqual([400, { error: "a bad seed" }]);
  });
});
