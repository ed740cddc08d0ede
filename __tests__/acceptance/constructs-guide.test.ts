/** The guide to the constructs from an empty folder, with the packed package and its emulators: its files and its commands, as they are printed. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { version } from "../../package.json";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { runProgram } from "../../tools/harness";

jest.setTimeout(300_000);

const ROOT = resolve(__dirname, "../..");
const GUIDES = join(ROOT, "docs/guides");
const FILE_IN_GUIDE = /<!-- region: examples\/constructs\/(\S+)#whole -->\n+```\w+\n([\s\S]*?)\n```/g;
/** Installed from the checkout: the package itself must not need them, and cdktf-cli is large. */
/** Those that the package does not bring along. */
const DEVELOPMENT_PACKAGES = ["@types/node", "cdktf-cli", "typescript"];
const EXECUTABLES: Readonly<Record<string, string>> = {
  tsc: "typescript/bin/tsc",
  cdktf: "cdktf-cli/bundle/bin/cdktf",
  bitlift: "bitlift/dist/packages/cli/bin.js",
};

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

let folder: string;
let engine: Engine;
let sandbox: ChildProcess | undefined;
let environment: Record<string, string>;

const readGuide = (name: string) => readFile(join(GUIDES, `${name}.md`), "utf8");

/** Writes the files that a guide shows. */
async function writeFilesOf(guide: string): Promise<readonly string[]> {
  const files = [...guide.matchAll(FILE_IN_GUIDE)].map(([, name = "", text = ""]) => ({ name, text: `${text}\n` }));
  for (const { name, text } of files) await writeFile(join(folder, name), text);
  return files.map(({ name }) => name);
}

/** Runs `npx <command> <arguments>` as printed in the guide. */
function npx(command: string, ...more: readonly string[]) {
  const [name = "", ...args] = command.split(" ").slice(1);
  return runProgram(process.execPath, [join(folder, "node_modules", EXECUTABLES[name] ?? ""), ...args, ...more], {
    cwd: folder,
    env: environment,
  });
}

/** Installs the packed package and its dependencies, and links the development packages. */
async function install(): Promise<void> {
  const npm = (...args: string[]) => runProgram("npm", args, { cwd: folder, env: { ...process.env, CI: "1" } });
  await runProgram("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: ROOT, env: process.env as Record<string, string> });
  const flags = ["--omit=dev", "--no-audit", "--no-fund", "--prefer-offline"];
  expect(await npm("install", ...flags, `./bitlift-${version}.tgz`)).toMatchObject({ code: 0 });
  for (const name of DEVELOPMENT_PACKAGES) {
    await mkdir(dirname(join(folder, "node_modules", name)), { recursive: true });
    await symlink(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
}

async function startSandbox(): Promise<Record<string, string>> {
  sandbox = spawn(process.execPath, [join(folder, "node_modules", EXECUTABLES["bitlift"] ?? ""), "sandbox", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (sandbox.stdout === null) throw new Error("The sandbox has no standard output.");
  const [line] = (await once(sandbox.stdout, "data")) as [unknown];
  return JSON.parse(String(line)) as Record<string, string>;
}

beforeAll(async () => {
  engine = await chooseEngine();
  folder = await mkdtemp(join(tmpdir(), "guide-"));
  expect(await writeFilesOf(await readGuide("constructs"))).toEqual([
    "package.json",
    "tsconfig.json",
    "cdktf.json",
    "payments-stack.ts",
    "main.ts",
  ]);
  await install();
  environment = await cleanEnvironment(engine, folder, { ...(await startSandbox()), CI: "1" });
});

afterAll(async () => {
  sandbox?.kill("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

it("the versions in package.json are those that this version is tested with", async () => {
  const guide = JSON.parse(await readFile(join(ROOT, "examples/constructs/package.json"), "utf8")) as Manifest;
  const { dependencies, devDependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as Manifest;
  const tested: Record<string, string | undefined> = { ...dependencies, ...devDependencies, bitlift: version };
  for (const [name, stated] of Object.entries({ ...guide.dependencies, ...guide.devDependencies }))
    expect([name, stated]).toEqual([name, tested[name]]);
});

it("the commands of the guide type-check, plan, deploy and destroy the app", async () => {
  const blocks = [...(await readGuide("constructs")).matchAll(/```shell\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
  const commands = blocks.flatMap((text) => text.split("\n").filter((line) => line.startsWith("npx ")));
  expect(commands).toEqual(["npx tsc", "npx bitlift sandbox", "npx cdktf diff", "npx cdktf deploy", "npx cdktf destroy"]);

  expect(await npx("npx tsc")).toMatchObject({ code: 0, output: "" });
  expect(await npx("npx cdktf diff")).toMatchObject({
    code: 0,
    output: expect.stringContaining("4 to add, 0 to change, 0 to destroy") as unknown,
  });
  expect(await npx("npx cdktf deploy", "--auto-approve")).toMatchObject({ code: 0, output: expect.stringContaining("4 added") as unknown });
  expect(await npx("npx cdktf diff")).toMatchObject({ code: 0, output: expect.stringContaining("No changes") as unknown });
  expect(await npx("npx cdktf destroy", "--auto-approve")).toMatchObject({
    code: 0,
    output: expect.stringContaining("4 destroyed") as unknown,
  });
});

it("the tests of the guide about testing pass in the same folder", async () => {
  const guide = await readGuide("testing");
  expect(await writeFilesOf(guide)).toEqual(["payments-stack.test.ts"]);
  expect(guide).toContain("node --import tsx --test payments-stack.test.ts");
  const { code, output } = await runProgram(process.execPath, ["--import", "tsx", "--test", "payments-stack.test.ts"], {
    cwd: folder,
    env: environment,
  });
  expect(output).toMatch(/pass 4\n/);
  expect(code).toBe(0);
});
