/** The script that runs before `npm test` and checks for an engine, as a process. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { privatePath, removePaths } from "./shim";

const ROOT = join(__dirname, "../../..");

afterEach(removePaths);

function requireEngine(path: string): { readonly code: number | null; readonly text: string } {
  const args = ["--import", "tsx", "packages/engine/require-engine.ts"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env: { PATH: path }, encoding: "utf8" });
  return { code: status, text: stderr };
}

it("prints the engine that tests will use", () => {
  const { code, text } = requireEngine(privatePath({ tofu: { name: "OpenTofu", version: "1.12.6", warns: true } }));
  expect(code).toBe(0);
  expect(text).toMatch(/^Engine: OpenTofu 1\.12\.6, \/.*\/tofu\n$/);
});

it("fails with the next action if no engine is found", () => {
  const { code, text } = requireEngine(privatePath({}));
  expect(code).toBe(1);
  expect(text).toMatch(/^Error: No engine was found\n {2}Neither terraform nor tofu is on PATH\.\n {2}Install Terraform 1\.5\.7 or later/);
});
