/** How many requests a process has sent and may still send, in the file that BITLIFT_REQUEST_REPORT asks for. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RequestReport } from "../request-report";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "report-"));
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true });
});

const read = () => JSON.parse(readFileSync(join(folder, `${process.pid}.json`), "utf8")) as unknown;
const cloud = (headers: Readonly<Record<string, string>>) => ({ system: "Bitbucket Cloud", headers });

it.each([{}, { BITLIFT_REQUEST_REPORT: "" }])("is not written with %j", (environment) => {
  expect(RequestReport.of(environment)).toBeUndefined();
});

it("counts per system, with what the headers say last, at most once a second", () => {
  const report = RequestReport.of({ BITLIFT_REQUEST_REPORT: folder });
  expect(RequestReport.of({ BITLIFT_REQUEST_REPORT: folder })).toBe(report);
  report?.record({ system: "Spacelift", headers: { authorization: "secret" } });
  report?.record(cloud({ "x-ratelimit-limit": "1000, 1000;w=3600", "x-ratelimit-remaining": "999" }));
  jest.advanceTimersByTime(1);
  expect(read()).toEqual({ Spacelift: { requests: 1 }, "Bitbucket Cloud": { requests: 1, limit: 1000, remaining: 999 } });
  for (let left = 998; left >= 900; left--) report?.record(cloud({ "x-ratelimit-limit": "1000", "x-ratelimit-remaining": `${left}` }));
  report?.record(cloud({ "x-ratelimit-limit": "1000", "x-ratelimit-nearlimit": "false" }));
  jest.advanceTimersByTime(900);
  expect(read()).toMatchObject({ "Bitbucket Cloud": { requests: 1 } });
  jest.advanceTimersByTime(200);
  expect(read()).toMatchObject({ "Bitbucket Cloud": { requests: 101, limit: 1000, remaining: 900 } });
  expect(readdirSync(folder)).toHaveLength(1);
});

it("never fails because of the folder", () => {
  const report = RequestReport.of({ BITLIFT_REQUEST_REPORT: join(folder, "missing") });
  report?.record(cloud({}));
  expect(() => jest.advanceTimersByTime(2_000)).not.toThrow();
});
