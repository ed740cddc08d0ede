/** The packed runtime in a separate project: the README's commands install it, and build and run the README's provider. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { makeTerraformPluginPackage } from "../../../../tools/build/terraform-plugin-package";
import { chooseEngine, cleanEnvironment, type Engine } from "../../../engine";

jest.setTimeout(300_000);

const EXAMPLE = resolve(__dirname, "../../examples/one-resource");

interface Result {
  readonly code: number;
  readonly output: string;
}

let folder: string;
let project: string;
let engine: Engine;
let engineEnvironment: Record<string, string>;

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Result> {
  return new Promise((done) => {
    execFile(command, args, { cwd, env, maxBuffer: 64 * 2 ** 20 }, (failure, stdout, stderr) => {
      done({ code: failure === null ? 0 : Number(failure.code), output: stdout + stderr });
    });
  });
}

/** Runs a script of the README. Packages come from npm's cache if possible. */
function runScript(name: string): Promise<Result> {
  return run("sh", [name], project, {
    ...process.env,
    npm_config_prefer_offline: "true",
    npm_config_audit: "false",
    npm_config_fund: "false",
  });
}

function runEngine(...args: readonly string[]): Promise<Result> {
  return run(engine.path, args, project, engineEnvironment);
}

/** Runs an engine command of the README, without its prompts. */
async function runReadmeCommand(command: "init" | "apply" | "destroy"): Promise<Result> {
  const lines = (await readFile(join(EXAMPLE, "apply.sh"), "utf8")).split("\n");
  expect(lines).toContain(`terraform ${command}`);
  return runEngine(command, "-no-color", ...(command === "init" ? [] : ["-auto-approve"]));
}

beforeAll(async () => {
  engine = await chooseEngine();
  folder = await mkdtemp(join(tmpdir(), "packed-"));
  project = join(folder, "project");
  await mkdir(project);
  engineEnvironment = await cleanEnvironment(engine, join(folder, "engine"));
  await makeTerraformPluginPackage(join(folder, "package"));
  const packed = await run("npm", ["pack", "--pack-destination", project, join(folder, "package")], folder, process.env);
  expect(packed).toMatchObject({ code: 0 });
  await cp(EXAMPLE, project, { recursive: true });
  expect(await runScript("install.sh")).toMatchObject({ code: 0 });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

it("installs without any other package of this repository", async () => {
  const manifest = JSON.parse(await readFile(join(project, "node_modules/@bitlift/terraform-plugin/package.json"), "utf8")) as {
    dependencies: object;
  };
  expect(Object.keys(manifest.dependencies)).toEqual(["@msgpack/msgpack"]);
  await expect(stat(join(project, "node_modules/@bitlift/diagnostics"))).rejects.toThrow("ENOENT");
});

it.each([
  ["node16", "node16"],
  ["es2022", "bundler"],
])("has types for module %s with moduleResolution %s", async (moduleFormat, resolution) => {
  // An unused `@ts-expect-error` is an error, so this fails if the types are missing.
  const source = [
    'import { computed, required, resourceFor } from "@bitlift/terraform-plugin";',
    "const attributes = { name: required.string('Name.'), id: computed.string('Id.') };",
    "resourceFor<undefined>()({",
    "  type: 'thing', summary: 'A thing.', attributes, identity: ['id'],",
    "  // @ts-expect-error -- the plan may contain unknown values, which a result must not",
    "  create: ({ plan }) => Promise.resolve(plan),",
    "  read: ({ state }) => Promise.resolve(state),",
    "  update: ({ plan }) => Promise.resolve({ name: plan.name, id: 'id' }),",
    "  delete: () => Promise.resolve(),",
    "});",
  ];
  await writeFile(join(project, "types.ts"), source.join("\n"));
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", moduleFormat, "--moduleResolution", resolution];
  const checked = await run(
    process.execPath,
    ["node_modules/typescript/bin/tsc", ...options, "--types", "node", "types.ts"],
    project,
    process.env,
  );
  expect(checked).toEqual({ code: 0, output: "" });
});

describe("the README's provider", () => {
  it("is built into one file, in a folder that the engine searches", async () => {
    expect(await runScript("build.sh")).toEqual({ code: 0, output: "" });
    expect(await runReadmeCommand("init")).toMatchObject({ code: 0 });
  });

  it("creates the file, after which the plan is empty", async () => {
    expect(await runReadmeCommand("apply")).toMatchObject({ code: 0 });
    expect(await readFile(join(project, "greeting.txt"), "utf8")).toBe("Hello, world!\n");
    const { output } = await runEngine("output", "-raw", "sha256");
    expect(output).toBe("d9014c4624844aa5bac314773d6b689ad467fa4e1d1a50a1b8a99d5a95f72ff5");
    expect(await runEngine("plan", "-detailed-exitcode", "-no-color")).toMatchObject({ code: 0 });
  });

  it("corrects drift", async () => {
    await writeFile(join(project, "greeting.txt"), "changed manually");
    expect(await runEngine("plan", "-detailed-exitcode", "-no-color")).toMatchObject({ code: 2 });
    expect(await runEngine("apply", "-auto-approve", "-no-color")).toMatchObject({ code: 0 });
    expect(await readFile(join(project, "greeting.txt"), "utf8")).toBe("Hello, world!\n");
  });

  it("imports the file", async () => {
    expect(await runEngine("state", "rm", "text_file.greeting")).toMatchObject({ code: 0 });
    const failed = await runEngine("apply", "-auto-approve", "-no-color");
    expect(failed.code).toBe(1);
    expect(failed.output).toContain("(file-exists)");
    expect(await runEngine("import", "-no-color", "text_file.greeting", "greeting.txt")).toMatchObject({ code: 0 });
    expect(await runEngine("plan", "-detailed-exitcode", "-no-color")).toMatchObject({ code: 0 });
  });

  it("deletes the file", async () => {
    expect(await runReadmeCommand("destroy")).toMatchObject({ code: 0 });
    await expect(stat(join(project, "greeting.txt"))).rejects.toThrow("ENOENT");
  });
});
