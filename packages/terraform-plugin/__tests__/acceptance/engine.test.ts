/** The runtime with a real engine: the whole life cycle of an object of the echo provider. */
import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildPlugin } from "../../../../tools/build/plugin";
import { chooseEngine, cleanEnvironment, type Engine } from "../../../engine";
import { providerSchemaJson } from "../..";
import { startPlugin } from "../plugin-process";
import { echo } from "../echo-provider";

jest.setTimeout(180_000);

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
const MIRROR_FOLDER = join(
  "terraform.d/plugins/terraform.local/echo/echo/0.0.1",
  `${process.platform}_${ARCHITECTURES[process.arch] ?? process.arch}`,
);
const PLUGIN_NAME = "terraform-provider-echo_v0.0.1";
const CONFIGURATION_START = `terraform {
  required_providers {
    echo = { source = "terraform.local/echo/echo", version = "0.0.1" }
  }
}
provider "echo" {
  store { directory = "\${path.root}/store" }
}
`;

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}
interface Change {
  readonly actions: readonly string[];
  readonly after: Readonly<Record<string, unknown>>;
  readonly after_unknown: Readonly<Record<string, unknown>>;
  readonly replace_paths?: unknown;
}

let engine: Engine;
let pluginFile: string;

/** One configuration in its own folder, with the plugin in the implied local mirror. */
class Project {
  readonly folder: string;
  readonly #environment: Readonly<Record<string, string>>;

