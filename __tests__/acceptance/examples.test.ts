/** Every example app synthesizes, and a real engine accepts every configuration. */
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App, TerraformStack } from "cdktf";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { bitlift } from "../../packages/provider";
import { BitliftProvider } from "../../lib";
import { runProgram } from "../../tools/harness";
import { mirrorPlugin } from "../../tools/harness/plugin-installation";
import { installStandIns } from "../../tools/stand-ins";
import { expectGolden } from "../golden/golden";

// Starting TypeScript and an engine takes seconds on a busy machine.
jest.setTimeout(60_000);

const EXAMPLES = resolve(__dirname, "../../examples");
const LOADER = require.resolve("tsx");

let folder: string;
let engine: Engine;
let environment: Record<string, string>;

beforeAll(async () => (engine = await chooseEngine(process.env)));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "example-"));
  environment = await cleanEnvironment(engine, folder, { CDKTF_OUTDIR: join(folder, "out") });
});
afterEach(() => rm(folder, { recursive: true }));

const run = (command: string, args: readonly string[], cwd: string) => runProgram(command, args, { cwd, env: environment });

/** The synthesized stack without CDKTF's metadata and the path of the state. */
function withoutMetadata(text: string): unknown {
  const { terraform, ...rest } = JSON.parse(text, (key, value: unknown) => (key === "//" ? undefined : value)) as Record<string, object>;
  return { ...rest, terraform: { ...terraform, backend: undefined } };
}

/** Folders of the stacks, by name of the example. Each app is synthesized once, because starting TypeScript takes seconds. */
const stacks = new Map<string, Promise<string>>();

function synthesizeExample(name: string): Promise<string> {
  const stack = stacks.get(name) ?? runExample(name);
  stacks.set(name, stack);
  return stack;
}

/** @throws if the app fails */
async function runExample(name: string): Promise<string> {
  const output = await mkdtemp(join(tmpdir(), "example-"));
  const env = { ...environment, CDKTF_OUTDIR: output };
  const { code, output: text } = await runProgram(process.execPath, ["--import", LOADER, "main.ts"], { cwd: join(EXAMPLES, name), env });
  if (code !== 0) throw new Error(text);
  const [stack = ""] = await readdir(join(output, "stacks"));
  return join(output, "stacks", stack);
}

const APPS = [
  "configuration",
  "payments",
  "stack-source",
  "import-existing",
  "data-center",
  "every-repository",
  "pipelines",
  "published",
  "spacelift",
];

