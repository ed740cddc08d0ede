/** The switches: their defaults, and what is said about one that does not exist. */
import { type Datacenter, startDatacenter } from "./test-service";

let server: Datacenter;
beforeEach(async () => {
  server = await startDatacenter({ switches: { "create-status": "200" } });
});
afterEach(() => server.stop());

it("have their first form as default, unless the sandbox was started with another; a reset goes back there", async () => {
  const before = (await server.control("switches")) as Record<string, unknown>;
  expect(before).toMatchObject({
    version: "9.4",
    "event-order": "kept",
    "create-answer": "whole",
    "create-status": "200",
    "page-limit": 1000,
  });
  await server.control("switches", { version: "10.0", "event-order": "random", "page-limit": 5 });
  await server.control("reset", {});
  expect(await server.control("switches")).toEqual(before);
});

it.each<[object, string]>([
  [{ speed: "fast" }, 'Unknown switch "speed" of Bitbucket Data Center. Known switches: webhook-search, '],
  [{ toString: "fast" }, 'Unknown switch "toString"'],
  [{ renamed: "sometimes" }, '"renamed" must be one of: not-found, redirect. Got "sometimes".'],
  [{ renamed: 5 }, '"renamed" must be one of: not-found, redirect. Got 5.'],
  [{ "page-limit": 0 }, '"page-limit" must be a whole number of at least 1. Got 0.'],
  [{ "page-limit": "7" }, '"page-limit" must be a whole number of at least 1. Got "7".'],
  [{ "captcha-after": 1.5 }, '"captcha-after" must be a whole number of at least 0. Got 1.5.'],
  [{ version: "new" }, '"version" must be a version such as 7.21 or 8.19.3. Got "new".'],
])("%j is refused, with what there is", async (values, complaint) => {
  const before = (await server.control("switches")) as unknown;
  await expect(server.control("switches", { "event-order": "random", ...values })).rejects.toThrow(complaint);
  // All or nothing.
  expect(await server.control("switches")).toEqual(before);
});
