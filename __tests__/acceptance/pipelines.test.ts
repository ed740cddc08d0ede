/** The files of the pipeline guides, which `bitlift init` writes: a run of them plans and applies, and every command that they name exists. */
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import type { Sandbox } from "../../packages/sandbox";
import { runProgram } from "../../tools/harness";
import { startEngineAndSandbox } from "./engine-and-sandbox";

jest.setTimeout(120_000);

const ROOT = resolve(__dirname, "../..");
const EXAMPLES = join(ROOT, "examples");

let root: string;
let repository: string;
let engine: Engine;
let sandbox: Sandbox;
let stop: () => Promise<void>;
let environment: Record<string, string>;

beforeAll(async () => {
  ({ engine, sandbox, folder: root, stop } = await startEngineAndSandbox("pipelines-"));
  repository = join(root, "repository");
  // `npm ci` has nothing to install: the repository uses the packages of this one.
  await mkdir(join(root, "bin"));
  await writeFile(join(root, "bin/npm"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  const variables = {
    ...sandbox.environment,
    CI: "true",
    FORCE_COLOR: "0",
    TF_CLI_ARGS: "-no-color",
    PAYMENTS_BITBUCKET_API_TOKEN: "reads-code",
  };
  environment = await cleanEnvironment(engine, root, variables);
  environment["PATH"] = [join(root, "bin"), environment["PATH"]].join(delimiter);
});

afterAll(() => stop());

afterEach(() => rm(repository, { recursive: true, force: true }));

/** What `npm ci` would install. */
const PACKAGES: Readonly<Record<string, string>> = {
  bitlift: ROOT,
  cdktf: "cdktf",
  constructs: "constructs",
  tsx: "tsx",
  ".bin/bitlift": join(ROOT, "dist/packages/cli/bin.js"),
  ".bin/cdktf": "cdktf-cli/bundle/bin/cdktf",
};

/** A repository with the files that `bitlift init` writes, and the bitlift.yaml of an example. */
async function makeRepository(example: "spacelift" | "pipelines", change: (text: string) => string = (text) => text): Promise<void> {
  await mkdir(repository);
  for (const [name, target] of Object.entries(PACKAGES)) {
    const link = join(repository, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(resolve(ROOT, "node_modules", target), link);
  }
  const pipeline = example === "spacelift" ? "spacelift" : "bitbucket";
  expect(await sh(`npx bitlift init --pipeline ${pipeline}`, repository)).toMatchObject({ code: 0 });
  await writeFile(join(repository, "bitlift.yaml"), change(await read(`${example}/bitlift.yaml`)));
}

const sh = (command: string, cwd: string, variables: Record<string, string> = {}) =>
  runProgram("/bin/sh", ["-c", command], { cwd, env: { ...environment, ...variables } });

const read = (name: string) => readFile(join(EXAMPLES, name), "utf8");

/** The commands of `before_init`. */
async function hooks(): Promise<string> {
  const { stack_defaults: defaults } = parse(await readFile(join(repository, ".spacelift/config.yml"), "utf8")) as {
    stack_defaults: { before_init: string[] };
  };
  return defaults.before_init.join(" && ");
}

/** Spacelift's variables in a run of a stack. */
const RUN = { TF_VAR_spacelift_run_id: "01JKZAHVAQHFM8CC3EA5HWRMP1", TF_VAR_spacelift_stack_id: "main", SPACELIFT_API_TOKEN: "" };

/** Initializes and plans in a folder with only these files of the repository. */
async function planElsewhere(names: readonly string[]): Promise<void> {
  const worker = join(root, "worker");
  for (const name of names) await cp(join(repository, name), join(worker, name), { recursive: true, verbatimSymlinks: true });
  const { terraform } = JSON.parse(await readFile(join(worker, "cdk.tf.json"), "utf8")) as { terraform: object };
  expect(Object.keys(terraform)).toEqual(["required_providers"]);
  await rm(repository, { recursive: true });
  const lock = await readFile(join(worker, ".terraform.lock.hcl"), "utf8");
  expect(await sh(`"${engine.path}" init -input=false`, worker)).toMatchObject({ code: 0 });
  expect(await readFile(join(worker, ".terraform.lock.hcl"), "utf8")).toBe(lock);
  const planned = await sh(`"${engine.path}" plan -input=false`, worker);
  expect(planned).toMatchObject({ code: 0, output: expect.stringContaining("Plan: 4 to add") as unknown });
  await rm(worker, { recursive: true });
}

describe("a Spacelift run", () => {
  beforeEach(() => makeRepository("spacelift"));

  it("has all that the engine needs after the hooks: init and plan work in a folder with only the exported files", async () => {
    const started = await readdir(repository);
    expect(await sh(await hooks(), repository, RUN)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^main: \.$/m) as unknown });
    const exported = (await readdir(repository)).filter((name) => !started.includes(name) && name !== "cdktf.out");
    expect(exported.sort()).toEqual([".terraform.lock.hcl", "cdk.tf.json", "terraform.d"]);
    await planElsewhere(exported);
  });

  // https://docs.spacelift.io/vendors/terraform/cdktf, with node in place of jq, which not every machine has.
  const RECIPE = [
    "npm install",
    "npx cdktf synth",
    "cp cdktf.out/stacks/${TF_VAR_spacelift_stack_id}/cdk.tf.json .",
    `node -e 'const f = "cdk.tf.json", fs = require("fs"), c = JSON.parse(fs.readFileSync(f)); delete c.terraform.backend; fs.writeFileSync(f, JSON.stringify(c))'`,
  ];
  const EXPORT = 'npx bitlift export . --flat --part "$TF_VAR_spacelift_stack_id" --no-backend';

  it.each([
    ["after", [...RECIPE, EXPORT]],
    ["before", [EXPORT, ...RECIPE]],
  ])("works with the hooks of Spacelift's own documentation, if bitlift export runs %s them", async (_when, commands) => {
    expect(await sh(commands.join(" && "), repository, RUN)).toMatchObject({ code: 0 });
    await planElsewhere([".terraform.lock.hcl", "cdk.tf.json", "terraform.d"]);
  });

  it("does not work with cdk.tf.json alone, and synthesis says so in one line", async () => {
    const { output } = await sh("npx cdktf synth", repository, RUN);
    expect(output.match(/^.*terraform\.d.*$/gm)).toEqual([
      expect.stringMatching(/^INFO \[main\]: .*cdk\.tf\.json, \.terraform\.lock\.hcl, terraform\.d\.$/),
    ]);
    const folder = join(root, "only-json");
    await mkdir(folder);
    await cp(join(repository, "cdktf.out/stacks/main/cdk.tf.json"), join(folder, "cdk.tf.json"));
    expect(await sh(`"${engine.path}" init -input=false`, folder)).toMatchObject({
      code: 1,
      output: expect.stringContaining("terraform.local/bitlift/bitlift") as unknown,
    });
  });

  it("attaches a role instead of setting the administrative flag, limits the hosts, and keeps tokens out of the state", async () => {
    const text = await read("spacelift/stack/main.tf");
    expect(text).toContain('resource "spacelift_role_attachment"');
    expect(text).not.toContain("administrative");
    expect(text).toContain("BITLIFT_ALLOWED_HOSTS");
    expect(text).not.toMatch(/^\s*value\s*=.*(token|secret)/im);
    const formatted = await runProgram(engine.path, ["fmt", "-check", "-diff", join(EXAMPLES, "spacelift/stack/main.tf")], {
      cwd: root,
      env: environment,
    });
    expect(formatted.output).toBe("");
  });

  it("uses an image with Node.js, and leaves it as the runner's own user", async () => {
    const lines = (await read("spacelift/Dockerfile")).split("\n").filter((line) => /^[A-Z]/.test(line));
    expect(lines[0]).toMatch(/^FROM public\.ecr\.aws\/spacelift\/runner-terraform:/);
    expect(lines).toContain("RUN apk add --no-cache nodejs npm");
    expect(lines.at(-1)).toBe("USER spacelift");
    const [, check = ""] = /RUN (node -e .*)/.exec(lines.join("\n")) ?? [];
    expect((await sh(check, root)).code).toBe(0);
    expect((await sh(check.replace("2009", "99999"), root)).code).toBe(1);
  });
});

interface Step {
  readonly script: readonly string[];
  readonly artifacts?: readonly string[];
}
interface Pipelines {
  readonly pipelines: { readonly "pull-requests": Record<string, { step: Step }[]>; readonly branches: Record<string, { step: Step }[]> };
}

describe("Bitbucket Pipelines", () => {
  /** The commands of a step, without the installation of packages: this machine does not run Alpine Linux. */
  const script = ({ script: commands }: Step) => commands.filter((command) => !command.startsWith("apk ")).join(" && ");

  it("plans a pull request, and applies the plan of the main branch in another clone", async () => {
    // A file in place of the bucket, outside both clones.
    const backend = `local: { path: "${join(root, "{part}.tfstate")}" }`;
    const makeClone = () => makeRepository("pipelines", (text) => text.replace(/s3: \{.*?\} \}/, `${backend} }`));
    await makeClone();
    const { pipelines } = parse(await readFile(join(repository, "bitbucket-pipelines.yml"), "utf8")) as Pipelines;
    const [[review], [plan, apply]] = [pipelines["pull-requests"]["**"]!, pipelines.branches["main"]!];
    expect(review!.step).toEqual(plan!.step);
    expect(review!.step.script.join()).not.toContain("apply");

    expect(await sh(script(plan!.step), repository)).toMatchObject({
      code: 0,
      output: expect.stringContaining("Plan: 4 to create in 1 part.") as unknown,
    });
    expect(plan!.step.artifacts).toEqual(["plans/**"]);
    await cp(join(repository, "plans"), join(root, "plans"), { recursive: true });
    await rm(repository, { recursive: true });

    await makeClone();
    await cp(join(root, "plans"), join(repository, "plans"), { recursive: true });
    expect(await sh(script(apply!.step), repository)).toMatchObject({
      code: 0,
      output: expect.stringContaining("main: applied: 4 created\n") as unknown,
    });
    expect(await sh("npx bitlift plan", repository)).toMatchObject({ code: 0 });
  });
});

