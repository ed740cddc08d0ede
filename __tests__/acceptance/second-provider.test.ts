/** `cdktf deploy` of a stack with a second provider: cdktf fails to lock the providers, and a setting avoids that. */
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join, resolve } from "node:path";
import { buildPlugin } from "../../tools/build/plugin";
import { runProgram } from "../../tools/harness";
import { cleanEnvironment, type Engine } from "../../packages/engine";
import type { Sandbox } from "../../packages/sandbox";
import { startEngineAndSandbox } from "./engine-and-sandbox";

jest.setTimeout(240_000);

const ROOT = resolve(__dirname, "../..");
const CDKTF = join(ROOT, "node_modules/cdktf-cli/bundle/bin/cdktf");

let folder: string;
let engine: Engine;
let sandbox: Sandbox;
let stop: () => Promise<void>;
let environment: Record<string, string>;

beforeAll(async () => {
  ({ engine, sandbox, folder, stop } = await startEngineAndSandbox("second-"));
  environment = await cleanEnvironment(engine, folder, { ...sandbox.environment, ECHO_DIRECTORY: join(folder, "things"), CI: "1" });
  await installEchoProvider(join(environment["HOME"] ?? "", ".terraform.d/plugins"));
  const app = `${process.execPath} --import ${require.resolve("tsx")} ${join(__dirname, "second-provider-app.ts")}`;
  await writeFile(
    join(folder, "cdktf.json"),
    JSON.stringify({ language: "typescript", app, projectId: "second-provider", sendCrashReports: "false" }),
  );
});

afterAll(() => stop());

/** Installs the other provider in a folder that engines search by default. */
async function installEchoProvider(mirror: string): Promise<void> {
  const version = join(mirror, "terraform.local/echo/echo/0.0.1");
  const target = `${platform()}_${arch() === "arm64" ? "arm64" : "amd64"}`;
  await mkdir(version, { recursive: true });
  await buildPlugin({
    entry: join(ROOT, "packages/terraform-plugin/__tests__/echo-provider.ts"),
    outfile: join(version, "any/terraform-provider-echo_v0.0.1"),
  });
  await symlink("any", join(version, target));
}

const cdktf = (command: string, variables: Record<string, string> = {}) =>
  runProgram(process.execPath, [CDKTF, command, "--auto-approve"], { cwd: folder, env: { ...environment, ...variables } });

const readLockFile = () => readFile(join(folder, "cdktf.out/stacks/both/.terraform.lock.hcl"), "utf8");
const lockedProviders = async () => (await readLockFile()).match(/^provider ".*"/gm);

it("the first deploy fails because cdktf looks up every provider in its registry; a warning at synthesis names the setting that avoids it", async () => {
  const { code, output } = await cdktf("deploy");
  expect(code).toBe(1);
  expect(output).toContain("(provider-lock-will-fail)");
  expect(output).toMatch(/terraform\.local\/echo\/echo[\s\S]*CDKTF_SKIP_PROVIDER_LOCK=true/);
});

it("the stack deploys with CDKTF_SKIP_PROVIDER_LOCK=true", async () => {
  const { code, output } = await cdktf("deploy", { CDKTF_SKIP_PROVIDER_LOCK: "true" });
  expect(output).toMatch(/Resources: 2 added/);
  expect(code).toBe(0);
  expect(output).not.toContain("provider-lock-will-fail");
  const thing = JSON.parse(await readFile(join(folder, "things/thing.json"), "utf8")) as { label: string };
  expect(thing.label).toMatch(/^payments-of-two-providers/);
});

it("the lock file then contains both providers, and the variable is no longer needed", async () => {
  expect(await lockedProviders()).toEqual(['provider "terraform.local/bitlift/bitlift"', 'provider "terraform.local/echo/echo"']);
  const before = await readLockFile();
  const { code, output } = await cdktf("deploy");
  expect(output).toMatch(/No changes/);
  expect(code).toBe(0);
  expect(output).not.toContain("provider-lock-will-fail");
  expect(await readLockFile()).toBe(before);
});

it("the stack is destroyed with cdktf destroy", async () => {
  const { code, output } = await cdktf("destroy");
  expect(output).toMatch(/Resources: 2 destroyed|2 destroyed/);
  expect(code).toBe(0);
});
