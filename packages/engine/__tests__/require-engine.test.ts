/** The check before tests and benchmark, as a process. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { privatePath, removePaths } from "./shim";

const ROOT = join(__dirname, "../../..");

afterEach(removePaths);

function check(path: string): { readonly code: number | null; readonly text: string } {
  const args = ["--import", "tsx", "packages/engine/require-engine.ts"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env: { PATH: path }, encoding: "utf8" });
  return { code: status, text: stderr };
}

it("names the engine that will be driven", () => {
  const { code, text } = check(privatePath({ tofu: { family: "OpenTofu", version: "1.12.6", warns: true } }));
  expect(code).toBe(0);
  expect(text).toMatch(/^Engine: OpenTofu 1\.12\.6, \/.*\/tofu\n$/);
});

it("says in one sentence that there is none, what to do, and fails", () => {
  const { code, text } = check(privatePath({}));
  expect(code).toBe(1);
  expect(text).toMatch(/^Error: No engine was found\n {2}Neither terraform nor tofu is on PATH\.\n {2}Install Terraform 1\.5\.7 or newer/);
});
