/** Golden files: expected output that other programs parse, stored as formatted JSON in this folder. `npm run test:golden` updates them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "../../package.json";

/** Expects a JSON value to equal `__tests__/golden/<name>.json`, in which the version of package.json has a placeholder. */
export function expectGolden(name: string, actual: unknown): void {
  const value: unknown = JSON.parse(JSON.stringify(actual).replaceAll(`"version":"${version}"`, '"version":"<version>"'));
  const path = join(__dirname, `${name}.json`);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
  expect(value).toEqual(JSON.parse(readFileSync(path, "utf8")));
}
