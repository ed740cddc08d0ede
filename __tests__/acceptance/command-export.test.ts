/** `bitlift export`: the engine can plan the exported files without the app, and Spacelift's own recipe for CDKTF works unchanged. */
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { runProgram } from "../../tools/harness";
import { CommandProject, integration } from "./command-project";

jest.setTimeout(120_000);

let project: CommandProject;
beforeAll(async () => {
  project = await CommandProject.create();
});
afterAll(() => project.stop());

const SPACES = { payments: { name: "Payments" } };
const INTEGRATIONS = { everyone: integration("Bitbucket for All", ["networking"]) };

const engine = (folder: string, ...args: readonly string[]) =>
  runProgram(project.engine.path, args, { cwd: join(project.folder, folder), env: project.environment });

it("gives each part a folder that the engine initializes and plans", async () => {
  await project.write({ parts: "integration", spaces: SPACES, integrations: INTEGRATIONS });
  expect(await project.bitlift("export", "exported", "--no-backend")).toEqual({
    code: 0,
    stdout: "spaces: exported/spaces\neveryone: exported/everyone\n",
    stderr: "",
  });
  expect((await readdir(join(project.folder, "exported/everyone"))).sort()).toEqual([".terraform.lock.hcl", "cdk.tf.json", "terraform.d"]);
  expect(JSON.parse(await readFile(join(project.folder, "exported/everyone/cdk.tf.json"), "utf8"))).not.toHaveProperty("terraform.backend");
  expect(await engine("exported/everyone", "init", "-input=false")).toMatchObject({ code: 0 });
  expect(await engine("exported/everyone", "plan", "-input=false", "-detailed-exitcode")).toMatchObject({ code: 2 });
});

it("writes one part into the folder itself with --flat, after which Spacelift's recipe for CDKTF works as written", async () => {
  await project.write({ spaces: SPACES, integrations: INTEGRATIONS });
  const recipe = `
    cp cdktf.out/stacks/main/cdk.tf.json .
    node -e 'const f = "cdk.tf.json", fs = require("fs"), c = JSON.parse(fs.readFileSync(f)); delete c.terraform.backend; fs.writeFileSync(f, JSON.stringify(c))'
  `;
  expect(await project.bitlift("export", ".", "--flat", "--part", "main", "--no-backend")).toMatchObject({ code: 0, stdout: "main: .\n" });
  await promisify(execFile)("sh", ["-ec", recipe], { cwd: project.folder, env: project.environment });
  expect(await engine(".", "init", "-input=false")).toMatchObject({ code: 0 });
  expect(await engine(".", "plan", "-input=false", "-detailed-exitcode")).toMatchObject({ code: 2 });
});

it("keeps other plugins and files in the folder, and names the state file of a project without a backend", async () => {
  await mkdir(join(project.folder, "kept/main/terraform.d/plugins/other"), { recursive: true });
  await writeFile(join(project.folder, "kept/main/variables.tf"), "");
  const { code, stderr } = await project.bitlift("export", "kept");
  expect([code, stderr]).toEqual([0, expect.stringMatching(/^Warning: The state of part main is a file of this machine: \//)]);
  expect(await readdir(join(project.folder, "kept/main"))).toContain("variables.tf");
  expect((await readdir(join(project.folder, "kept/main/terraform.d/plugins"))).sort()).toEqual(["other", "terraform.local"]);
});

it("refuses --flat for several parts", async () => {
  await project.write({ parts: "integration", spaces: SPACES, integrations: INTEGRATIONS });
  const { code, stderr } = await project.bitlift("export", "flat", "--flat");
  expect([code, stderr]).toEqual([64, expect.stringContaining("(option-conflict)")]);
});
