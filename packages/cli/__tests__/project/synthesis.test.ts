/** Apps that do not write what they should: each failure says what to do. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Interruption } from "../../deployment/child";
import { readProject } from "../../project/project";
import { synthesize } from "../../project/synthesis";

let folder: string;
const interruption = new Interruption();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "synthesis-"));
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app: `"${process.execPath}" app.cjs` }));
});
afterEach(() => {
  delete process.env["CDKTF_CONTEXT_JSON"];
  rmSync(folder, { recursive: true });
});
afterAll(() => interruption.stop());

const app = (code: string) => writeFileSync(join(folder, "app.cjs"), code);
const writes = (manifest: string, stack = "{}") =>
  `const fs = require("fs"); fs.mkdirSync("cdktf.out/stacks/a", { recursive: true });
  fs.writeFileSync("cdktf.out/manifest.json", ${JSON.stringify(manifest)});
  fs.writeFileSync("cdktf.out/stacks/a/cdk.tf.json", ${JSON.stringify(stack)});`;
const MANIFEST = JSON.stringify({
  stacks: { a: { name: "a", synthesizedStackPath: "stacks/a/cdk.tf.json", workingDirectory: "stacks/a", dependencies: [] } },
});

it("reads the stacks that the app wrote", async () => {
  app(writes(MANIFEST));
  expect(await synthesize(readProject(folder), {}, interruption)).toEqual([
    { name: "a", folder: join(folder, "cdktf.out/stacks/a"), file: join(folder, "cdktf.out/stacks/a/cdk.tf.json"), dependencies: [] },
  ]);
});

it.each([
  ["cdktf", "cdktn", 'Import from "cdktn" and "bitlift/cdktn", or run npm install cdktf.'],
  ["cdktn", "cdktf", 'Import from "cdktf" and "bitlift", or run npm install cdktn.'],
])("names the host that is installed if the app imports %s and only %s is there", async (missing, installed, advice) => {
  mkdirSync(join(folder, "node_modules", installed), { recursive: true });
  app(`require("${missing}")`);
  const thrown: unknown = await synthesize(readProject(folder), {}, interruption).catch((failure: unknown) => failure);
  expect(thrown).toMatchObject({ diagnostic: { fix: `The package ${missing} is not installed, and ${installed} is. ${advice}` } });
});

it.each([
  ["ends without a list of stacks", "", /without calling synth\(\)/, /Call synth\(\)/],
  ["fails", "process.exit(3)", /exit code 3/, /message of the app above/],
  ["misses a package", 'require("@acme/tsx/esm")', /exit code 1/, /^The package @acme\/tsx is not installed\. Run npm install first\.$/],
  ["misses a module of Node.js's --import", 'import("tsx")', /exit code 1/, /^The package tsx is not installed\. Run npm install first\.$/],
  ["misses a file of its own", 'require("./parts")', /exit code 1/, /message of the app above/],
  ["writes a list that is not JSON", writes("{"), /manifest\.json is not a JSON object/, /Let only synth\(\)/],
  ["writes a list that is null", writes("null"), /manifest\.json is not a JSON object/, /Let only synth\(\)/],
  ["writes a stack without a name", writes('{"stacks":{"a":{}}}'), /has a stack without a name/, /Let only synth\(\)/],
  ["writes no stack", writes("{}"), /declares no stack/, /Declare at least one/],
  ["writes a configuration that is not JSON", writes(MANIFEST, "{"), /cdk\.tf\.json is not a JSON object/, /Let only synth\(\)/],
])("an app that %s", async (_case, code, why, fix) => {
  app(code);
  await expect(synthesize(readProject(folder), {}, interruption)).rejects.toMatchObject({
    diagnostic: { code: "synthesis-failed", why: expect.stringMatching(why), fix: expect.stringMatching(fix) },
  });
});

it.each(["{", "null", "[]"])("CDKTF_CONTEXT_JSON that is %s is reported", async (text) => {
  app(writes(MANIFEST));
  process.env["CDKTF_CONTEXT_JSON"] = text;
  await expect(synthesize(readProject(folder), {}, interruption)).rejects.toMatchObject({
    diagnostic: { code: "project-invalid", why: expect.stringMatching(/CDKTF_CONTEXT_JSON/) },
  });
});
