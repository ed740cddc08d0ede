/** The options of `npm run build`. The acceptance tests run what it builds. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

function build(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "tools/build/main.ts", ...args], {
    cwd: join(__dirname, "../../.."),
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

it("--help describes the command and its options, and builds nothing", () => {
  const { status, stdout } = build("--help");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Usage: npm run build -- \[options\]/);
  expect(stdout).toMatch(/^ {2}--plugin +build only the plugin$/m);
  expect(stdout).not.toContain(" kB");
});

it.each([
  ["--bogus", "error: unknown option '--bogus'\n"],
  ["plugin", "error: too many arguments. Expected 0 arguments but got 1.\n"],
])("%s is rejected with exit code 2, and builds nothing", (argument, stderr) => {
  expect(build(argument)).toEqual({ status: 2, stdout: "", stderr });
});
