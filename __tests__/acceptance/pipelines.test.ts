/** The files of the pipeline guides: what a run copies is all that the engine needs, and every command that they name exists. */
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
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

/** A user's repository, with the files of an example. */
async function makeRepository(example: "spacelift" | "pipelines"): Promise<void> {
  await cp(join(EXAMPLES, example), repository, { recursive: true });
  // Of another repository: the engine would read it.
  await rm(join(repository, "stack"), { recursive: true, force: true });
  for (const name of ["copy-stack.mjs", "bitbucket-stack.ts"]) await cp(join(EXAMPLES, "spacelift", name), join(repository, name));
  await symlink(join(ROOT, "node_modules"), join(repository, "node_modules"));
  await edit("bitbucket-stack.ts", (text) => text.replace("../../lib", join(ROOT, "lib")));
  await editApp((text) => text.replace("../spacelift/", "./"));
}

async function edit(name: string, change: (text: string) => string): Promise<void> {
  const path = join(repository, name);
  await writeFile(path, change(await readFile(path, "utf8")));
}

const editApp = (change: (text: string) => string) => edit("main.ts", change);

const sh = (command: string, cwd: string, variables: Record<string, string> = {}) =>
  runProgram("/bin/sh", ["-c", command], { cwd, env: { ...environment, ...variables } });

const read = (name: string) => readFile(join(EXAMPLES, name), "utf8");

/** The strings of the list `before_init`. */
async function hooks(): Promise<string[]> {
  const [, list = ""] = /before_init = \[([\s\S]*?)\n {2}\]/.exec(await read("spacelift/stack/main.tf")) ?? [];
  return JSON.parse(`[${list.trim().replace(/,$/, "")}]`) as string[];
}

/** Spacelift's variables in a run of a stack. */
const RUN = { TF_VAR_spacelift_run_id: "01JKZAHVAQHFM8CC3EA5HWRMP1", TF_VAR_spacelift_stack_id: "bitbucket", SPACELIFT_API_TOKEN: "" };

