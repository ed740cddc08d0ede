/** The limits for requests: defaults, environment, provider block, invalid values. */
import { readLimits } from "../../configuration/limits";
import { diagnosticOf } from "./diagnostic-of";

const block = { rate_limit_max_wait: null, request_timeout: null, max_concurrent_requests: null, look_before_create: null };

it("has defaults", () => {
  expect(readLimits(block, {})).toEqual({
    rateLimitMaxWaitMs: 3_600_000,
    requestTimeoutMs: 30_000,
    maxConcurrentRequests: 8,
    lookBeforeCreate: 100,
  });
});

it("uses the environment rather than the defaults, and the provider block rather than the environment", () => {
  const environment = { BITLIFT_REQUEST_TIMEOUT: "5s", BITLIFT_MAX_CONCURRENT_REQUESTS: "2", BITLIFT_LOOK_BEFORE_CREATE: "0" };
  expect(readLimits({ ...block, request_timeout: "1m30s" }, environment)).toEqual({
    rateLimitMaxWaitMs: 3_600_000,
    requestTimeoutMs: 90_000,
    maxConcurrentRequests: 2,
    lookBeforeCreate: 0,
  });
});

it.each([["10"], ["ten seconds"], ["5 m"], ["1h-"], [""]])("rejects %p as a duration", (text) => {
  const diagnostic = diagnosticOf(() => readLimits({ ...block, request_timeout: text }, {}));
  expect([diagnostic.code, diagnostic.at]).toEqual(["provider-setting-invalid", ["request_timeout"]]);
});

it.each([["0"], ["1.5"], ["many"]])("rejects %p as a number of concurrent requests", (text) => {
  const diagnostic = diagnosticOf(() => readLimits(block, { BITLIFT_MAX_CONCURRENT_REQUESTS: text }));
  expect([diagnostic.code, diagnostic.at]).toEqual(["provider-setting-invalid", []]);
});

it.each([["-1"], ["1.5"], ["all"]])("rejects %p as a number of repositories to look up", (text) => {
  const diagnostic = diagnosticOf(() => readLimits(block, { BITLIFT_LOOK_BEFORE_CREATE: text }));
  expect([diagnostic.code, diagnostic.at]).toEqual(["provider-setting-invalid", []]);
});

it.each<[string, object, Readonly<Record<string, string>>, RegExp, RegExp]>([
  ["the argument", { request_timeout: "10" }, {}, /^request_timeout is "10"/, /^Set request_timeout to a duration, such as 30s/],
  [
    "the variable",
    {},
    { BITLIFT_REQUEST_TIMEOUT: "10" },
    /^BITLIFT_REQUEST_TIMEOUT is "10"/,
    /^Set BITLIFT_REQUEST_TIMEOUT to a duration, such as 30s/,
  ],
])("names %s that has the value", (_case, changes, environment, why, fix) => {
  const diagnostic = diagnosticOf(() => readLimits({ ...block, ...changes }, environment));
  expect(diagnostic.why).toMatch(why);
  expect(diagnostic.fix).toMatch(fix);
});