describe("the example apps", () => {
  it.each(APPS)("%s synthesizes", async (name) => {
    const text = await readFile(join(await synthesizeExample(name), "cdk.tf.json"), "utf8");
    expectGolden(`example-${name}`, JSON.parse(JSON.stringify(withoutMetadata(text))));
    // cdktf reads the file again before it plans, and rejects a provider without a version.
    const { terraform } = JSON.parse(text) as { terraform: { required_providers: Record<string, object> } };
    const required = Object.values(terraform.required_providers);
    expect(required).toEqual(required.map(() => ({ source: expect.any(String), version: expect.any(String) })));
  });

  it.each(APPS)("%s is accepted by the engine and its providers", async (name) => {
    const folderOfStack = await synthesizeExample(name);
    // The published providers are only here as stand-ins.
    const standIns = await installStandIns(folder);
    await mirrorPlugin(standIns.mirror);
    const env = { ...environment, TF_CLI_CONFIG_FILE: standIns.cliConfig };
    const inStack = (...args: readonly string[]) => runProgram(engine.path, args, { cwd: folderOfStack, env });
    expect(await inStack("init", "-input=false", "-backend=false")).toMatchObject({ code: 0 });
    expect(await inStack("validate", "-no-color")).toMatchObject({ code: 0, output: expect.stringContaining("Success") });
  });

  it("the list of folders in examples/ is complete", async () => {
    const apps = (await readdir(EXAMPLES, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    expect(apps.sort()).toEqual([
      "adopting",
      "air-gapped",
      // two-hosts.test.ts runs it: it imports the package as it is published.
      "cdktn",
      "configuration",
      // constructs-guide.test.ts follows its guide.
      "constructs",
      "data-center",
      "data-sources",
      "every-repository",
      // packages/configuration/__tests__/examples.test.ts reads it.
      "file",
      // getting-started.test.ts follows its guide.
      "getting-started",
      "import-existing",
      // moving-guide.test.ts follows its guide.
      "moving",
      "payments",
      "pipelines",
      "provider",
      "published",
      "resources",
      "spacelift",
      "stack-source",
    ]);
  });
});

describe("the configurations of the reference pages", () => {
  const typed = (list: readonly unknown[]) => list.map((declared) => `bitlift_${(declared as { type: string }).type}`);
  const files = [
    ...typed(bitlift.resources).map((type) => ["resources", type, "resource.tf"] as const),
    ...typed(bitlift.dataSources).map((type) => ["data-sources", type, "data-source.tf"] as const),
  ];

  /** A folder with the plugin, and a configuration that only declares the provider. */
  function withProvider(): string {
    const app = new App({ outdir: join(folder, "out") });
    new BitliftProvider(new TerraformStack(app, "page"), "bitlift");
    app.synth();
    return join(folder, "out/stacks/page");
  }

  async function expectAccepted(path: string, folderOfStack: string): Promise<void> {
    const text = await readFile(join(EXAMPLES, path), "utf8");
    expect(text).toMatch(/^# \S/);
    await writeFile(join(folderOfStack, "example.tf"), text);
    expect(await run(engine.path, ["init", "-input=false"], folderOfStack)).toMatchObject({ code: 0 });
    expect(await run(engine.path, ["validate", "-no-color"], folderOfStack)).toMatchObject({
      code: 0,
      output: expect.stringContaining("Success"),
    });
  }

  it.each(files)("%s/%s is accepted by the engine and the provider", (kind, type, file) =>
    expectAccepted(join(kind, type, file), withProvider()),
  );

  it("adopting/imports.tf is accepted by the engine and the provider, and declares the provider itself", async () => {
    const folderOfStack = withProvider();
    await rm(join(folderOfStack, "cdk.tf.json"));
    await expectAccepted("adopting/imports.tf", folderOfStack);
  });

  it.each(["generate.tf", "identity.tf"])("adopting/%s is written as the engine formats it", async (file) => {
    await writeFile(join(folder, file), await readFile(join(EXAMPLES, "adopting", file), "utf8"));
    expect(await run(engine.path, ["fmt", "-check", "-diff", file], folder)).toMatchObject({ code: 0, output: "" });
  });

  it.each(["filesystem-mirror.tfrc", "network-mirror.tfrc"])("with air-gapped/%s, init finds the plugin in the folder", async (file) => {
    const folderOfStack = withProvider();
    const [plugins, configuration] = [join(folder, "plugins"), join(folder, "cli.tfrc")];
    await rename(join(folderOfStack, "terraform.d/plugins"), plugins);
    const text = await readFile(join(EXAMPLES, "air-gapped", file), "utf8");
    await writeFile(configuration, text.replace("/opt/terraform/plugins", plugins));
    const env = { ...environment, TF_CLI_CONFIG_FILE: configuration };
    expect(await runProgram(engine.path, ["init", "-input=false"], { cwd: folderOfStack, env })).toMatchObject({ code: 0 });
    // Without the folder, nothing else provides the plugin.
    await rm(plugins, { recursive: true });
    await rm(join(folderOfStack, ".terraform"), { recursive: true });
    expect(await runProgram(engine.path, ["init", "-input=false"], { cwd: folderOfStack, env })).toMatchObject({ code: 1 });
  });

  it("provider/provider.tf is accepted by the engine and the provider, and declares the provider itself", async () => {
    const folderOfStack = withProvider();
    await rm(join(folderOfStack, "cdk.tf.json"));
    await expectAccepted("provider/provider.tf", folderOfStack);
  });

  it.each(typed(bitlift.resources))("%s has an import command with an ID in the right format", async (type) => {
    const text = await readFile(join(EXAMPLES, "resources", type, "import.sh"), "utf8");
    const [, address, id] = /^terraform import (\S+) '?([^'\n]+)'?$/m.exec(text) ?? [];
    expect(address).toMatch(new RegExp(`^${type}\\.\\w+$`));
    const { identity, importId } = bitlift.resources.find((resource) => `bitlift_${resource.type}` === type)!;
    const parts = id!.split("/");
    expect(parts).toHaveLength(identity.length);
    const values = Object.fromEntries(identity.map((name, index) => [name, parts[index]!]));
    expect(importId?.parse === undefined ? values : importId.parse(values)).toEqual(values);
  });
});
