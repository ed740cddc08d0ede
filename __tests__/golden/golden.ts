/** Golden files: expected output that other programs parse, stored as formatted JSON in this folder. `npm run test:golden` updates them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Expects a JSON value to equal `__tests__/golden/<name>.json`. */
export function expectGolden(name: string, value: unknown): void {
  const path = join(__dirname, `${name}.json`);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
  expect(value).toEqual(JSON.parse(readFileSync(path, "utf8")));
}
