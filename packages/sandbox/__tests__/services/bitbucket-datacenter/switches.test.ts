/** The switches: their defaults, and the messages about invalid ones. */
import { type DatacenterTestService, startDatacenter } from "./test-service";

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter({ switches: { "create-status": "200" } });
});
afterEach(() => server.stop());

it("default to their first choice or the value at startup, and a reset restores that", async () => {
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
])("rejects %j and lists the valid values", async (values, message) => {
  const before = (await server.control("switches")) as unknown;
  await expect(server.control("switches", { "event-order": "random", ...values })).rejects.toThrow(message);
  // No switch was changed.
  expect(await server.control("switches")).toEqual(before);
});
