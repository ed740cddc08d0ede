/** The runtime under the real engine: an echo provider through an object's whole life. */
import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildPlugin } from "../../../../tools/build/plugin";
import { chooseEngine, cleanEnvironment, type Engine } from "../../../engine";
import { providerSchemaJson } from "../..";
import { start } from "../launcher";
import { echo } from "../echo-provider";

jest.setTimeout(180_000);

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
const PLACE = join(
  "terraform.d/plugins/terraform.local/echo/echo/0.0.1",
  `${process.platform}_${ARCHITECTURES[process.arch] ?? process.arch}`,
);
const NAME = "terraform-provider-echo_v0.0.1";
const HEADER = `terraform {
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
let built: string;

/** One configuration in a folder of its own, with the plugin in its implied mirror. */
class Work {
  private constructor(
    readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async begin(resources: string): Promise<Work> {
    const folder = await mkdtemp(join(tmpdir(), "rt-"));
    const temporary = join(folder, "tmp");
    await mkdir(temporary);
    const work = new Work(folder, await cleanEnvironment(engine, folder, { TMPDIR: temporary, TF_DATA_DIR: undefined }));
    await mkdir(join(folder, PLACE), { recursive: true });
    await cp(built, join(folder, PLACE, NAME));
    await work.write(resources);
    const { code, out, err } = await work.run(["init", "-no-color"]);
    if (code !== 0) throw new Error(out + err);
    return work;
  }

  async write(resources: string, header = HEADER): Promise<void> {
    await writeFile(join(this.folder, "main.tf"), header + resources);
  }

  run(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<Result> {
    return new Promise((done) => {
      const options = { cwd: this.folder, env: { ...this.environment, ...extra }, maxBuffer: 64 * 2 ** 20 };
      execFile(engine.path, args, options, (failure, out, err) => {
        done({ code: failure === null ? 0 : Number(failure.code), out, err });
      });
    });
  }

  /** `plan -detailed-exitcode`: 0 without changes, 2 with some; the changes by address. */
  async plan(): Promise<{ readonly code: number; readonly changes: Readonly<Record<string, Change>>; readonly text: string }> {
    const { code, out, err } = await this.run(["plan", "-no-color", "-detailed-exitcode", "-out=plan.bin"]);
    if (code === 1) throw new Error(out + err);
    const shown = JSON.parse((await this.run(["show", "-json", "plan.bin"])).out) as {
      resource_changes?: { address: string; change: Change }[];
    };
    return { code, changes: Object.fromEntries((shown.resource_changes ?? []).map(({ address, change }) => [address, change])), text: out };
  }

  /** What was planned last. */
  async applyPlan(): Promise<string> {
    const { code, out, err } = await this.run(["apply", "-no-color", "plan.bin"]);
    if (code !== 0) throw new Error(out + err);
    return out;
  }

  async state(address = "echo_thing.a"): Promise<Readonly<Record<string, unknown>> | undefined> {
    const { out } = await this.run(["show", "-json"]);
    const shown = JSON.parse(out) as { values?: { root_module: { resources?: { address: string; values: Record<string, unknown> }[] } } };
    return shown.values?.root_module.resources?.find((one) => one.address === address)?.values;
  }

  spawn(args: readonly string[]): ReturnType<typeof spawn> {
    return spawn(engine.path, args, { cwd: this.folder, env: this.environment });
  }

  /** Nothing that a plugin process of this folder should have taken away. */
  left(): { readonly sockets: readonly string[]; readonly processes: readonly string[] } {
    const commands = existsSync("/proc") ? readdirSync("/proc").filter((name) => /^\d+$/.test(name)) : [];
    const processes = commands.filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(NAME) && readFileSync(`/proc/${pid}/environ`, "utf8").includes(this.folder)
        );
      } catch {
        return false;
      }
    });
    return { sockets: readdirSync(join(this.folder, "tmp")), processes };
  }

  end(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** A scenario that ends without anything left behind. */
function scenario(name: string, resources: string, run: (work: Work) => Promise<void>): void {
  it(name, async () => {
    const work = await Work.begin(resources);
    try {
      await run(work);
      expect(work.left()).toEqual({ sockets: [], processes: [] });
    } finally {
      await work.end();
    }
  });
}

beforeAll(async () => {
  engine = await chooseEngine();
  built = join(await mkdtemp(join(tmpdir(), "rt-built-")), NAME);
  await buildPlugin({ entry: resolve(__dirname, "../echo-provider.ts"), outfile: built });
});

afterAll(() => rm(dirname(built), { recursive: true, force: true }));

const thing = (body: string, label = "a") => `resource "echo_thing" "${label}" {\n${body}\n}\n`;
const WHOLE = `
  label    = "one"
  count_of = 0.1
  tags     = ["b", "a"]
  sizes    = { small = 1, large = 4503599627370497 }
  settings = { level = "3" }
  rules    = [{ path = "/x" }, { path = "/y", weight = 2 }]
  hidden   = "shh"
