/** The published package: its tarball, installed in an empty folder without development dependencies, as users install it. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { version } from "../../package.json";

jest.setTimeout(300_000);

const ROOT = resolve(__dirname, "../..");
const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "package-"));
  await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: ROOT });
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "app", version: "1.0.0", private: true }));
  const packages = [`./bitlift-${version}.tgz`, "cdktf@0.21.0", "constructs@10.4.2"];
  await run("npm", ["install", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline", ...packages], { cwd: folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const bitlift = () => join(folder, "node_modules/.bin/bitlift");

it("installs the command bitlift", async () => {
  expect((await run(bitlift(), ["--version"])).stdout).toBe(`${version}\n`);
});

it("starts the sandbox", async () => {
  const sandbox = spawn(bitlift(), ["sandbox", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(sandbox, "close");
  const [line] = (await Promise.race([once(sandbox.stdout, "data"), closed])) as [unknown];
  // The exit code, if the sandbox did not start.
  expect(JSON.parse(String(line))).toHaveProperty("SPACELIFT_API_KEY_ENDPOINT");
  sandbox.kill("SIGTERM");
  expect(await closed).toEqual([0, null]);
});

it("synthesizes an app, with the plugin beside the stack", async () => {
  const app = `
    const { App, TerraformStack } = require("cdktf");
    const { BitliftProvider, Space } = require("bitlift");
    const app = new App({ outdir: "cdktf.out" });
    const stack = new TerraformStack(app, "stack");
    new BitliftProvider(stack, "bitlift");
    new Space(stack, "space", { name: "Payments" });
    app.synth();
  `;
  await writeFile(join(folder, "app.js"), app);
  await run(process.execPath, ["app.js"], { cwd: folder });
  const synthesized = JSON.parse(await readFile(join(folder, "cdktf.out/stacks/stack/cdk.tf.json"), "utf8")) as Record<string, unknown>;
  expect(synthesized).toHaveProperty("resource.bitlift_space");
  expect(existsSync(join(folder, "cdktf.out/stacks/stack/terraform.d/plugins/terraform.local/bitlift/bitlift", version))).toBe(true);
});

it("type-checks an app, and its type declarations import no package of this repository", async () => {
  const app = `
    import { App, TerraformStack } from "cdktf";
    import { BitliftProvider, Space } from "bitlift";
    const stack = new TerraformStack(new App(), "stack");
    new BitliftProvider(stack, "bitlift");
    new Space(stack, "space", { name: "Payments" });
    // @ts-expect-error -- a name is required
    new Space(stack, "nameless", {});
  `;
  await writeFile(join(folder, "app.ts"), app);
  const compilerOptions = { noEmit: true, strict: true, skipLibCheck: true, module: "node16", target: "es2022", types: [] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["app.ts"] }));
  const compiled = await run(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "."], { cwd: folder }).catch(
    (failure: unknown) => failure as { stdout: string },
  );
  expect(compiled.stdout).toBe("");
  const declarations = await readdir(join(folder, "node_modules/bitlift/dist"), { recursive: true });
  for (const name of declarations.filter((file) => file.endsWith(".d.ts"))) {
    const text = await readFile(join(folder, "node_modules/bitlift/dist", name), "utf8");
    expect([name, text.includes("@bitlift/")]).toEqual([name, false]);
  }
});

it("contains no tests and no TypeScript sources", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json"], { cwd: ROOT });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  expect(files.filter(({ path }) => /__tests__|\.test\.|(?<!\.d)\.ts$/.test(path))).toEqual([]);
});
