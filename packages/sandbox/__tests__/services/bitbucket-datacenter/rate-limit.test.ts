/** The rate limit: a bucket of requests per user, by the sandbox's clock. */
import { basic, type Datacenter, startDatacenter } from "./test-service";

let server: Datacenter;
beforeEach(async () => {
  server = await startDatacenter({ stoppedClock: true, switches: { "rate-limit": "on", "rate-capacity": 3, "rate-fill": 2 } });
});
afterEach(() => server.stop());

const status = async (as: string | null = "admin", path = "/projects") => (await server.ask("GET", path, { as })).status;
const several = async (count: number, as?: string | null) => {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) statuses.push(await status(as));
  return statuses;
};
const wait = (advanceSeconds: number) => server.control("clock", { advanceSeconds }) as Promise<unknown>;

it("is off unless it is switched on, with a bucket of 60 and 5 per second", async () => {
  const own = await startDatacenter({ stoppedClock: true });
  try {
    expect(await own.control("switches")).toMatchObject({ "rate-limit": "off", "rate-capacity": 60, "rate-fill": 5 });
    const ask = async () => (await own.ask("GET", "/projects")).status;
    for (let index = 0; index < 61; index++) expect(await ask()).toBe(200);
    await own.control("switches", { "rate-limit": "on" });
    for (let index = 0; index < 60; index++) expect(await ask()).toBe(200);
    expect(await ask()).toBe(429);
  } finally {
    await own.stop();
  }
});

it("refuses with 429, whole seconds to wait, and a list of errors", async () => {
  expect(await several(4)).toEqual([200, 200, 200, 429]);
  const answer = await server.ask("GET", "/projects");
  expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("x-ausername")]).toEqual([429, "1", "ada"]);
  expect(answer.body.errors).toHaveLength(1);
});

it("fills up steadily, never above what the bucket holds", async () => {
  await several(3);
  await wait(0.5);
  expect(await several(2)).toEqual([200, 429]);
  await wait(1);
  expect(await several(3)).toEqual([200, 200, 429]);
  await wait(3600);
  expect(await several(4)).toEqual([200, 200, 200, 429]);
});

it("counts for each user, whatever the credential, and never without one", async () => {
  await server.control("switches", { "rate-capacity": 1 });
  expect(await status("admin")).toBe(200);
  expect(await status(basic("ada", "ada-password"))).toBe(429);
  expect(await several(2, "of-project")).toEqual([200, 429]);
  expect(await several(5, null)).toEqual([200, 200, 200, 200, 200]);
});

it("counts addresses that do not exist too, and no bad credentials", async () => {
  await server.control("switches", { "rate-capacity": 1 });
  expect(await several(2, "nobody")).toEqual([401, 401]);
  expect(await status("admin", "/no/such/address")).toBe(404);
  expect(await status()).toBe(429);
  await server.control("reset", {});
  expect(await status()).toBe(200);
});

it("tells what is left on every answer under its switch, and to wait for nothing on success", async () => {
  const told = async () => {
    const { status: answered, headers } = await server.ask("GET", "/projects");
    const names = ["retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-fillrate", "x-ratelimit-interval-seconds"];
    return [answered, ...names.map((name) => headers.get(name))];
  };
  expect(await told()).toEqual([200, null, null, null, null, null]);
  await server.control("switches", { "rate-headers": "jira" });
  expect(await told()).toEqual([200, "0", "3", "1", "2", "1"]);
  expect(await told()).toEqual([200, "0", "3", "0", "2", "1"]);
  expect(await told()).toEqual([429, "1", "3", "0", "2", "1"]);
  expect((await server.ask("GET", "/projects", { as: null })).headers.get("x-ratelimit-limit")).toBeNull();
});
