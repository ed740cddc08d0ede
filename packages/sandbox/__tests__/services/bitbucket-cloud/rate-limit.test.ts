/** The rate limit: off by default, then a rolling window per credential and group, with several header styles. */
import { basic, type CloudTestService, startCloud } from "./test-service";

const HOOKS = "/repositories/acme/infra/hooks";
const TEXT = "Rate limit for this resource has been exceeded";

let cloud: CloudTestService;
afterEach(() => cloud.stop());

const start = async (switches: Record<string, unknown>) => {
  cloud = await startCloud({ switches: { "rate-limit": "on", ...switches } });
};
const statuses = async (count: number, path = HOOKS, as: string | null = "admin") => {
  const received: number[] = [];
  for (let index = 0; index < count; index++) received.push((await cloud.request("GET", path, { as })).status);
  return received;
};

it("is off by default, regardless of the budget", async () => {
  await start({ "rate-limit": "off", "rate-budget": 1 });
  expect(await statuses(3)).toEqual([200, 200, 200]);
});

it("counts webhooks and repositories separately, for each credential", async () => {
  await start({ "rate-budget": 2 });
  expect(await statuses(3)).toEqual([200, 200, 429]);
  expect(await statuses(3, "/repositories/acme/infra")).toEqual([200, 200, 429]);
  expect(await statuses(1, HOOKS, "webhook-only")).toEqual([200]);
  expect(await statuses(3, HOOKS, basic("ada@acme.example", "ada"))).toEqual([200, 200, 429]);
});

it("counts failed operations, but not requests that it rejects itself", async () => {
  await start({ "rate-budget": 2, "rate-window": 100 });
  expect(await statuses(3, "/repositories/acme/nothing/hooks")).toEqual([404, 404, 429]);
  await cloud.control("clock", { advanceSeconds: 101 });
  expect(await statuses(3)).toEqual([200, 200, 429]);
});

it("stops counting requests that are older than the window", async () => {
  await start({ "rate-budget": 2, "rate-window": 60 });
  expect(await statuses(1)).toEqual([200]);
  await cloud.control("clock", { advanceSeconds: 40 });
  expect(await statuses(2)).toEqual([200, 429]);
  await cloud.control("clock", { advanceSeconds: 21 });
  expect(await statuses(2)).toEqual([200, 429]);
});

it("shares one budget among all requests without a credential", async () => {
  await start({ "rate-anonymous": 2 });
  expect(await statuses(1, "/hook_events", null)).toEqual([200]);
  expect(await statuses(2, "/repositories/acme/handbook", null)).toEqual([200, 429]);
});

it("can reject a burst below the budget", async () => {
  await start({ "rate-burst": 2 });
  expect(await statuses(3)).toEqual([200, 200, 429]);
  await cloud.control("clock", { advanceSeconds: 1.1 });
  expect(await statuses(1)).toEqual([200]);
});

it.each([
  ["json", "application/json", JSON.stringify({ type: "error", error: { message: TEXT } })],
  ["text", "text/plain", TEXT],
])("responds with 429 in the form %s", async (form, type, body) => {
  await start({ "rate-budget": 0, "rate-body": form });
  const response = await cloud.request("GET", HOOKS);
  expect([response.status, response.text]).toEqual([429, body]);
  expect(response.headers.get("content-type")).toContain(type);
  expect(response.headers.get("retry-after")).toBeNull();
});

it.each<[string, Record<string, string | null>, Record<string, string | null>]>([
  ["none", { "x-ratelimit-limit": null, "retry-after": null }, { "x-ratelimit-limit": null, "retry-after": null }],
  [
    "envoy",
    { "x-ratelimit-limit": "1, 1;w=600", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "600" },
    { "x-ratelimit-limit": "1, 1;w=600", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "600" },
  ],
  [
    "scaled",
    { "x-ratelimit-limit": "1", "x-ratelimit-resource": "webhook", "x-ratelimit-nearlimit": "true" },
    { "x-ratelimit-limit": "1", "x-ratelimit-resource": "webhook", "x-ratelimit-nearlimit": "true" },
  ],
  ["retry-after", { "retry-after": null }, { "retry-after": "600" }],
])("sends the headers of the style %s with accepted and rejected requests", async (style, onAccepted, onRejected) => {
  await start({ "rate-budget": 1, "rate-window": 600, "rate-headers": style });
  const headers = async (names: object) => {
    const response = await cloud.request("GET", HOOKS);
    return Object.fromEntries(Object.keys(names).map((name) => [name, response.headers.get(name)]));
  };
  expect(await headers(onAccepted)).toEqual(onAccepted);
  expect(await headers(onRejected)).toEqual(onRejected);
});

it("says how long to wait, and then accepts the next request", async () => {
  await start({ "rate-budget": 1, "rate-window": 600, "rate-headers": "retry-after" });
  await cloud.request("GET", HOOKS);
  await cloud.control("clock", { advanceSeconds: 200 });
  const seconds = Number((await cloud.request("GET", HOOKS)).headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(395);
  expect(seconds).toBeLessThanOrEqual(400);
  await cloud.control("clock", { advanceSeconds: seconds });
  expect((await cloud.request("GET", HOOKS)).status).toBe(200);
});
