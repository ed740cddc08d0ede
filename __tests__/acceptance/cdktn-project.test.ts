/** A project on CDK Terrain: the published package with cdktn and without cdktf, from the installation to an apply against the sandbox. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { devDependencies } from "../../package.json";
import { chooseEngine, cleanEnvironment } from "../../packages/engine";
import { startSandbox, type Sandbox } from "../../packages/sandbox";
import { runProgram } from "../../tools/harness";
import { everyEntry, installPackage, MODULES, typeErrors } from "./installed-package";

jest.setTimeout(300_000);

const run = promisify(execFile);
let folder: string;
let sandbox: Sandbox;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = await installPackage(["cdktn", "constructs"]);
  sandbox = await startSandbox();
  environment = await cleanEnvironment(await chooseEngine(), folder, { ...sandbox.environment, CI: "1" });
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

const npx = (...args: readonly string[]) => runProgram("npx", ["--no", ...args], { cwd: folder, env: environment });

it("installs no cdktf and no second copy of constructs, and leaves no conflict", async () => {
  expect(existsSync(join(folder, "node_modules/cdktf"))).toBe(false);
  const { stdout } = await run("npm", ["ls", "--all", "--json", "cdktf", "cdktn", "constructs"], { cwd: folder });
  const versions = [...stdout.matchAll(/"(cdkt[fn]|constructs)": \{\s*"version": "([^"]+)"/g)].map(
    ([, name, version]) => `${name} ${version}`,
  );
  expect([...new Set(versions)].sort()).toEqual([`cdktn ${devDependencies.cdktn}`, `constructs ${devDependencies.constructs}`]);
  expect(stdout).not.toMatch(/"problems"|"invalid"|"missing"/);
});

it.each(["bitlift", "bitlift/app", "bitlift/bitbucket", "bitlift/spacelift/lib/stack"])(
  "an import of %s says what to import instead",
  async (path) => {
    for (const args of [
      ["-e", `require("${path}")`],
      ["--input-type=module", "-e", `import "${path}"`],
    ]) {
      const { code, output } = await runProgram(process.execPath, args, { cwd: folder, env: environment });
      expect(code).toBe(1);
      expect(output).toContain("Error: The host framework is not installed\n");
      expect(output).toContain('Import "bitlift/cdktn" instead of "bitlift"');
      expect(output).not.toContain("MODULE_NOT_FOUND");
    }
  },
);

describe("a project of bitlift init", () => {
  it("is written for the host that is installed", async () => {
    const { code, output } = await npx("bitlift", "init", "--pipeline", "none");
    expect([code, output]).toEqual([0, expect.stringContaining("written  main.ts\n")]);
    expect(await readFile(join(folder, "main.ts"), "utf8")).toContain('from "bitlift/cdktn/app"');
    expect(await readFile(join(folder, "package.json"), "utf8")).not.toContain("cdktf");
  });

  it("is valid, and plans and deploys with nothing else written", async () => {
    expect(await npx("bitlift", "validate")).toMatchObject({ code: 0 });
    const planned = await npx("bitlift", "plan");
    expect(planned).toMatchObject({ code: 2, output: expect.stringContaining("Plan: 3 to create in 1 part.") as unknown });
    expect(await npx("bitlift", "review")).toMatchObject({ code: 2, output: "No findings. Plan: 3 created.\n" });
    expect(await npx("bitlift", "apply", "--auto-approve")).toMatchObject({ code: 0 });
    expect(await npx("bitlift", "plan")).toMatchObject({ code: 0, stdout: "main: no changes\nPlan: no changes in 1 part.\n" });
    expect(await npx("bitlift", "export", "exported", "--no-backend")).toMatchObject({ code: 0, stdout: "main: exported/main\n" });
  });
});

it.each(MODULES)("type-checks with the modules %s and the resolution %s: %s and main.ts", async (module, moduleResolution, file) => {
  await writeFile(join(folder, file), everyEntry("cdktn"));
  expect(await typeErrors(folder, [file, "main.ts"], module, moduleResolution)).toBe("");
});
