/** The default app with the real `cdktf synth`, and the files that it writes, which a person may upload or commit. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
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
  await configure(cdktf.context.bitlift);
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a cdktf.json that starts this repository's app, in a folder outside the working tree. */
async function configure(bitlift: unknown): Promise<void> {
  const app = `${process.execPath} --import ${require.resolve("tsx")} ${join(ROOT, "main.ts")}`;
  await writeFile(join(folder, "cdktf.json"), JSON.stringify({ ...cdktf, app, context: { bitlift } }));
}

const run = (command: string, args: readonly string[], cwd: string) => runProgram(command, args, { cwd, env: environment });

const synth = () => run(process.execPath, [join(ROOT, "node_modules/cdktf-cli/bundle/bin/cdktf"), "synth"], folder);
const stack = () => join(folder, "cdktf.out/stacks/bitbucket");

it("synthesizes a stack that the engine initializes and validates offline", async () => {
  expect(await synth()).toMatchObject({ code: 0, output: expect.stringContaining("Generated Terraform code for the stacks: bitbucket") });
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

const { spaces, integrations } = cdktf.context.bitlift;

/** The defect, the settings, the code, and a value in the text. */
it.each<[string, unknown, string, string]>([
  ["has an invalid setting", { spaces: { demo: {} } }, "configuration-invalid", "spaces.demo.name"],
  [
    "breaks a rule between settings",
    { spaces, integrations: { ...integrations, payments: { ...integrations.payments, isDefault: true } } },
    "default-outside-root",
    "bitbucket/payments: Error: ",
  ],
  [
    "contains an invalid name",
    { spaces, integrations: { payments: { ...integrations.payments, repositories: ["~jdoe/dotfiles"] } } },
    "value-not-allowed",
    '"~jdoe/dotfiles"',
  ],
])("shows the error in a configuration that %s, and no stack trace", async (_, context, expectedCode, value) => {
  await configure(context);
  const { code, output } = await synth();
  expect(code).toBe(1);
  expect(output).toContain(`(${expectedCode})`);
  expect(output).toContain(value);
  expect(output).not.toMatch(/^\s+at |node:internal|Validation failed|\[Problem\]|main\.ts:\d/m);
});