describe("a Spacelift run", () => {
  beforeEach(() => makeRepository("spacelift"));

  it("has all that the engine needs after the hooks: init and plan work in a folder with only the copied files", async () => {
    const started = await readdir(repository);
    const hooked = await sh((await hooks()).join(" && "), repository, RUN);
    expect(hooked.output).toContain("Generated Terraform code for the stacks: bitbucket");
    expect(hooked.code).toBe(0);
    const copied = (await readdir(repository)).filter((name) => !started.includes(name) && name !== "cdktf.out");
    expect(copied.sort()).toEqual([".terraform.lock.hcl", "cdk.tf.json", "terraform.d"]);

    const worker = join(root, "worker");
    for (const name of copied) await cp(join(repository, name), join(worker, name), { recursive: true, verbatimSymlinks: true });
    const { terraform } = JSON.parse(await readFile(join(worker, "cdk.tf.json"), "utf8")) as { terraform: object };
    expect(Object.keys(terraform)).toEqual(["required_providers"]);
    await rm(repository, { recursive: true });
    const lock = await readFile(join(worker, ".terraform.lock.hcl"), "utf8");
    expect((await sh(`"${engine.path}" init -input=false`, worker)).code).toBe(0);
    expect(await readFile(join(worker, ".terraform.lock.hcl"), "utf8")).toBe(lock);
    const planned = await sh(`"${engine.path}" plan -input=false`, worker);
    expect(planned.output).toContain("Plan: 4 to add");
    expect(planned.code).toBe(0);
  });

  it("does not work with cdk.tf.json alone, and synthesis says so in one line", async () => {
    const { output } = await sh("npx cdktf synth", repository, RUN);
    expect(output.match(/^.*terraform\.d.*$/gm)).toEqual([
      expect.stringMatching(/^INFO \[bitbucket\]: .*cdk\.tf\.json, \.terraform\.lock\.hcl, terraform\.d\.$/),
    ]);
    const folder = join(root, "only-json");
    await mkdir(folder);
    await cp(join(repository, "cdktf.out/stacks/bitbucket/cdk.tf.json"), join(folder, "cdk.tf.json"));
    expect(await sh(`"${engine.path}" init -input=false`, folder)).toMatchObject({
      code: 1,
      output: expect.stringContaining("terraform.local/bitlift/bitlift"),
    });
  });

  it("replaces what an earlier run copied, and copies assets", async () => {
    await editApp((text) =>
      text
        .replace("{ App }", "{ App, AssetType, TerraformAsset }")
        .replace("new BitbucketStack", "const stack = new BitbucketStack")
        .replace("app.synth()", 'new TerraformAsset(stack, "file", { path: "cdktf.json", type: AssetType.FILE });\napp.synth()'),
    );
    await mkdir(join(repository, "terraform.d/plugins/old"), { recursive: true });
    expect((await sh((await hooks()).join(" && "), repository, RUN)).code).toBe(0);
    expect(await readdir(join(repository, "terraform.d/plugins"))).toEqual(["terraform.local"]);
    expect(await readdir(join(repository, "assets"))).toHaveLength(1);
  });

  it("attaches a role instead of setting the administrative flag, limits the hosts, and keeps tokens out of the state", async () => {
    const text = await read("spacelift/stack/main.tf");
    expect(text).toContain('resource "spacelift_role_attachment"');
    expect(text).not.toContain("administrative");
    expect(text).toContain("BITLIFT_ALLOWED_HOSTS");
    expect(text).not.toMatch(/^\s*value\s*=.*(token|secret)/im);
    expect(
      (
        await runProgram(engine.path, ["fmt", "-check", "-diff", join(EXAMPLES, "spacelift/stack/main.tf")], {
          cwd: root,
          env: environment,
        })
      ).output,
    ).toBe("");
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
  readonly name: string;
  readonly script: readonly string[];
  readonly artifacts?: readonly string[];
}
interface Pipelines {
  readonly pipelines: { readonly "pull-requests": Record<string, { step: Step }[]>; readonly branches: Record<string, { step: Step }[]> };
}

describe("Bitbucket Pipelines", () => {
  beforeEach(() => makeRepository("pipelines"));

  /** The commands of a step, without the installation of packages: this machine does not run Alpine Linux. */
  const script = ({ script: commands }: Step) =>
    commands
      .filter((command) => !command.startsWith("apk "))
      .map((command) => command.replace(/^terraform /, `"${engine.path}" `))
      .join(" && ");

  it("plans a pull request, and applies the plan of the main branch", async () => {
    const { pipelines } = parse(await read("pipelines/bitbucket-pipelines.yml")) as Pipelines;
    const [[review], [plan, apply]] = [pipelines["pull-requests"]["**"]!, pipelines.branches["main"]!];
    expect(review!.step).toEqual(plan!.step);
    expect(review!.step.script.join()).not.toContain("apply");

    // The test keeps the state in a local file instead of a bucket, because each step starts in a fresh clone.
    const state = join(root, "pipelines.tfstate");
    const useLocalState = () =>
      editApp((text) =>
        text
          .replace("S3Backend", "LocalBackend")
          .replace(/new S3Backend\(stack, .*\)/, `new LocalBackend(stack, { path: ${JSON.stringify(state)} })`),
      );
    await useLocalState();
    const planned = await sh(script(plan!.step), repository);
    expect(planned.output).toContain("Plan: 4 to add");
    const [artifact = ""] = plan!.step.artifacts ?? [];
    const file = await readFile(join(repository, artifact));
    await rm(repository, { recursive: true });

    await makeRepository("pipelines");
    await useLocalState();
    await mkdir(join(repository, artifact, ".."), { recursive: true });
    await writeFile(join(repository, artifact), file);
    const applied = await sh(script(apply!.step), repository);
    expect(applied.output).toContain("Apply complete! Resources: 4 added");
    expect(applied.code).toBe(0);
  });
});

describe("Atlantis", () => {
  beforeEach(() => makeRepository("pipelines"));

  interface Configuration {
    readonly workflows: Record<string, { plan: { steps: (string | { run: string })[] } }>;
  }

  it("has the plugin in the folder of the project before init", async () => {
    const { workflows } = parse(await read("pipelines/atlantis.yaml")) as Configuration;
    const steps = workflows["cdktf"]!.plan.steps;
    const commands = steps.flatMap((step) => (typeof step === "string" ? [] : [step.run]));
    expect(steps.slice(commands.length)).toEqual(["init", "plan"]);
    expect((await sh(commands.join(" && "), repository)).code).toBe(0);
    expect((await sh(`"${engine.path}" init -input=false -backend=false`, repository)).code).toBe(0);
    const { terraform } = JSON.parse(await readFile(join(repository, "cdk.tf.json"), "utf8")) as { terraform: { backend: object } };
    expect(Object.keys(terraform.backend)).toEqual(["s3"]);
  });

  it("stops if the app has no backend, because the state would be lost", async () => {
    await rm(repository, { recursive: true });
    await makeRepository("spacelift");
    const { code, output } = await sh("npx cdktf synth && node copy-stack.mjs bitbucket", repository);
    expect(output).toContain("Add a backend to the stack bitbucket.");
    expect(code).toBe(1);
  });
});
