/** The Node.js that runs the plugin, and the environment of measured processes. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measuredEnvironment, type Benchmark } from "../benchmark";
import { majorVersion, nodeAt, pathWith } from "../node-under-test";

const newFolder = () => mkdtempSync(join(tmpdir(), "node-"));

it("a Node.js under another name is the first `node` on PATH", () => {
  const folder = newFolder();
  const other = join(folder, "node-other");
  symlinkSync(process.execPath, other);
  const node = nodeAt(other);
  expect(node.version).toBe(process.versions.node);
  expect(majorVersion(node)).toBe(Number(process.versions.node.split(".")[0]));
  const path = pathWith(node, folder);
  const found = execFileSync("/bin/sh", ["-c", "command -v node"], { env: { PATH: path }, encoding: "utf8" }).trim();
  expect(realpathSync(found)).toBe(realpathSync(process.execPath));
});

it("a file that does not exist, and one that is not Node.js, are errors", () => {
  const folder = newFolder();
  expect(() => nodeAt(join(folder, "missing"))).toThrow(/missing does not start/);
  const other = join(folder, "other");
  writeFileSync(other, "#!/bin/sh\necho 1.2.3\n");
  chmodSync(other, 0o755);
  expect(() => nodeAt(other)).toThrow('is not Node.js: --version prints "1.2.3"');
});

it("measured processes get the PATH of the benchmark, and none of the variables that change the start of Node.js", async () => {
  const names = ["NODE_EXTRA_CA_CERTS", "NODE_OPTIONS", "NODE_COMPILE_CACHE", "BITLIFT_NODE"];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = "/set/by/the/caller";
  try {
    const benchmark = { engine: { path: "/opt/terraform" }, path: "/first:/second" } as Benchmark;
    const env = await measuredEnvironment(benchmark, newFolder(), { BITBUCKET_API_URL: "u" });
    expect(Object.values(env)).not.toContain("/set/by/the/caller");
    expect(env).toMatchObject({ PATH: "/first:/second", BITBUCKET_API_URL: "u" });
  } finally {
    for (const [index, name] of names.entries()) {
      const value = before[index];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
});
