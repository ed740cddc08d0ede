/** The hooks of Spacelift and the workflow of Atlantis, which the guides show: the engine has all that it needs after them. */
import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { runProgram } from "../../tools/harness";
import { EXAMPLES, PipelineMachine } from "./pipeline-machine";

jest.setTimeout(120_000);

let machine: PipelineMachine;
let root: string;
let repository: string;

beforeAll(async () => {
  machine = await PipelineMachine.start("pipelines-");
  root = machine.root;
  repository = join(root, "repository");
});

afterAll(() => machine.stop());

afterEach(() => rm(repository, { recursive: true, force: true }));

const sh = (command: string, cwd: string, variables: Record<string, string> = {}) => machine.sh(command, cwd, variables);

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
  expect(await sh(`"${machine.engine.path}" init -input=false`, worker)).toMatchObject({ code: 0 });
  expect(await readFile(join(worker, ".terraform.lock.hcl"), "utf8")).toBe(lock);
  const planned = await sh(`"${machine.engine.path}" plan -input=false`, worker);
  expect(planned).toMatchObject({ code: 0, output: expect.stringContaining("Plan: 4 to add") as unknown });
  await rm(worker, { recursive: true });
}

describe("a Spacelift run", () => {
  beforeEach(() => machine.writeProject(repository, "spacelift"));

  it("has all that the engine needs after the hooks: init and plan work in a folder with only the exported files", async () => {
    const started = await readdir(repository);
    expect(await sh(await hooks(), repository, RUN)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^main: \.$/m) as unknown });
    const exported = (await readdir(repository)).filter((name) => !started.includes(name) && name !== "cdktf.out");
    expect(exported.sort()).toEqual([".terraform.lock.hcl", "cdk.tf.json", "terraform.d"]);
    await planElsewhere(exported);
  });

  // https://docs.spacelift.io/vendors/terraform/cdktf, with node instead of jq, which not every machine has.
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
    expect(await sh(`"${machine.engine.path}" init -input=false`, folder)).toMatchObject({
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
    const formatted = await runProgram(machine.engine.path, ["fmt", "-check", "-diff", join(EXAMPLES, "spacelift/stack/main.tf")], {
      cwd: root,
      env: machine.environment,
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
    await machine.writeProject(repository, "bitbucket");
    expect(await sh(await commands(), repository)).toMatchObject({ code: 0, output: expect.not.stringContaining("Warning") as unknown });
    expect((await sh(`"${machine.engine.path}" init -input=false -backend=false`, repository)).code).toBe(0);
    const { terraform } = JSON.parse(await readFile(join(repository, "cdk.tf.json"), "utf8")) as { terraform: { backend: object } };
    expect(Object.keys(terraform.backend)).toEqual(["s3"]);
  });

  it("warns if the file has no backend, because the state would be lost", async () => {
    await machine.writeProject(repository, "spacelift");
    const { output } = await sh(await commands(), repository);
    expect(output).toContain("Warning: The state of part main is a file of this machine");
  });
});
