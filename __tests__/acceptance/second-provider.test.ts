/** `cdktf deploy` of a stack with a second provider: what cdktf does to the lock file, and what helps. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { arch, platform, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildPlugin } from "../../tools/build/plugin";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { startSandbox, type Sandbox } from "../../packages/sandbox";

jest.setTimeout(240_000);

const ROOT = resolve(__dirname, "../..");
const CDKTF = join(ROOT, "node_modules/cdktf-cli/bundle/bin/cdktf");

let folder: string;
let engine: Engine;
let sandbox: Sandbox;
let environment: Record<string, string>;

beforeAll(async () => {
  engine = await chooseEngine(process.env);
  sandbox = await startSandbox();
  folder = await mkdtemp(join(tmpdir(), "second-"));
  environment = await cleanEnvironment(engine, folder, { ...sandbox.environment, ECHO_DIRECTORY: join(folder, "things"), CI: "1" });
  await placeEcho(join(environment["HOME"] ?? "", ".terraform.d/plugins"));
  const app = `${process.execPath} --import ${require.resolve("tsx")} ${join(__dirname, "second-provider-app.ts")}`;
  await writeFile(
    join(folder, "cdktf.json"),
    JSON.stringify({ language: "typescript", app, projectId: "second-provider", sendCrashReports: "false" }),
  );
});

afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The other provider comes from a folder that engines search without being told. */
async function placeEcho(mirror: string): Promise<void> {
  const version = join(mirror, "terraform.local/echo/echo/0.0.1");
  const here = `${platform()}_${arch() === "arm64" ? "arm64" : "amd64"}`;
  await mkdir(version, { recursive: true });
  await buildPlugin({
    entry: join(ROOT, "packages/terraform-plugin/__tests__/echo-provider.ts"),
    outfile: join(version, "any/terraform-provider-echo_v0.0.1"),
  });
  await symlink("any", join(version, here));
}

function cdktf(command: string, variables: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const env = { ...environment, ...variables };
    execFile(process.execPath, [CDKTF, command, "--auto-approve"], { cwd: folder, env, maxBuffer: 1 << 26 }, (failure, stdout, stderr) =>
      done({ code: failure === null ? 0 : 1, output: stdout + stderr }),
    );
  });
}

const lock = () => readFile(join(folder, "cdktf.out/stacks/both/.terraform.lock.hcl"), "utf8");
const locked = async () => (await lock()).match(/^provider ".*"/gm);

it("is refused by cdktf, which looks for all providers in their registries, and synthesis has said what to do", async () => {
  const { code, output } = await cdktf("deploy");
  expect(code).toBe(1);
  expect(output).toMatch(/Another provider is in the stack[\s\S]*terraform\.local\/echo\/echo[\s\S]*CDKTF_SKIP_PROVIDER_LOCK=true/);
});

it("deploys with CDKTF_SKIP_PROVIDER_LOCK=true", async () => {
  const { code, output } = await cdktf("deploy", { CDKTF_SKIP_PROVIDER_LOCK: "true" });
  expect(output).toMatch(/Resources: 2 added/);
  expect(code).toBe(0);
  expect(output).not.toMatch(/Another provider is in the stack/);
  const thing = JSON.parse(await readFile(join(folder, "things/thing.json"), "utf8")) as { label: string };
  expect(thing.label).toMatch(/^payments-of-two-providers/);
});

it("has both providers in the lock file then, and needs the variable no more", async () => {
  expect(await locked()).toEqual(['provider "terraform.local/bitlift/bitlift"', 'provider "terraform.local/echo/echo"']);
  const before = await lock();
  const { code, output } = await cdktf("deploy");
  expect(output).toMatch(/No changes/);
  expect(code).toBe(0);
  expect(output).not.toMatch(/Another provider is in the stack/);
  expect(await lock()).toBe(before);
});

it("is destroyed again", async () => {
  const { code, output } = await cdktf("destroy");
  expect(output).toMatch(/Resources: 2 destroyed|2 destroyed/);
  expect(code).toBe(0);
});
