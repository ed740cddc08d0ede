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
  [{ speed: "fast" }, 'Bitbucket Data Center\'s side has no switch "speed". It has: webhook-search, '],
  [{ toString: "fast" }, 'has no switch "toString"'],
  [{ renamed: "sometimes" }, '"renamed" is one of: not-found, redirect; "sometimes" is not.'],
  [{ renamed: 5 }, '"renamed" is one of: not-found, redirect; 5 is not.'],
  [{ "page-limit": 0 }, '"page-limit" is a whole number of 1 or more; 0 is not.'],
  [{ "page-limit": "7" }, '"page-limit" is a whole number of 1 or more; "7" is not.'],
  [{ "captcha-after": 1.5 }, '"captcha-after" is a whole number of 0 or more; 1.5 is not.'],
  [{ version: "new" }, '"version" is a version such as 7.21 or 8.19.3; "new" is not.'],
])("%j is refused, with what there is", async (values, complaint) => {
  const before = (await server.control("switches")) as unknown;
  await expect(server.control("switches", { "event-order": "random", ...values })).rejects.toThrow(complaint);
  // All or nothing.
  expect(await server.control("switches")).toEqual(before);
});
