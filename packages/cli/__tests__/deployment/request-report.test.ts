/** How many requests are left, from what the plugins write. */
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RequestReports } from "../../deployment/request-report";

let reports: RequestReports;
beforeEach(() => {
  reports = new RequestReports();
});
afterEach(() => reports.end());

const write = (process: number, content: unknown) =>
  writeFileSync(join(reports.folder, `${process}.json`), typeof content === "string" ? content : JSON.stringify(content));
const cloud = (remaining: number, limit = 1000) => ({ "Bitbucket Cloud": { requests: 1, limit, remaining } });

it.each<[string, readonly unknown[], string | undefined]>([
  ["nothing is written", [], undefined],
  ["no system says it", [{ Spacelift: { requests: 7 } }], undefined],
  ["one system says it", [{ Spacelift: { requests: 7 }, ...cloud(412) }], "412 of 1,000 requests left"],
  ["a plugin is writing", ['{"Bitbucket', cloud(412)], "412 of 1,000 requests left"],
  ["several processes say it", [cloud(412), cloud(380)], "380 of 1,000 requests left"],
  ["one system has less than another", [{ ...cloud(900), "Bitbucket Data Center": { limit: 60, remaining: 6 } }], "6 of 60 requests left"],
  ["nothing is left", [cloud(0, 1234)], "0 of 1,234 requests left"],
])("if %s", (_case, files, text) => {
  files.forEach((content, index) => write(index, content));
  expect(reports.left()).toBe(text);
});

it("ignores what a process wrote a while ago", () => {
  write(1, cloud(5));
  write(2, cloud(900));
  const before = new Date(Date.now() - 60_000);
  utimesSync(join(reports.folder, "1.json"), before, before);
  expect(reports.left()).toBe("900 of 1,000 requests left");
});

it("removes its folder", () => {
  reports.end();
  expect(existsSync(reports.folder)).toBe(false);
  expect(reports.left()).toBeUndefined();
});
