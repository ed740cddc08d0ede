/** The default app with the real `cdktf synth`, and the files that it writes, which a person may upload or commit. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import cdktf from "../../cdktf.json";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { version } from "../../package.json";
import { runProgram } from "../../tools/harness";

// Each run of cdktf takes seconds on a busy machine.
jest.setTimeout(120_000);

const ROOT = resolve(__dirname, "../..");
/** Values in the environment during synthesis, as in a pipeline. */
const SECRETS = {
  PAYMENTS_BITBUCKET_API_TOKEN: "token-that-reads-code-7f3a",
  LEDGER_BITBUCKET_ACCESS_TOKEN: "token-that-reads-the-server-7f3a",
  BITBUCKET_DATACENTER_TOKEN: "token-that-manages-the-server-7f3a",
  SPACELIFT_API_KEY_ID: "key-id-7f3a",
  SPACELIFT_API_KEY_SECRET: "key-secret-7f3a",
  BITBUCKET_ACCESS_TOKEN: "token-that-manages-webhooks-7f3a",
};

let folder: string;
let engine: Engine;
let environment: Record<string, string>;

beforeAll(async () => {
  engine = await chooseEngine(process.env);
  folder = await mkdtemp(join(tmpdir(), "cdktf-"));
  environment = await cleanEnvironment(engine, folder, { ...SECRETS, CI: "1" });
  await configure(await original());
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a cdktf.json that starts this repository's app, and bitlift.yaml, in a folder outside the working tree. */
async function configure(file: string, context?: unknown): Promise<void> {
  const app = `${process.execPath} --import ${require.resolve("tsx")} ${join(ROOT, "main.ts")}`;
  await writeFile(join(folder, "cdktf.json"), JSON.stringify({ ...cdktf, app, context: { bitlift: context } }));
  await writeFile(join(folder, "bitlift.yaml"), file);
}

const original = () => readFile(join(ROOT, "bitlift.yaml"), "utf8");

const run = (command: string, args: readonly string[], cwd: string) => runProgram(command, args, { cwd, env: environment });

const synth = () => run(process.execPath, [join(ROOT, "node_modules/cdktf-cli/bundle/bin/cdktf"), "synth"], folder);
const stack = () => join(folder, "cdktf.out/stacks/main");

it("synthesizes a stack that the engine initializes and validates offline", async () => {
  expect(await synth()).toMatchObject({ code: 0, output: expect.stringContaining("Generated Terraform code for the stacks: main") });
  expect(await run(engine.path, ["init", "-input=false"], stack())).toMatchObject({ code: 0 });
  expect((await run(engine.path, ["providers"], stack())).output).toContain(`provider[terraform.local/bitlift/bitlift] ${version}`);
  expect(await run(engine.path, ["validate", "-no-color"], stack())).toMatchObject({ code: 0, output: expect.stringContaining("Success") });
});

it("keeps the other entries of the lock file in a second synthesis", async () => {
  const path = join(stack(), ".terraform.lock.hcl");
  const otherEntry = 'provider "registry.terraform.io/hashicorp/null" {\n  version = "3.2.1"\n}\n';
  const before = await readFile(path, "utf8");
  await writeFile(path, `${otherEntry}\n${before}`);
  expect(await synth()).toMatchObject({ code: 0 });
  expect(await readFile(path, "utf8")).toBe(`${otherEntry}\n${before}`);
});

it("writes no secret from the environment into any file", async () => {
  const files = (await readdir(join(folder, "cdktf.out"), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.map((file) => file.name)).toEqual(expect.arrayContaining(["cdk.tf.json", "manifest.json", ".terraform.lock.hcl"]));
  for (const file of files) {
    const text = await readFile(join(file.parentPath, file.name), "utf8");
    for (const secret of Object.values(SECRETS)) expect(text.includes(secret)).toBe(false);
  }
});

/** The defect, the change of the file, and what the text contains. */
it.each<[string, (file: string) => string, readonly string[]]>([
  [
    "has an unknown key",
    (file) => file.replace("    name: Bitlift demo", "    nmae: Bitlift demo"),
    ["bitlift.yaml:6:5: error: ", "    nmae: Bitlift demo\n", "^^^^", "[unknown-key]"],
  ],
  [
    "breaks a rule between entries",
    (file) => file.replace("    name: Bitbucket for Payments", "    name: Bitbucket for Payments\n    default: true"),
    ["bitlift.yaml:", "space: demo", "[default-outside-root]"],
  ],
  ["names no repository", (file) => file.replace("- acme-workspace/billing", "- ~jdoe/dotfiles"), ["bitlift.yaml:", "~jdoe/dotfiles", "^"]],
])("shows the mistake in a file that %s, and no stack trace", async (_, change, texts) => {
  await configure(change(await original()));
  const { code, output } = await synth();
  expect(code).toBe(1);
  for (const text of texts) expect(output).toContain(text);
  expect(output).not.toMatch(/^\s+at |node:internal|Validation failed|\[Problem\]|main\.ts:\d/m);
});

it("writes one stack for each part, in their order, or only the parts that are asked for", async () => {
  await configure(`${await original()}\nparts: integration\n`);
  const app = ["--import", require.resolve("tsx"), join(ROOT, "main.ts")];
  const stacksOf = async (parts: string) => {
    const outdir = join(folder, "parts.out");
    const ended = await runProgram(process.execPath, app, {
      cwd: folder,
      env: { ...environment, CDKTF_OUTDIR: outdir, BITLIFT_PARTS: parts },
    });
    expect(ended).toMatchObject({ code: 0 });
    const { stacks } = JSON.parse(await readFile(join(outdir, "manifest.json"), "utf8")) as {
      readonly stacks: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
    };
    await rm(outdir, { recursive: true });
    return Object.fromEntries(Object.entries(stacks).map(([name, { dependencies }]) => [name, dependencies]));
  };
  expect(await stacksOf("")).toEqual({ spaces: [], payments: ["spaces"], ledger: ["spaces"] });
  expect(await stacksOf("ledger")).toEqual({ ledger: [] });
});

it("reads the file that cdktf.json names, and refuses a configuration in cdktf.json", async () => {
  await configure("", "teams/own.yaml");
  await mkdir(join(folder, "teams"));
  await writeFile(join(folder, "teams/own.yaml"), await original());
  expect(await synth()).toMatchObject({ code: 0 });

  await configure(await original(), { integrations: {} });
  const { code, output } = await synth();
  expect([code, output]).toEqual([1, expect.stringMatching(/Move it into the file bitlift\.yaml[\s\S]*guides\/file\.md/)]);
});
