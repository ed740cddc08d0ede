/** The start of the plugin by the engine: where Node.js is missing, old or elsewhere, and where the temporary folder cannot be used. */
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { arch, platform, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { version } from "../../package.json";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { buildPlugin } from "../../tools/build/plugin";
import { codeOf, diagnosticsIn, PLUGIN_SOURCE, runProgram } from "../../tools/harness";

jest.setTimeout(240_000);

let root: string;
let folder: string;
let engine: Engine;
let env: Record<string, string>;

/** A folder with these programs, as the whole PATH. */
async function pathOf(name: string, programs: Readonly<Record<string, string>>): Promise<string> {
  const bin = join(root, name);
  await mkdir(bin);
  for (const [program, target] of Object.entries(programs)) await symlink(target, join(bin, program));
  return bin;
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "start it's $HOME-"));
  engine = await chooseEngine();
  env = await cleanEnvironment(engine, root);
  folder = join(root, "two words");
  const mirror = join(folder, "terraform.d/plugins", PLUGIN_SOURCE, version, `${platform()}_${arch() === "arm64" ? "arm64" : "amd64"}`);
  await mkdir(mirror, { recursive: true });
  // The name of the provider is in the sentences. Without other places, so that a Node.js of this machine cannot be found.
  const built = join(root, "terraform-provider-bitlift");
  await buildPlugin({ entry: resolve(__dirname, "../../packages/provider/main.ts"), outfile: built, nodePlaces: [] });
  await cp(built, join(mirror, `terraform-provider-bitlift_v${version}`));
  const configuration = {
    terraform: { required_providers: { bitlift: { source: PLUGIN_SOURCE } } },
    data: { bitlift_space: { root: { id: "root" } } },
  };
  await writeFile(join(folder, "main.tf.json"), JSON.stringify(configuration));
  const { code, output } = await runProgram(engine.path, ["init", "-input=false"], { cwd: folder, env });
  if (code !== 0) throw new Error(output);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Plans, without any login. Returns the codes of the errors, and their text with single spaces. */
async function plan(changes: Readonly<Record<string, string>>): Promise<{ readonly codes: readonly string[]; readonly text: string }> {
  const { stdout, output } = await runProgram(engine.path, ["plan", "-json", "-input=false"], { cwd: folder, env: { ...env, ...changes } });
  const found = diagnosticsIn(stdout);
  // Some engines report that a plugin did not start as text, although -json is set. OpenTofu puts all of it into the summary.
  const text = found.length > 0 ? found.map(({ summary, detail }) => `${summary} ${detail}`).join("\n") : output.replaceAll(/[│╵╷]/g, "");
  return { codes: found.map(codeOf), text: text.replaceAll(/\s+/g, " ") };
}

/** What the plugin reports if it runs, because no login is set. */
const RUNS = ["spacelift-not-configured"];

describe("where Node.js", () => {
  const NEED = "The provider bitlift needs Node.js 20.9 or later where Terraform or OpenTofu runs, but";
  let bare: string;
  beforeAll(async () => {
    bare = await pathOf("bare", { [engine.name === "OpenTofu" ? "tofu" : "terraform"]: engine.path, sh: "/bin/sh", env: "/usr/bin/env" });
  });

  it("is missing, the engine shows one sentence that says so", async () => {
    const { codes, text } = await plan({ PATH: bare });
    expect(text).toContain(
      `${NEED} there is no node on PATH (${bare}): install Node.js on that machine or in its image, or set BITLIFT_NODE to the path of the node executable.`,
    );
    expect(codes).not.toEqual(RUNS);
  });

  it("is not where BITLIFT_NODE says, the engine shows one sentence that says so", async () => {
    const { text } = await plan({ BITLIFT_NODE: join(root, "nowhere") });
    expect(text).toContain(`${NEED} BITLIFT_NODE is "${join(root, "nowhere")}", which is not an executable file: set it to`);
  });

  it("is too old, the engine shows one sentence that says so", async () => {
    const preload = join(bare, "old.js");
    await writeFile(preload, 'Object.defineProperty(process, "version", { value: "v16.20.2" });');
    const { text } = await plan({ NODE_OPTIONS: `--require ${JSON.stringify(preload)}` });
    expect(text).toContain(`${NEED} ${process.execPath} is v16.20.2: install a newer Node.js there, or set BITLIFT_NODE to`);
  });

  it("is elsewhere, following the sentence helps", async () => {
    expect((await plan({ PATH: bare, BITLIFT_NODE: process.execPath })).codes).toEqual(RUNS);
  });
});

describe("the plugin runs if the temporary folder", () => {
  it.each<[string, () => Promise<string>]>([
    ["is missing", async () => join(root, "missing")],
    ["is a file", async () => join(folder, "main.tf.json")],
    ["cannot be written to", async () => (platform() === "linux" ? "/proc/self" : "/dev")],
    ["has a name that is too long for a socket", async () => makeFolder("x".repeat(110))],
    ["has spaces and a vertical bar in its name", async () => makeFolder("a b|c")],
  ])("%s", async (_case, temporaryFolder) => {
    expect((await plan({ TMPDIR: await temporaryFolder() })).codes).toEqual(RUNS);
  });

  async function makeFolder(name: string): Promise<string> {
    await mkdir(join(root, name));
    return join(root, name);
  }
});

it("the plugin leaves nothing behind, in the home folder, the temporary folder or next to the configuration", async () => {
  const home = join(root, "new home");
  const temporaryFolder = join(root, "tmp");
  for (const path of [home, temporaryFolder]) await mkdir(path);
  const before = await readdir(folder, { recursive: true });
  expect((await plan({ HOME: home, TMPDIR: temporaryFolder })).codes).toEqual(RUNS);
  expect(await readdir(temporaryFolder)).toEqual([]);
  expect(await readdir(home)).toEqual([]);
  expect(await readdir(folder, { recursive: true })).toEqual(before);
});
