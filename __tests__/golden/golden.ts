/** Golden files: what others parse, stored pretty-printed beside this file. `npm run test:golden` rewrites them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Compares a JSON value with `__tests__/golden/<name>.json`. */
export function expectGolden(name: string, value: unknown): void {
  const path = join(__dirname, `${name}.json`);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
  expect(value).toEqual(JSON.parse(readFileSync(path, "utf8")));
}
