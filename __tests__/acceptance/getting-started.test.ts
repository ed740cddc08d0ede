/** The guide "Getting started": its commands in an empty folder, with the packed package and its emulators. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { version } from "../../package.json";
import { chooseEngine, cleanEnvironment } from "../../packages/engine";
import { runProgram } from "../../tools/harness";

jest.setTimeout(300_000);

const ROOT = resolve(__dirname, "../..");
let folder: string;
let guide: string;
let sandbox: ChildProcess | undefined;
let environment: Record<string, string>;

/** Lines of the guide's shell blocks that start a program. */
const commands = () =>
  [...guide.matchAll(/```shell\n([\s\S]*?)```/g)].flatMap(([, text = ""]) => text.split("\n").filter((line) => /^np[mx] /.test(line)));

const sh = (command: string) => runProgram("/bin/sh", ["-c", command], { cwd: folder, env: environment });

beforeAll(async () => {
  guide = await readFile(join(ROOT, "docs/guides/getting-started.md"), "utf8");
  folder = await mkdtemp(join(tmpdir(), "start-"));
  environment = { ...(process.env as Record<string, string>), CI: "1" };
  await runProgram("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: ROOT, env: environment });
});
afterAll(async () => {
  sandbox?.kill("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

it("has these commands", () => {
  expect(commands()).toEqual([
    "npm install bitlift cdktf constructs",
    "npx bitlift init --pipeline none",
    "npm install",
    "npx bitlift validate",
    "npx bitlift sandbox",
    "npx bitlift plan",
    "npx bitlift apply",
    "npx cdktf destroy",
  ]);
  expect(guide).toContain(`npm install ./bitlift-${version}.tgz cdktf constructs`);
});

it("its commands lead from an empty folder to a deployed file, and back", async () => {
  const quietly = "--no-audit --no-fund --prefer-offline";
  const [install = "", init = "", tools = "", validate = "", , plan = "", apply = "", destroy = ""] = commands();
  expect(await sh(`${install.replace(" bitlift ", ` ./bitlift-${version}.tgz `)} ${quietly}`)).toMatchObject({ code: 0 });
  const initialized = await sh(init);
  expect(initialized).toMatchObject({ code: 0, stdout: expect.stringContaining(`1. ${tools}\n`) as unknown });
  // Only cdktf-cli is missing, which the command bitlift does not need.
  expect(await sh("npx bitlift plan")).toMatchObject({ code: 1, output: expect.stringContaining("SPACELIFT_API_KEY") as unknown });
  expect(await sh(`${tools} ${quietly}`)).toMatchObject({ code: 0 });
  expect(await sh(validate)).toMatchObject({ code: 0 });

  sandbox = spawn(join(folder, "node_modules/.bin/bitlift"), ["sandbox", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(sandbox.stdout!, "data")) as [unknown];
  environment = await cleanEnvironment(await chooseEngine(), folder, {
    ...(JSON.parse(String(line)) as Record<string, string>),
    CI: "1",
  });
  expect(await sh(plan)).toMatchObject({ code: 2, stdout: expect.stringContaining("Plan: 3 to create in 1 part.") as unknown });
  expect(await sh(`${apply} --auto-approve`)).toMatchObject({ code: 0 });
  expect(await sh(plan)).toMatchObject({ code: 0, stdout: expect.stringContaining("no changes") as unknown });
  expect(await sh(`${destroy} --auto-approve`)).toMatchObject({ code: 0, output: expect.stringContaining("3 destroyed") as unknown });
});

it("shows what validate prints for a mistake", async () => {
  const file = await readFile(join(folder, "bitlift.yaml"), "utf8");
  await writeFile(join(folder, "bitlift.yaml"), file.replace("repositories:", "repositries:"));
  const { code, output } = await sh("npx bitlift validate");
  await cp(join(ROOT, "examples/getting-started/bitlift.yaml"), join(folder, "bitlift.yaml"));
  expect(code).toBe(1);
  expect(guide).toContain(`\`\`\`text\n${output.trimEnd()}\n\`\`\``);
});

it("shows the file that init writes, and how an app in JavaScript starts", async () => {
  expect(guide).toContain("examples/getting-started/bitlift.yaml#file");
  expect(guide).toContain('rename `main.ts` to `main.mjs`, and set `"app": "node main.mjs"`');
  await cp(join(folder, "main.ts"), join(folder, "main.mjs"));
  expect(await sh("node main.mjs")).toMatchObject({ code: 0 });
});

it("the README shows what validate and plan print for its file", async () => {
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  const [, file = ""] = /<!-- region: examples\/file\/cloud\.yaml#whole -->\n+```yaml\n([\s\S]*?\n)```/.exec(readme) ?? [];
  const path = join(folder, "bitlift.yaml");
  await writeFile(path, file.replace("repositories:", "repositries:"));
  expect(readme).toContain(`\`\`\`text\n${(await sh("npx bitlift validate")).output.trimEnd()}\n\`\`\``);
  await writeFile(path, file);
  const { code, stdout } = await sh("npx bitlift plan");
  expect(code).toBe(2);
  expect(readme).toContain(`\`\`\`text\n${stdout.trimEnd()}\n\`\`\``);
});
