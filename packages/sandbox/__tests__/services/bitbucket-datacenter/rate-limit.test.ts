/** The rate limit: a token bucket per user, by the sandbox's clock. */
import { basic, type DatacenterTestService, startDatacenter } from "./test-service";

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter({ stoppedClock: true, switches: { "rate-limit": "on", "rate-capacity": 3, "rate-fill": 2 } });
});
afterEach(() => server.stop());

const status = async (as: string | null = "admin", path = "/projects") => (await server.request("GET", path, { as })).status;
const statusesOf = async (count: number, as?: string | null) => {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) statuses.push(await status(as));
  return statuses;
};
const wait = (advanceSeconds: number) => server.control("clock", { advanceSeconds }) as Promise<unknown>;

it("is off by default, with a bucket of 60 and 5 per second", async () => {
  const service = await startDatacenter({ stoppedClock: true });
  try {
    expect(await service.control("switches")).toMatchObject({ "rate-limit": "off", "rate-capacity": 60, "rate-fill": 5 });
    const readStatus = async () => (await service.request("GET", "/projects")).status;
    for (let index = 0; index < 61; index++) expect(await readStatus()).toBe(200);
    await service.control("switches", { "rate-limit": "on" });
    for (let index = 0; index < 60; index++) expect(await readStatus()).toBe(200);
    expect(await readStatus()).toBe(429);
  } finally {
    await service.stop();
  }
});

it("rejects with 429, whole seconds to wait, and a list of errors", async () => {
  expect(await statusesOf(4)).toEqual([200, 200, 200, 429]);
  const response = await server.request("GET", "/projects");
  expect([response.status, response.headers.get("retry-after"), response.headers.get("x-ausername")]).toEqual([429, "1", "ada"]);
  expect(response.body.errors).toHaveLength(1);
});

it("refills steadily, up to the capacity of the bucket", async () => {
  await statusesOf(3);
  await wait(0.5);
  expect(await statusesOf(2)).toEqual([200, 429]);
  await wait(1);
  expect(await statusesOf(3)).toEqual([200, 200, 429]);
  await wait(3600);
  expect(await statusesOf(4)).toEqual([200, 200, 200, 429]);
});

it("counts requests per user, regardless of the credential, and never without a credential", async () => {
  await server.control("switches", { "rate-capacity": 1 });
  expect(await status("admin")).toBe(200);
  expect(await status(basic("ada", "ada-password"))).toBe(429);
  expect(await statusesOf(2, "of-project")).toEqual([200, 429]);
  expect(await statusesOf(5, null)).toEqual([200, 200, 200, 200, 200]);
});

it("counts unknown paths, but not invalid credentials", async () => {
  await server.control("switches", { "rate-capacity": 1 });
  expect(await statusesOf(2, "nobody")).toEqual([401, 401]);
  expect(await status("admin", "/no/such/address")).toBe(404);
  expect(await status()).toBe(429);
  await server.control("reset", {});
  expect(await status()).toBe(200);
});

it("reports the remaining requests with every response if the switch says so, with Retry-After: 0 on success", async () => {
  const readHeaders = async () => {
    const { status: responseStatus, headers } = await server.request("GET", "/projects");
    const names = ["retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-fillrate", "x-ratelimit-interval-seconds"];
    return [responseStatus, ...names.map((name) => headers.get(name))];
  };
  expect(await readHeaders()).toEqual([200, null, null, null, null, null]);
  await server.control("switches", { "rate-headers": "jira" });
  expect(await readHeaders()).toEqual([200, "0", "3", "1", "2", "1"]);
  expect(await readHeaders()).toEqual([200, "0", "3", "0", "2", "1"]);
  expect(await readHeaders()).toEqual([429, "1", "3", "0", "2", "1"]);
  expect((await server.request("GET", "/projects", { as: null })).headers.get("x-ratelimit-limit")).toBeNull();
});