describe("Atlantis", () => {
  interface Configuration {
    readonly workflows: Record<string, { plan: { steps: (string | { run: string })[] } }>;
  }

  async function commands(): Promise<string> {
    const { workflows } = parse(await read("pipelines/atlantis.yaml")) as Configuration;
    const { steps } = workflows["bitlift"]!.plan;
    const own = steps.flatMap((step) => (typeof step === "string" ? [] : [step.run]));
    expect(steps.slice(own.length)).toEqual(["init", "plan"]);
    return own.join(" && ");
  }

  it("has the plugin in the folder of the project before init", async () => {
    await makeRepository("pipelines");
    expect(await sh(await commands(), repository)).toMatchObject({ code: 0, output: expect.not.stringContaining("Warning") as unknown });
    expect((await sh(`"${engine.path}" init -input=false -backend=false`, repository)).code).toBe(0);
    const { terraform } = JSON.parse(await readFile(join(repository, "cdk.tf.json"), "utf8")) as { terraform: { backend: object } };
    expect(Object.keys(terraform.backend)).toEqual(["s3"]);
  });

  it("warns if the file has no backend, because the state would be lost", async () => {
    await makeRepository("spacelift");
    const { output } = await sh(await commands(), repository);
    expect(output).toContain("Warning: The state of part main is a file of this machine");
  });
});