  private constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.#environment = environment;
  }

  static async create(resources: string): Promise<Project> {
    const folder = await mkdtemp(join(tmpdir(), "rt-"));
    const temporary = join(folder, "tmp");
    await mkdir(temporary);
    const project = new Project(folder, await cleanEnvironment(engine, folder, { TMPDIR: temporary, TF_DATA_DIR: undefined }));
    await mkdir(join(folder, MIRROR_FOLDER), { recursive: true });
    await cp(pluginFile, join(folder, MIRROR_FOLDER, PLUGIN_NAME));
    await project.write(resources);
    const { code, out, err } = await project.run(["init", "-no-color"]);
    if (code !== 0) throw new Error(out + err);
    return project;
  }

  async write(resources: string, header = CONFIGURATION_START): Promise<void> {
    await writeFile(join(this.folder, "main.tf"), header + resources);
  }

  run(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<Result> {
    return new Promise((done) => {
      const options = { cwd: this.folder, env: { ...this.#environment, ...extra }, maxBuffer: 64 * 2 ** 20 };
      execFile(engine.path, args, options, (failure, out, err) => {
        done({ code: failure === null ? 0 : Number(failure.code), out, err });
      });
    });
  }

  /** Runs `plan -detailed-exitcode`, and returns its changes by address. The code is 0 without changes, and 2 with changes. */
  async plan(): Promise<{ readonly code: number; readonly changes: Readonly<Record<string, Change>>; readonly text: string }> {
    const { code, out, err } = await this.run(["plan", "-no-color", "-detailed-exitcode", "-out=plan.bin"]);
    if (code === 1) throw new Error(out + err);
    const shown = JSON.parse((await this.run(["show", "-json", "plan.bin"])).out) as {
      resource_changes?: { address: string; change: Change }[];
    };
    return { code, changes: Object.fromEntries((shown.resource_changes ?? []).map(({ address, change }) => [address, change])), text: out };
  }

  /** Applies the last plan. */
  async applyPlan(): Promise<string> {
    const { code, out, err } = await this.run(["apply", "-no-color", "plan.bin"]);
    if (code !== 0) throw new Error(out + err);
    return out;
  }

  async state(address = "echo_thing.a"): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { out } = await this.run(["show", "-json"]);
    const shown = JSON.parse(out) as { values?: { root_module: { resources?: { address: string; values: Record<string, unknown> }[] } } };
    return shown.values?.root_module.resources?.find((resource) => resource.address === address)?.values;
  }

  spawn(args: readonly string[]): ReturnType<typeof spawn> {
    return spawn(engine.path, args, { cwd: this.folder, env: this.#environment });
  }

  /** Returns the sockets and processes that the plugins of this project should have removed. */
  findLeftovers(): { readonly sockets: readonly string[]; readonly processes: readonly string[] } {
    const commands = existsSync("/proc") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
    const processes = commands.filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(PLUGIN_NAME) &&
          readFileSync(`/proc/${pid}/environ`, "utf8").includes(this.folder)
        );
      } catch {
        return false;
      }
    });
    return { sockets: readdirSync(join(this.folder, "tmp")), processes };
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** A test that also checks that no socket and no process remains. */
function scenario(name: string, resources: string, run: (project: Project) => Promise<void>): void {
  it(name, async () => {
    const project = await Project.create(resources);
    try {
      await run(project);
      expect(project.findLeftovers()).toEqual({ sockets: [], processes: [] });
    } finally {
      await project.remove();
    }
  });
}

beforeAll(async () => {
  engine = await chooseEngine();
  pluginFile = join(await mkdtemp(join(tmpdir(), "rt-built-")), PLUGIN_NAME);
  await buildPlugin({ entry: resolve(__dirname, "../echo-provider.ts"), outfile: pluginFile });
});

afterAll(() => rm(dirname(pluginFile), { recursive: true, force: true }));

const thing = (body: string, label = "a") => `resource "echo_thing" "${label}" {\n${body}\n}\n`;
const ALL_ARGUMENTS = `
  label    = "one"
  count_of = 0.1
  tags     = ["b", "a"]
  sizes    = { small = 1, large = 4503599627370497 }
  settings = { level = "3" }
  rules    = [{ path = "/x" }, { path = "/y", weight = 2 }]
  hidden   = "shh"
`;

scenario("create, no change, update, replace in both orders, destroy", thing(`name = "n1"\n${ALL_ARGUMENTS}`), async (project) => {
  const created = await project.plan();
  expect(created.changes["echo_thing.a"]).toMatchObject({
    actions: ["create"],
    after: { name: "n1", active: true, mode: "plain", tags: ["a", "b"], count_of: 0.1 },
    after_unknown: { id: true, remote: true, revision: true, settings: { id: true } },
  });
  await project.applyPlan();
  expect(await project.state()).toMatchObject({ id: "id-n1", remote: "from-remote", revision: 1, sizes: { large: 4503599627370497 } });
  expect((await project.plan()).code).toBe(0);

  await project.write(thing(`name = "n1"\n${ALL_ARGUMENTS.replace('"one"', '"two"')}`));
  const update = await project.plan();
  expect(update.changes["echo_thing.a"]).toMatchObject({
    actions: ["update"],
    after: { label: "two", id: "id-n1" },
    after_unknown: { revision: true },
  });
  await project.applyPlan();
  expect(await project.state()).toMatchObject({ label: "two", revision: 2 });

  await project.write(thing(`name = "n2"\n${ALL_ARGUMENTS}`));
  const replace = await project.plan();
  expect(replace.changes["echo_thing.a"]).toMatchObject({ actions: ["delete", "create"], replace_paths: [["name"]] });
  expect(replace.text).toContain("n1 will be deleted.");
  await project.applyPlan();
  expect(readdirSync(join(project.folder, "store"))).toEqual(["n2.json"]);

  await project.write(thing(`name = "n3"\n${ALL_ARGUMENTS}\nlifecycle {\n  create_before_destroy = true\n}`));
  expect((await project.plan()).changes["echo_thing.a"]).toMatchObject({ actions: ["create", "delete"] });
  await project.applyPlan();
  expect(readdirSync(join(project.folder, "store"))).toEqual(["n3.json"]);
  expect((await project.plan()).code).toBe(0);

  const destroyed = await project.run(["destroy", "-auto-approve", "-no-color"]);
  expect(destroyed.out).toContain("n3 will be deleted.");
  expect(readdirSync(join(project.folder, "store"))).toEqual([]);
});

scenario("a plan corrects drift, and recreates an object that no longer exists", thing('name = "n1"'), async (project) => {
  await project.plan();
  await project.applyPlan();
  const file = join(project.folder, "store", "n1.json");
  await writeFile(file, (await readFile(file, "utf8")).replace('"active":true', '"active":false'));
  expect((await project.plan()).changes["echo_thing.a"]).toMatchObject({ actions: ["update"], after: { active: true } });
  await rm(file);
  expect((await project.plan()).changes["echo_thing.a"]).toMatchObject({ actions: ["create"] });
});

scenario("references are unknown until apply, in the provider block too", "", async (project) => {
  const header = CONFIGURATION_START.replace('"${path.root}/store"', "terraform_data.where.output");
  const storePath = 'resource "terraform_data" "where" {\n  input = "store"\n}\n';
  await project.write(
    `${storePath}${thing('name = "n1"\n  label = echo_thing.b.id\n  tags = [echo_thing.b.remote]')}${thing('name = "n2"', "b")}`,
    header,
  );
  expect((await project.plan()).changes["echo_thing.a"]).toMatchObject({ actions: ["create"], after_unknown: { label: true } });
  await project.applyPlan();
  expect(await project.state()).toMatchObject({ label: "id-n2", tags: ["from-remote"] });
  expect((await project.plan()).code).toBe(0);
});

scenario(
  "a write-only argument is used but not stored, and is an error on older engines",
  thing('name = "n1"\n  token = "s3cret-token"'),
  async (project) => {
    if (!engine.writeOnly) {
      const rejected = await project.run(["plan", "-no-color"]);
      expect(rejected.code).toBe(1);
      expect(rejected.err).toContain("`token_env`");
      return;
    }
    await project.plan();
    expect(await readFile(join(project.folder, "plan.bin"), "latin1")).not.toContain("s3cret-token");
    await project.applyPlan();
    expect(await project.state()).toMatchObject({ token: null, token_length: 12 });
    expect(await readFile(join(project.folder, "terraform.tfstate"), "utf8")).not.toContain("s3cret-token");
    expect((await project.plan()).code).toBe(0);
    await project.write(thing('name = "n1"\n  token = "longer-s3cret-token"\n  token_version = "2"'));
    await project.plan();
    await project.applyPlan();
    expect(await project.state()).toMatchObject({ token_length: 19 });
  },
);

scenario("a plan after an import is empty, and an invalid import ID is an error", thing('name = "n1"'), async (project) => {
  await project.plan();
  await project.applyPlan();
  await project.run(["state", "rm", "echo_thing.a"]);
  const invalidId = await project.run(["import", "-no-color", "echo_thing.a", "a/b"]);
  expect([invalidId.code, invalidId.err]).toEqual([1, expect.stringContaining("(import-id-invalid)")]);
  const missing = await project.run(["import", "-no-color", "echo_thing.a", "missing"]);
  expect(missing.err).toContain("Cannot import non-existent remote object");
  expect((await project.run(["import", "-no-color", "echo_thing.a", "n1"])).code).toBe(0);
  expect((await project.plan()).code).toBe(0);
});

scenario("a state of an earlier version is upgraded", thing('name = "n1"\n  label = "kept"'), async (project) => {
  await project.plan();
  await project.applyPlan();
  const path = join(project.folder, "terraform.tfstate");
  const oldState = (await readFile(path, "utf8")).replace('"schema_version": 1', '"schema_version": 0').replace('"label"', '"old_label"');
  await writeFile(path, oldState.replace(/^\s*"sizes": null,\n/m, ""));
  expect((await project.plan()).code).toBe(0);
});

scenario("after a failure, the state is correct", thing('name = "n1"\n  mode = "fail-create"'), async (project) => {
  const apply = () => project.run(["apply", "-auto-approve", "-no-color"]);
  const failed = await apply();
  expect([failed.code, failed.err]).toEqual([1, expect.stringContaining("(request-rejected)")]);
  expect(failed.err).toMatch(/on main\.tf line \d+, in resource "echo_thing" "a":\n\s+\d+: +mode = "fail-create"/);
  expect(await project.state()).toBeUndefined();

  await project.write(thing('name = "n1"\n  mode = "fail-delete"'));
  expect((await apply()).code).toBe(0);
  await project.write(thing('name = "n1"\n  mode = "fail-update"'));
  expect((await apply()).code).toBe(1);
  expect(await project.state()).toMatchObject({ mode: "fail-delete", revision: 1 });
  expect((await project.run(["destroy", "-auto-approve", "-no-color"])).code).toBe(1);
  expect(await project.state()).toMatchObject({ mode: "fail-delete", revision: 1 });
});

scenario("validation shows the line of each error", thing('name = "n1"\n  mode = "wrong"'), async (project) => {
  const rejected = await project.run(["validate", "-no-color"]);
  expect(rejected.code).toBe(1);
  expect(rejected.err).toMatch(/on main\.tf line 11, in resource "echo_thing" "a":/);
  expect(rejected.err).toMatch(/`mode` is "wrong"\.[\s\S]*Use one of these values: `plain`[\s\S]*\(value-not-allowed\)/);
  await project.write(thing('name = "n1"\n  tags = ["a", "z"]\n  old = "x"\n  count_of = 9007199254740993'));
  const validated = await project.run(["validate", "-json"]);
  const { diagnostics } = JSON.parse(validated.out) as { diagnostics: { severity: string; detail: string }[] };
  expect(diagnostics.map(({ severity, detail }) => `${severity} ${/\(([a-z-]+)\)$/.exec(detail)?.[1] ?? ""}`).sort()).toEqual([
    "error number-not-exact",
    "warning argument-deprecated",
    "warning value-not-recognized",
  ]);
});

scenario("a data source returns its attributes, and its error stops the plan", "", async (project) => {
  const data = (name: string) =>
    `data "echo_lookup" "d" {\n  name = ${name}\n}\noutput "content" {\n  value = data.echo_lookup.d.content\n}\n`;
  await project.write(thing('name = "n1"') + data("echo_thing.a.name"));
  await project.plan();
  await project.applyPlan();
  expect((await project.run(["output", "-raw", "content"])).out).toContain('"name":"n1"');
  await project.write(thing('name = "n1"') + data('"missing"'));
  const failed = await project.run(["plan", "-no-color"]);
  expect(failed.err).toContain("The file missing does not exist.");
});

scenario("the log is structured, and the environment sets its level", thing('name = "n1"'), async (project) => {
  const quiet = await project.run(["plan", "-no-color"]);
  expect(quiet.err).toBe("");
  const { err } = await project.run(["apply", "-auto-approve", "-no-color"], { TF_LOG_PROVIDER: "info" });
  const line = err.split("\n").find((text) => text.includes(": creating: "));
  expect(line).toMatch(/\[INFO\] +provider\.terraform-provider-echo_v0\.0\.1: creating: /);
  // Older engines print the fields in any order.
  for (const field of ["@module=echo", "name=n1", "timestamp="]) expect(line).toContain(field);
  expect(err).not.toContain("call completed");
});

scenario("an interrupt stops a running handler", thing('name = "n1"\n  mode = "slow"'), async (project) => {
  const apply = project.spawn(["apply", "-auto-approve", "-no-color"]);
  let out = "";
  const sent = new Promise<number>((done) => {
    apply.stdout?.on("data", (text: Buffer) => {
      out += text.toString();
      if (out.includes("echo_thing.a: Creating...")) {
        setTimeout(() => apply.kill("SIGINT"), 300);
        done(Date.now());
      }
    });
  });
  apply.stderr?.on("data", (text: Buffer) => (out += text.toString()));
  const code = await new Promise((done) => apply.on("close", done));
  expect(code).toBe(1);
  expect(Date.now() - (await sent)).toBeLessThan(20_000);
  expect(out).toContain("(operation-canceled)");
  expect(await project.state()).toBeUndefined();
});

scenario("`providers schema -json` prints the JSON of `providerSchemaJson`", thing('name = "n1"'), async (project) => {
  const { out } = await project.run(["providers", "schema", "-json"]);
  // Engines before 1.11 do not know the first of these keys, and engines before 1.12 do not know the second.
  const isKnown: Readonly<Record<string, boolean>> = { write_only: engine.writeOnly, resource_identity_schemas: engine.resourceIdentity };
  const withoutUnknownKeys = (key: string, value: unknown) => (isKnown[key] === false ? undefined : value);
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(providerSchemaJson(echo), withoutUnknownKeys)));
});

scenario("one process with --debug serves several commands", thing('name = "n1"'), async (project) => {
  // The process has another working directory, so the path must be absolute.
  await project.write(thing('name = "n1"'), CONFIGURATION_START.replace("${path.root}", project.folder));
  const debugged = await startPlugin(pluginFile, {
    options: ["--debug"],
    environment: { TF_PLUGIN_MAGIC_COOKIE: undefined, TMPDIR: tmpdir() },
  });
  try {
    const reattach = { TF_REATTACH_PROVIDERS: /'(.*)'/.exec(debugged.stdout())?.[1] ?? "" };
    expect((await project.run(["apply", "-auto-approve", "-no-color"], reattach)).code).toBe(0);
    expect((await project.run(["plan", "-detailed-exitcode"], reattach)).code).toBe(0);
  } finally {
    debugged.child.kill("SIGINT");
    expect(await debugged.exit).toBe(0);
    debugged.close();
  }
});
