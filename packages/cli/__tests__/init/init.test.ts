/** `bitlift init`: a valid project that overwrites nothing. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { readConfiguration } from "../../../configuration";
import { init } from "../../init/command";
import type { Pipeline } from "../../init/files";

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

const FILES = [".gitignore", "bitlift.yaml", "cdktf.json", "main.mjs", "package.json"];

it.each<[Pipeline, readonly string[]]>([
  ["bitbucket", ["bitbucket-pipelines.yml"]],
  ["spacelift", [".spacelift"]],
  ["none", []],
])("with the pipeline %s, it writes the project and %j", async (pipeline, files) => {
  await init(folder, { pipeline });
  expect((await readdir(folder)).sort()).toEqual([...FILES, ...files].sort());
  for (const name of files.filter((file) => file.endsWith(".yml"))) expect(parse(await readFile(join(folder, name), "utf8"))).toBeDefined();
});

it("the file is valid, also with its comments as settings", async () => {
  await init(folder, { pipeline: "none" });
  const path = join(folder, "bitlift.yaml");
  expect((await readConfiguration(path)).findings).toEqual([]);
  const text = await readFile(path, "utf8");
  expect(text).toMatch(/^# yaml-language-server: \$schema=node_modules\/bitlift\/bitlift\.schema\.json\n/);
  await writeFile(path, text.replace("# state:", "state:").replace("#   backend:", "  backend:").replace("      # - {", "      - {"));
  const { configuration, findings } = await readConfiguration(path);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(configuration?.integrations.get("payments")?.sets).toHaveLength(1);
});

it("pins every package to an exact version", async () => {
  await init(folder, { pipeline: "none" });
  const { dependencies } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { dependencies: Record<string, string> };
  expect(Object.keys(dependencies)).toEqual(["bitlift", "cdktf", "cdktf-cli", "constructs"]);
  for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(printed).toContain("npm install\n");
});

it("leaves what exists as it is, and names the packages that an existing package.json lacks", async () => {
  const manifest = '{ "dependencies": { "constructs": "^10.4.2" } }';
  await writeFile(join(folder, "package.json"), manifest);
  await writeFile(join(folder, "bitlift.yaml"), "version: 1\n");
  await init(folder, { pipeline: "none" });
  expect(printed).toContain(
    "exists   package.json, left as it is\nwritten  cdktf.json\nwritten  main.mjs\nexists   bitlift.yaml, left as it is\n",
  );
  expect(printed).toMatch(/npm install --save-exact bitlift@\S+ cdktf@\S+ cdktf-cli@\S+\n/);
  expect(await readFile(join(folder, "package.json"), "utf8")).toBe(manifest);
  expect(await readFile(join(folder, "bitlift.yaml"), "utf8")).toBe("version: 1\n");
});
