/** `bitlift init`: a valid project that overwrites nothing. */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { dependencies, devDependencies, version } from "../../../../package.json";
import { readConfiguration } from "../../../configuration";
import { init } from "../../init/command";
import { projectFiles, type Pipeline } from "../../init/files";
import { hostNamed } from "../../init/host";
import { packageManagerOf } from "../../init/package-manager";

const ROOT = resolve(__dirname, "../../../..");
let folder: string;
let printed: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "init-"));
  printed = "";
  jest.spyOn(process.stdout, "write").mockImplementation((text) => ((printed += String(text)), true));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const FILES = [".gitignore", "bitlift.yaml", "cdktf.json", "main.ts", "package.json"];
const read = (name: string) => readFile(join(folder, name), "utf8");
const write = (name: string, text: string) => writeFile(join(folder, name), text);

it.each<[Pipeline, readonly string[]]>([
  ["bitbucket", ["bitbucket-pipelines.yml"]],
  ["spacelift", [".spacelift"]],
  ["none", []],
])("with the pipeline %s, it writes the project and %j", async (pipeline, files) => {
  await init(folder, { pipeline });
  expect((await readdir(folder)).sort()).toEqual([...FILES, ...files].sort());
});

it.each<[Pipeline, string, string]>([
  ["bitbucket", "bitbucket-pipelines.yml", "examples/pipelines/bitbucket-pipelines.yml"],
  ["spacelift", ".spacelift/config.yml", "examples/spacelift/config.yml"],
  ["none", "bitlift.yaml", "examples/getting-started/bitlift.yaml"],
])("with the pipeline %s, it writes the %s that the guides show", async (pipeline, name, example) => {
  const text = projectFiles(pipeline)[name];
  expect(parse(text ?? "")).toMatchObject({});
  expect(text).toBe(await readFile(join(ROOT, example), "utf8"));
});