`;

scenario("an object's life: create, nothing, update, replace in both orders, destroy", thing(`name = "n1"\n${WHOLE}`), async (work) => {
  const created = await work.plan();
  expect(created.changes["echo_thing.a"]).toMatchObject({
    actions: ["create"],
    after: { name: "n1", active: true, mode: "plain", tags: ["a", "b"], count_of: 0.1 },
    after_unknown: { id: true, remote: true, revision: true, settings: { id: true } },
  });
  await work.applyPlan();
  expect(await work.state()).toMatchObject({ id: "id-n1", remote: "from-remote", revision: 1, sizes: { large: 4503599627370497 } });
  expect((await work.plan()).code).toBe(0);

  await work.write(thing(`name = "n1"\n${WHOLE.replace('"one"', '"two"')}`));
  const update = await work.plan();
  expect(update.changes["echo_thing.a"]).toMatchObject({
    actions: ["update"],
    after: { label: "two", id: "id-n1" },
    after_unknown: { revision: true },
  });
  await work.applyPlan();
  expect(await work.state()).toMatchObject({ label: "two", revision: 2 });

  await work.write(thing(`name = "n2"\n${WHOLE}`));
  const replace = await work.plan();
  expect(replace.changes["echo_thing.a"]).toMatchObject({ actions: ["delete", "create"], replace_paths: [["name"]] });
  expect(replace.text).toContain("n1 is going to be deleted.");
  await work.applyPlan();
  expect(readdirSync(join(work.folder, "store"))).toEqual(["n2.json"]);

  await work.write(thing(`name = "n3"\n${WHOLE}\nlifecycle {\n  create_before_destroy = true\n}`));
  expect((await work.plan()).changes["echo_thing.a"]).toMatchObject({ actions: ["create", "delete"] });
  await work.applyPlan();
  expect(readdirSync(join(work.folder, "store"))).toEqual(["n3.json"]);
  expect((await work.plan()).code).toBe(0);

  const destroyed = await work.run(["destroy", "-auto-approve", "-no-color"]);
  expect(destroyed.out).toContain("n3 is going to be deleted.");
  expect(readdirSync(join(work.folder, "store"))).toEqual([]);
});

scenario("drift is shown and repaired, an object that is gone is created again", thing('name = "n1"'), async (work) => {
  await work.plan();
  await work.applyPlan();
  const file = join(work.folder, "store", "n1.json");
  await writeFile(file, (await readFile(file, "utf8")).replace('"active":true', '"active":false'));
  expect((await work.plan()).changes["echo_thing.a"]).toMatchObject({ actions: ["update"], after: { active: true } });
  await rm(file);
  expect((await work.plan()).changes["echo_thing.a"]).toMatchObject({ actions: ["create"] });
});

scenario("references are undecided until apply, in the provider block too", "", async (work) => {
  const header = HEADER.replace('"${path.root}/store"', "terraform_data.where.output");
  const where = 'resource "terraform_data" "where" {\n  input = "store"\n}\n';
  await work.write(
    `${where}${thing('name = "n1"\n  label = echo_thing.b.id\n  tags = [echo_thing.b.remote]')}${thing('name = "n2"', "b")}`,
    header,
  );
  expect((await work.plan()).changes["echo_thing.a"]).toMatchObject({ actions: ["create"], after_unknown: { label: true } });
  await work.applyPlan();
  expect(await work.state()).toMatchObject({ label: "id-n2", tags: ["from-remote"] });
  expect((await work.plan()).code).toBe(0);
});

scenario(
  "a write-only argument is used and stored nowhere, or refused by name",
  thing('name = "n1"\n  token = "s3cret-token"'),
  async (work) => {
    if (!engine.writeOnly) {
      const refused = await work.run(["plan", "-no-color"]);
      expect(refused.code).toBe(1);
      expect(refused.err).toContain("`token_env`");
      return;
    }
    await work.plan();
    expect(await readFile(join(work.folder, "plan.bin"), "latin1")).not.toContain("s3cret-token");
    await work.applyPlan();
    expect(await work.state()).toMatchObject({ token: null, token_length: 12 });
    expect(await readFile(join(work.folder, "terraform.tfstate"), "utf8")).not.toContain("s3cret-token");
    expect((await work.plan()).code).toBe(0);
    await work.write(thing('name = "n1"\n  token = "longer-s3cret-token"\n  token_version = "2"'));
    await work.plan();
    await work.applyPlan();
    expect(await work.state()).toMatchObject({ token_length: 19 });
  },
);

scenario("an import is followed by an empty plan; a wrong id is explained", thing('name = "n1"'), async (work) => {
  await work.plan();
  await work.applyPlan();
  await work.run(["state", "rm", "echo_thing.a"]);
  const wrong = await work.run(["import", "-no-color", "echo_thing.a", "a/b"]);
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("(import-id-invalid)")]);
  const missing = await work.run(["import", "-no-color", "echo_thing.a", "nobody"]);
  expect(missing.err).toContain("Cannot import non-existent remote object");
  expect((await work.run(["import", "-no-color", "echo_thing.a", "n1"])).code).toBe(0);
  expect((await work.plan()).code).toBe(0);
});

scenario("a state of an earlier version is upgraded", thing('name = "n1"\n  label = "kept"'), async (work) => {
  await work.plan();
  await work.applyPlan();
  const path = join(work.folder, "terraform.tfstate");
  const old = (await readFile(path, "utf8")).replace('"schema_version": 1', '"schema_version": 0').replace('"label"', '"old_label"');
  await writeFile(path, old.replace(/^\s*"sizes": null,\n/m, ""));
  expect((await work.plan()).code).toBe(0);
});

scenario("failures leave a true state", thing('name = "n1"\n  mode = "fail-create"'), async (work) => {
  const apply = () => work.run(["apply", "-auto-approve", "-no-color"]);
  const failed = await apply();
  expect([failed.code, failed.err]).toEqual([1, expect.stringContaining("(remote-request-rejected)")]);
  expect(failed.err).toMatch(/on main\.tf line \d+, in resource "echo_thing" "a":\n\s+\d+: +mode = "fail-create"/);
  expect(await work.state()).toBeUndefined();

  await work.write(thing('name = "n1"\n  mode = "fail-delete"'));
  expect((await apply()).code).toBe(0);
  await work.write(thing('name = "n1"\n  mode = "fail-update"'));
  expect((await apply()).code).toBe(1);
  expect(await work.state()).toMatchObject({ mode: "fail-delete", revision: 1 });
  expect((await work.run(["destroy", "-auto-approve", "-no-color"])).code).toBe(1);
  expect(await work.state()).toMatchObject({ mode: "fail-delete", revision: 1 });
});

scenario("a configuration is judged with the place of each mistake", thing('name = "n1"\n  mode = "wrong"'), async (work) => {
  const refused = await work.run(["validate", "-no-color"]);
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/on main\.tf line 11, in resource "echo_thing" "a":/);
  expect(refused.err).toMatch(/`mode` is "wrong"\.[\s\S]*Use one of: `plain`[\s\S]*\(value-not-allowed\)/);
  await work.write(thing('name = "n1"\n  tags = ["a", "z"]\n  old = "x"\n  count_of = 9007199254740993'));
  const findings = await work.run(["validate", "-json"]);
  const { diagnostics } = JSON.parse(findings.out) as { diagnostics: { severity: string; detail: string }[] };
  expect(diagnostics.map(({ severity, detail }) => `${severity} ${/\(([a-z-]+)\)$/.exec(detail)?.[1] ?? ""}`).sort()).toEqual([
    "error number-not-exact",
    "warning argument-deprecated",
    "warning value-not-recognized",
  ]);
});

scenario("a data source answers, and its error stops the plan", "", async (work) => {
  const data = (name: string) =>
    `data "echo_lookup" "d" {\n  name = ${name}\n}\noutput "content" {\n  value = data.echo_lookup.d.content\n}\n`;
  await work.write(thing('name = "n1"') + data("echo_thing.a.name"));
  await work.plan();
  await work.applyPlan();
  expect((await work.run(["output", "-raw", "content"])).out).toContain('"name":"n1"');
  await work.write(thing('name = "n1"') + data('"nobody"'));
  const failed = await work.run(["plan", "-no-color"]);
  expect(failed.err).toContain("There is no file nobody.");
});

scenario("the log is structured, at the level that was asked for", thing('name = "n1"'), async (work) => {
  const quiet = await work.run(["plan", "-no-color"]);
  expect(quiet.err).toBe("");
  const { err } = await work.run(["apply", "-auto-approve", "-no-color"], { TF_LOG_PROVIDER: "info" });
  const line = err.split("\n").find((one) => one.includes(": creating: "));
  expect(line).toMatch(/\[INFO\] +provider\.terraform-provider-echo_v0\.0\.1: creating: @module=echo name=n1 timestamp=/);
  expect(err).not.toContain("call answered");
});

scenario("an interrupt stops what waits, and nothing is left", thing('name = "n1"\n  mode = "slow"'), async (work) => {
  const apply = work.spawn(["apply", "-auto-approve", "-no-color"]);
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
  expect(await work.state()).toBeUndefined();
});

scenario("the command line prints the schema that the runtime says it has", thing('name = "n1"'), async (work) => {
  const { out } = await work.run(["providers", "schema", "-json"]);
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(providerSchemaJson(echo))));
});

scenario("a process that waits for a debugger serves every command", thing('name = "n1"'), async (work) => {
  // The process runs elsewhere, so the path must be absolute.
  await work.write(thing('name = "n1"'), HEADER.replace("${path.root}", work.folder));
  const waiting = await start(built, { options: ["--debug"], environment: { TF_PLUGIN_MAGIC_COOKIE: undefined, TMPDIR: tmpdir() } });
  try {
    const reattach = { TF_REATTACH_PROVIDERS: /'(.*)'/.exec(waiting.stdout())?.[1] ?? "" };
    expect((await work.run(["apply", "-auto-approve", "-no-color"], reattach)).code).toBe(0);
    expect((await work.run(["plan", "-detailed-exitcode"], reattach)).code).toBe(0);
  } finally {
    waiting.child.kill("SIGINT");
    expect(await waiting.exit).toBe(0);
    waiting.close();
  }
});
