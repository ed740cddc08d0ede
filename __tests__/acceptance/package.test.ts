/** The published package: its tarball, installed in an empty folder without development dependencies, as users install it. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { version } from "../../package.json";
import { chooseEngine, cleanEnvironment } from "../../packages/engine";
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { runProgram } from "../../tools/harness";
import { everyEntry, installPackage, MODULES, typeErrors } from "./installed-package";

jest.setTimeout(300_000);

const ROOT = resolve(__dirname, "../..");
const run = promisify(execFile);
let folder: string;

beforeAll(async () => (folder = await installPackage(["cdktf", "constructs", "cdktf-cli"])));
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

describe("a project of bitlift init", () => {
  let sandbox: Sandbox;
  let environment: Record<string, string>;
  beforeAll(async () => {
    sandbox = await startSandbox();
    environment = await cleanEnvironment(await chooseEngine(), folder, {
      ...sandbox.environment,
      CI: "1",
    });
  });
  afterAll(() => sandbox.stop());

  const npx = (...args: readonly string[]) => runProgram("npx", ["--no", ...args], { cwd: folder, env: environment });

  it("is written beside what exists, and names the next steps", async () => {
    const { code, output } = await npx("bitlift", "init");
    expect([code, output]).toEqual([
      0,
      expect.stringContaining("exists   package.json, added validate, plan, apply, tsx\nwritten  cdktf.json\nwritten  main.ts\n"),
    ]);
    expect(output).not.toContain("npm install");
    const [, name = ""] = /\$schema=(\S+)/.exec(await readFile(join(folder, "bitlift.yaml"), "utf8")) ?? [];
    expect(JSON.parse(await readFile(join(folder, name), "utf8"))).toHaveProperty("properties.integrations");
  });

  it("is valid, and plans and deploys with nothing else written", async () => {
    expect(await npx("bitlift", "validate")).toMatchObject({ code: 0 });
    const planned = await npx("bitlift", "plan");
    expect(planned).toMatchObject({ code: 2, output: expect.stringContaining("Plan: 3 to create in 1 part.") as unknown });
    const deployed = await npx("cdktf", "deploy", "--auto-approve");
    expect(deployed).toMatchObject({ code: 0, output: expect.stringContaining("3 added") as unknown });
    expect(await npx("bitlift", "plan")).toMatchObject({ code: 0, stdout: "main: no changes\nPlan: no changes in 1 part.\n" });
  });

  it.each(["commonjs", "module"])("its app needs no tsconfig.json, with packages of the type %s", async (type) => {
    await run("npm", ["pkg", "set", `type=${type}`], { cwd: folder });
    const outdir = { ...environment, CDKTF_OUTDIR: join(folder, `out-${type}`) };
    const app = await runProgram(process.execPath, ["--import", "tsx", "main.ts"], { cwd: folder, env: outdir });
    await run("npm", ["pkg", "delete", "type"], { cwd: folder });
    expect(app).toMatchObject({ code: 0 });
    expect(await readdir(join(folder, `out-${type}/stacks`))).toEqual(["main"]);
  });

  it("exports its part, and explains a repository", async () => {
    expect(await npx("bitlift", "export", "exported", "--no-backend")).toMatchObject({ code: 0, stdout: "main: exported/main\n" });
    // --online loads the clients of the remote systems.
    const explained = await npx("bitlift", "explain", "acme-workspace/infrastructure", "--online");
    expect(explained).toMatchObject({ code: 0, stdout: expect.stringContaining("SPACELIFT_BITBUCKET_TOKEN") as unknown });
  });

  it("is imported by ES modules and CommonJS modules", async () => {
    await writeFile(
      join(folder, "names.mjs"),
      'import { Space } from "bitlift"; import { loadConfiguration, BitbucketStack } from "bitlift/app"; console.log([Space, loadConfiguration, BitbucketStack].map(({ name }) => name).join());',
    );
    await writeFile(
      join(folder, "names.cjs"),
      'const { Space } = require("bitlift"); const { loadConfiguration, BitbucketStack } = require("bitlift/app"); console.log([Space, loadConfiguration, BitbucketStack].map(({ name }) => name).join());',
    );
    for (const file of ["names.mjs", "names.cjs"]) {
      expect((await run(process.execPath, [file], { cwd: folder })).stdout).toBe("Space,loadConfiguration,BitbucketStack\n");
    }
    for (const schema of ["bitlift/schema", "bitlift/bitlift-review.schema.json"]) {
      const printed = await run(process.execPath, ["-p", `JSON.stringify(require("${schema}"))`], { cwd: folder });
      expect(JSON.parse(printed.stdout)).toHaveProperty("properties");
    }
  });
});

it.each(MODULES)("type-checks with the modules %s and the resolution %s: %s and main.ts", async (module, moduleResolution, file) => {
  await writeFile(join(folder, file), everyEntry("cdktf"));
  expect(await typeErrors(folder, [file, "main.ts"], module, moduleResolution)).toBe("");
});

it("an import for the other host says what to import instead", async () => {
  expect(existsSync(join(folder, "node_modules/cdktn"))).toBe(false);
  const { code, output } = await runProgram(process.execPath, ["-e", 'require("bitlift/cdktn/app")'], { cwd: folder, env: {} });
  expect([code, output]).toEqual([1, expect.stringContaining('Import "bitlift" instead of "bitlift/cdktn"')]);
});

it("has type declarations that import no package of this repository", async () => {
  const declarations = await readdir(join(folder, "node_modules/bitlift/dist"), { recursive: true });
  for (const name of declarations.filter((file) => file.endsWith(".d.ts"))) {
    const text = await readFile(join(folder, "node_modules/bitlift/dist", name), "utf8");
    expect([name, text.includes("@bitlift/")]).toEqual([name, false]);
  }
});

it("starts fast, because validate loads neither cdktf nor constructs", async () => {
  const loaded =
    'process.on("exit", () => console.error(Object.keys(require.cache).filter((file) => /node_modules.(cdktf|cdktn|constructs)./.test(file)).length));';
  await writeFile(join(folder, "loaded.cjs"), loaded);
  await writeFile(join(folder, "small.yaml"), "version: 1\n");
  for (const args of [["validate", "small.yaml"], ["schema"], ["--help"]]) {
    const { stderr } = await run(process.execPath, ["-r", "./loaded.cjs", "node_modules/bitlift/dist/packages/cli/bin.js", ...args], {
      cwd: folder,
    });
    expect([args, stderr.trim().split("\n").at(-1)]).toEqual([args, "0"]);
  }
});

it("contains no tests and no TypeScript sources", async () => {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json"], { cwd: ROOT });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  expect(files.filter(({ path }) => /__tests__|\.test\.|(?<!\.d)\.ts$/.test(path))).toEqual([]);
});
