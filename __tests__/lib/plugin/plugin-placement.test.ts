/** The plugin next to a synthesized stack, verified with a real engine. */
import { execFile } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, AssetType, TerraformAsset, TerraformProvider, TerraformStack } from "cdktf";
import { chooseEngine, cleanEnvironment, type Engine } from "../../../packages/engine";
import { BitliftProvider, Space } from "../../../lib";
import { HOST } from "../../../lib/host";
import { version } from "../../../package.json";

const SOURCE = "terraform.local/bitlift/bitlift";
class OtherProvider extends TerraformProvider {}

let folder: string;
let pluginPath: string;
let engine: Engine;
let environment: Record<string, string>;
let printed: string;

beforeAll(async () => {
  engine = await chooseEngine(process.env);
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "placement-"));
  pluginPath = join(folder, "plugin");
  writeFileSync(pluginPath, "#!/usr/bin/env node\n");
  environment = await cleanEnvironment(engine, folder);
  printed = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const { CI: _, ...inherited } = process.env;
  jest.replaceProperty(process, "env", { ...inherited, TF_CLI_CONFIG_FILE: environment["TF_CLI_CONFIG_FILE"], HOME: environment["HOME"] });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const workingDirectory = () => join(folder, "out/stacks/bitbucket");
const versionFolder = () => join(workingDirectory(), "terraform.d/plugins", SOURCE, version);
const executable = () => join(versionFolder(), "linux_amd64", `terraform-provider-bitlift_v${version}`);
const lockPath = () => join(workingDirectory(), ".terraform.lock.hcl");
const lock = () => readFileSync(lockPath(), "utf8");

function synth(build: (stack: TerraformStack) => void = () => undefined): void {
  const app = new App({ outdir: join(folder, "out") });
  const stack = new TerraformStack(app, "bitbucket");
  new BitliftProvider(stack, "bitlift", { pluginPath });
  build(stack);
  app.synth();
}

function addSecondStack({ node }: TerraformStack): void {
  if (!App.isApp(node.root)) throw new Error("The stack is not part of an app.");
  new BitliftProvider(new TerraformStack(node.root, "second"), "bitlift", { pluginPath });
}

function run(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    execFile(engine.path, args, { cwd: workingDirectory(), env: environment }, (failure, stdout, stderr) =>
      done({ code: failure === null ? 0 : 1, output: stdout + stderr }),
    );
  });
}