it("the file is valid, also with its comments as settings", async () => {
  await init(folder, { pipeline: "none" });
  const path = join(folder, "bitlift.yaml");
  expect((await readConfiguration(path)).findings).toEqual([]);
  const text = await read("bitlift.yaml");
  expect(text).toMatch(/^# yaml-language-server: \$schema=node_modules\/bitlift\/bitlift\.schema\.json\n/);
  const [head = "", body = ""] = text.split("version: 1");
  const settings = body.replace(/^( *)# (state:| {2}backend:|- \{|ledger:| {2}[a-z]+:|servers:)/gm, "$1$2");
  await writeFile(path, `${head}version: 1${settings}`);
  const { configuration, findings } = await readConfiguration(path);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(configuration?.integrations.get("payments")?.sets).toHaveLength(1);
  expect([...(configuration?.integrations.keys() ?? [])]).toEqual(["payments", "ledger"]);
});

describe.each([
  ["pnpm", "pnpm-lock.yaml", "pnpm install", "pnpm exec bitlift plan"],
  ["yarn", "yarn.lock", "yarn install", "yarn bitlift plan"],
])("in a project of %s", (name, lockFile, install, plan) => {
  it("the next steps and the pipeline use its commands", async () => {
    await write(lockFile, "");
    await init(folder, { pipeline: "bitbucket" });
    expect(printed).toContain(`2. ${install}\n`);
    expect(printed).toContain(`${plan}\n`);
    expect(printed).toContain(`Commit everything, ${lockFile} too.`);
    const text = await read("bitbucket-pipelines.yml");
    expect(text).toContain(`- npm install --global ${name}\n            - ${install} --frozen-lockfile\n`);
    expect(text).not.toMatch(/npx|npm ci|caches|package-lock/);
    expect(Object.keys(parse(text) as object)).toEqual(["image", "pipelines"]);
  });

  it("which runs the command, too", () => {
    expect(packageManagerOf(folder, { npm_config_user_agent: `${name}/9.1.0 npm/? node/v20.9.0` }).name).toBe(name);
    expect(packageManagerOf(folder, {}).name).toBe("npm");
  });
});

it("names each package with the version that this version is tested with", async () => {
  await init(folder, { pipeline: "none" });
  const manifest = JSON.parse(await read("package.json")) as Record<"dependencies" | "devDependencies", Record<string, string>>;
  expect(Object.keys(manifest.dependencies)).toEqual(["bitlift", "cdktf", "constructs", "tsx"]);
  expect(manifest.devDependencies).toEqual({ "cdktf-cli": devDependencies["cdktf-cli"] });
  for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(printed).toContain("2. npm install\n");
});

describe("for CDK Terrain", () => {
  const imports = 'import { synthesizeApp } from "bitlift/cdktn/app";';

  it.each<[string, object, "cdktf" | "cdktn" | undefined, boolean]>([
    ["package.json names it", { dependencies: { cdktn: "^0.24.0" } }, undefined, true],
    ["package.json names it for development", { devDependencies: { cdktn: "^0.24.0" } }, undefined, true],
    ["package.json names both", { dependencies: { cdktn: "^0.24.0", cdktf: "^0.21.0" } }, undefined, false],
    ["package.json names neither", {}, undefined, false],
    ["the option says so", { dependencies: { cdktf: "^0.21.0" } }, "cdktn", true],
    ["the option says otherwise", { dependencies: { cdktn: "^0.24.0" } }, "cdktf", false],
  ])("if %s", async (_, manifest, host, expected) => {
    await write("package.json", JSON.stringify(manifest));
    await init(folder, { pipeline: "none", ...(host === undefined ? {} : { host }) });
    expect((await read("main.ts")).includes(imports)).toBe(expected);
  });

  it("adds its packages, and none of CDKTF", async () => {
    await init(folder, { pipeline: "none", host: "cdktn" });
    const { dependencies } = JSON.parse(await read("package.json")) as { dependencies: object };
    expect(Object.keys(dependencies)).toEqual(["bitlift", "cdktn", "constructs", "tsx"]);
    expect(await read("package.json")).not.toContain("cdktf");
  });

  it.each([
    ["20.20.2", {}],
    ["22.18.0", {}],
    ["22.19.0", { "cdktn-cli": devDependencies.cdktn }],
    ["24.0.0", { "cdktn-cli": devDependencies.cdktn }],
  ])("adds its command if Node.js %s can run it", (node, expected) => {
    expect(hostNamed("cdktn", node).packages.devDependencies).toEqual(expected);
  });

  it("says that an existing app imports the other host", async () => {
    await write("package.json", JSON.stringify({ dependencies: { cdktn: "^0.24.0" } }));
    await write("main.ts", 'import { synthesizeApp } from "bitlift/app";\nsynthesizeApp();\n');
    await init(folder, { pipeline: "none" });
    expect(printed).toContain("Note: main.ts imports Bitlift for another host framework. Import bitlift/cdktn/app instead.\n");
  });
});

it("adds what an existing package.json lacks, and leaves everything else as it is", async () => {
  const manifest = { name: "infrastructure", type: "module", scripts: { plan: "echo" }, dependencies: { constructs: "^10.4.2" } };
  await write("package.json", JSON.stringify({ ...manifest, other: [1] }, null, 4));
  await write("bitlift.yaml", "version: 1\n");
  await init(folder, { pipeline: "none" });
  expect(printed).toContain(
    "exists   package.json, added validate, apply, bitlift, cdktf, tsx, cdktf-cli\nwritten  cdktf.json\nwritten  main.ts\nexists   bitlift.yaml, left as it is\n",
  );
  const text = await read("package.json");
  expect(text).toMatch(/^\{\n {4}"name": "infrastructure",\n {4}"type": "module",\n/);
  expect(JSON.parse(text)).toEqual({
    ...manifest,
    scripts: { plan: "echo", validate: "bitlift validate", apply: "bitlift apply" },
    dependencies: { constructs: "^10.4.2", bitlift: version, cdktf: devDependencies.cdktf, tsx: dependencies.tsx },
    devDependencies: { "cdktf-cli": devDependencies["cdktf-cli"] },
    other: [1],
  });
  expect(await read("bitlift.yaml")).toBe("version: 1\n");
});

it("changes nothing when it runs again, and has no notes on its own files", async () => {
  await init(folder, { pipeline: "bitbucket" });
  const files = await Promise.all([...FILES, "bitbucket-pipelines.yml"].map(read));
  printed = "";
  await init(folder, { pipeline: "bitbucket" });
  expect(printed).not.toMatch(/written|Note/);
  expect(await Promise.all([...FILES, "bitbucket-pipelines.yml"].map(read))).toEqual(files);
});

it("says what existing files lack", async () => {
  await write("cdktf.json", '{ "app": "node app.js" }');
  await write("main.ts", "console.log(1);\n");
  await write(".gitignore", "/node_modules\ncdktf.out\n");
  await init(folder, { pipeline: "none" });
  expect(printed).toContain('Note: cdktf.json starts another app than main.ts. Set "app" to "node --import tsx main.ts"');
  expect(printed).toContain("Note: main.ts does not read bitlift.yaml. Call synthesizeApp()");
  expect(printed).toContain("Note: Add these lines to .gitignore: .terraform/ *.tfstate *.tfstate.* *.tfplan plans/\n");
});

it("writes into a new folder, and names it as a word of a shell", async () => {
  await init(join(folder, "new/it's here"), { pipeline: "none" });
  expect((await readdir(join(folder, "new/it's here"))).sort()).toEqual(FILES);
  expect(printed).toMatch(/1\. cd '.*it'\\''s here'\n {2}2\. npm install\n/);
});

it("does not write through a link", async () => {
  await symlink(join(folder, "elsewhere"), join(folder, "main.ts"));
  await init(folder, { pipeline: "none" });
  expect(await readdir(folder)).not.toContain("elsewhere");
});

describe("refuses", () => {
  const refusal = async (target: string) => {
    const thrown: unknown = await init(target, { pipeline: "spacelift" }).catch((failure: unknown) => failure);
    return thrown as { diagnostic?: { code: string; why: string } };
  };

  it("a file instead of the folder", async () => {
    await write("file", "");
    expect((await refusal(join(folder, "file"))).diagnostic).toMatchObject({
      code: "project-not-written",
      why: `${join(folder, "file")} is not a folder.`,
    });
  });

  it("a file instead of a folder around it", async () => {
    await write("file", "");
    expect((await refusal(join(folder, "file/new"))).diagnostic).toMatchObject({
      code: "project-not-written",
      why: `${join(folder, "file")} is not a folder.`,
    });
  });

  it("a file instead of a folder in it", async () => {
    await write(".spacelift", "");
    expect((await refusal(folder)).diagnostic).toMatchObject({ code: "project-not-written" });
    expect(await read(".spacelift")).toBe("");
  });

  it.each(["not JSON", "[]"])("a package.json that contains %j, before it writes anything", async (text) => {
    await write("package.json", text);
    expect((await refusal(folder)).diagnostic).toMatchObject({ code: "project-not-written" });
    expect(await readdir(folder)).toEqual(["package.json"]);
  });

  it("a folder that cannot be made, or that is not writable", async () => {
    expect((await refusal(join(folder, "long".repeat(100)))).diagnostic).toMatchObject({ code: "project-not-written" });
    // Root may write everywhere.
    if (process.getuid?.() === 0) return;
    await mkdir(join(folder, "closed"), { mode: 0o555 });
    expect((await refusal(join(folder, "closed"))).diagnostic).toMatchObject({ code: "project-not-written" });
  });

  it("an unknown pipeline, with exit code 64", () => {
    const command = ["--import", require.resolve("tsx"), join(ROOT, "packages/cli/bin.js"), "init", folder, "--pipeline", "jenkins"];
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
    expect([status, stderr]).toEqual([64, expect.stringContaining("Allowed choices are bitbucket, spacelift, none.")]);
  });
});