it("writes one file with links for the other platforms, and its hash to the lock file", () => {
  synth();
  expect(readFileSync(executable(), "utf8")).toBe("#!/usr/bin/env node\n");
  expect(statSync(executable()).mode & 0o111).toBe(0o111);
  for (const platform of ["linux_arm64", "darwin_amd64", "darwin_arm64"])
    expect(readlinkSync(join(versionFolder(), platform))).toBe("linux_amd64");
  expect(lock()).toMatch(
    /provider "terraform\.local\/bitlift\/bitlift" \{\n {2}version {5}= "[^"]+"\n {2}constraints = "[^"]+"\n {2}hashes = \[\n {4}"h1:[^"]{44}",\n {2}\]\n\}\n/,
  );
});

it("is installed by the engine without a registry, and the engine does not change the lock file", async () => {
  synth((stack) => new Space(stack, "payments", { name: "Payments" }));
  const before = lock();
  expect(await run("init", "-input=false", "-no-color")).toMatchObject({
    code: 0,
    output: expect.stringContaining(`Installed ${SOURCE} v${version}`),
  });
  expect(lock()).toBe(before);
  expect((await run("providers")).output).toContain(`provider[${SOURCE}] ${version}`);
});

it("is rejected by the engine if it differs from the synthesized one", async () => {
  synth();
  appendFileSync(executable(), "// tampered with\n");
  expect(await run("init", "-input=false", "-no-color")).toMatchObject({ code: 1, output: expect.stringMatching(/checksum/i) });
});

it("can be replaced by a new build of the same version", async () => {
  synth();
  expect((await run("init", "-input=false")).code).toBe(0);
  const before = lock();
  appendFileSync(pluginPath, "// a new build\n");
  synth();
  expect(lock()).not.toBe(before);
  expect((await run("init", "-input=false")).code).toBe(0);
  expect((await run("providers")).code).toBe(0);
});

it("is not written again by a synthesis without changes", () => {
  synth();
  const modificationTimes = () => [executable(), lockPath()].map((path) => statSync(path).mtimeMs);
  const [before, link] = [modificationTimes(), lstatSync(join(versionFolder(), "darwin_arm64")).ino];
  synth();
  expect(modificationTimes()).toEqual(before);
  expect(lstatSync(join(versionFolder(), "darwin_arm64")).ino).toBe(link);
});

it("replaces a folder with a link", () => {
  mkdirSync(join(versionFolder(), "darwin_arm64"), { recursive: true });
  synth();
  expect(readlinkSync(join(versionFolder(), "darwin_arm64"))).toBe("linux_amd64");
});

it("is written once for several providers", () => {
  synth((stack) => new BitliftProvider(stack, "second", { alias: "second", pluginPath }));
  expect(lock().match(/^provider/gm)).toHaveLength(1);
});

it("keeps the entries of other providers", () => {
  mkdirSync(workingDirectory(), { recursive: true });
  const other = 'provider "registry.terraform.io/hashicorp/null" {\n  version = "3.2.1"\n  hashes = [\n    "h1:x=",\n  ]\n}\n';
  writeFileSync(lockPath(), other);
  synth();
  expect(lock().startsWith(other)).toBe(true);
  expect(lock()).toContain(SOURCE);
});

it("stops the synthesis before anything is written if the lock file cannot be read", () => {
  mkdirSync(workingDirectory(), { recursive: true });
  writeFileSync(lockPath(), "<<<<<<< HEAD\n");
  expect(() => synth()).toThrow(/dependency lock file cannot be updated[\s\S]*Repair the file/);
  expect(lock()).toBe("<<<<<<< HEAD\n");
  expect(existsSync(join(workingDirectory(), "cdk.tf.json"))).toBe(false);
});

it("reports how to fix a missing plugin", () => {
  rmSync(pluginPath);
  expect(() => synth()).toThrow(/The provider plugin does not exist at .*plugin[\s\S]*pluginPath/);
  expect(existsSync(join(workingDirectory(), "cdk.tf.json"))).toBe(false);
});

describe("prints at synthesis", () => {
  const withOther = (stack: TerraformStack) =>
    new OtherProvider(stack, "null", { terraformResourceType: "null", terraformProviderSource: "hashicorp/null" });

  it("nothing if there is no problem", () => {
    synth();
    expect(printed).toBe("");
  });

  it("a warning about another provider without a lock entry", () => {
    synth(withOther);
    expect(printed).toMatch(/cannot lock the providers of this stack[\s\S]*hashicorp\/null[\s\S]*CDKTF_SKIP_PROVIDER_LOCK=true/);
    expect(printed).toContain(`for ${HOST} diff, deploy and destroy.`);
  });

  it("no such warning if CDKTF_SKIP_PROVIDER_LOCK is set", () => {
    jest.replaceProperty(process, "env", { ...process.env, CDKTF_SKIP_PROVIDER_LOCK: "true" });
    synth(withOther);
    expect(printed).toBe("");
  });

  it.each(["registry.terraform.io", "registry.opentofu.org"])("no such warning if the other provider is locked from %s", (host) => {
    mkdirSync(workingDirectory(), { recursive: true });
    writeFileSync(lockPath(), `provider "${host}/hashicorp/null" {\n  version = "3.2.1"\n}\n`);
    synth(withOther);
    expect(printed).toBe("");
  });

  it("one warning for all stacks with the same finding", () => {
    writeFileSync(environment["TF_CLI_CONFIG_FILE"] ?? "", "provider_installation {\n  direct {}\n}\n");
    synth(addSecondStack);
    expect(printed.match(/will not find the provider plugin/g)).toHaveLength(1);
  });

  describe("in a pipeline", () => {
    it.each([
      ["CI", "true"],
      ["SPACELIFT_API_TOKEN", "token"],
      ["ATLANTIS_TERRAFORM_VERSION", "1.11.4"],
      ["TF_BUILD", "True"],
    ])("one line that names the files that belong together: %s", (name, value) => {
      jest.replaceProperty(process, "env", { ...process.env, [name]: value });
      synth(addSecondStack);
      expect(printed.trim().split("\n")).toEqual([expect.stringMatching(/folder: cdk\.tf\.json, \.terraform\.lock\.hcl, terraform\.d\.$/)]);
      for (const file of ["cdk.tf.json", ".terraform.lock.hcl", "terraform.d"])
        expect(existsSync(join(workingDirectory(), file))).toBe(true);
    });

    it("also the assets of a stack that has some", () => {
      jest.replaceProperty(process, "env", { ...process.env, CI: "true" });
      synth((stack) => new TerraformAsset(stack, "asset", { path: pluginPath, type: AssetType.FILE }));
      expect(printed).toMatch(/terraform\.d, assets\.\n$/);
      expect(existsSync(join(workingDirectory(), "assets"))).toBe(true);
    });

    it("no such line under a program that runs the engine itself", () => {
      jest.replaceProperty(process, "env", { ...process.env, CI: "true", BITLIFT_RUNS_ENGINE: "1" });
      synth();
      expect(printed).toBe("");
    });

    it.each(["", "0", "false"])("no such line if CI is %j", (value) => {
      jest.replaceProperty(process, "env", { ...process.env, CI: value });
      synth();
      expect(printed).toBe("");
    });
  });
});

describe("under the cdktf command, which prints everything on standard error as an error", () => {
  const annotations = () => JSON.parse(readFileSync(join(folder, "out/manifest.json"), "utf8")).stacks.bitbucket.annotations;

  it("notices are annotations, without a stack trace, and the configuration does not change", () => {
    synth();
    const configuration = readFileSync(join(workingDirectory(), "cdk.tf.json"), "utf8");
    writeFileSync(environment["TF_CLI_CONFIG_FILE"] ?? "", "provider_installation {\n}\n");
    jest.replaceProperty(process, "env", { ...process.env, CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true", CI: "true" });
    synth();
    expect(printed).toBe("");
    expect(annotations()).toEqual([
      {
        constructPath: "bitbucket",
        level: "@cdktf/warn",
        message: expect.stringMatching(/^The engine will not[^]*\(plugin-mirror-disabled\)\n {2}https:\/\/\S+#plugin-mirror-disabled$/),
      },
      { constructPath: "bitbucket", level: "@cdktf/info", message: expect.stringContaining("terraform.d") },
    ]);
    expect(readFileSync(join(workingDirectory(), "cdk.tf.json"), "utf8")).toBe(configuration);
  });
});
