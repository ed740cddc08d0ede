/** Every example synthesizes to the same configuration with CDKTF and CDK Terrain, through the published package with both hosts installed. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { devDependencies } from "../../package.json";
import { chooseEngine, cleanEnvironment } from "../../packages/engine";
import { runProgram } from "../../tools/harness";
import { installStandIns } from "../../tools/stand-ins";
import { installPackage } from "./installed-package";

jest.setTimeout(300_000);

const EXAMPLES = resolve(__dirname, "../../examples");
const HOSTS = ["cdktf", "cdktn"] as const;
type Host = (typeof HOSTS)[number];

/** Every folder with an app. */
const APPS = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, "main.ts")));
/** Files without an app of their own. */
const FILES = [
  "file/cloud.yaml",
  "file/data-center.yaml",
  "file/existing.yaml",
  "file/published.yaml",
  "file/sets.yaml",
  "file/parts.yaml",
  "file/bitlift.yaml",
  "getting-started/bitlift.yaml",
];

let folder: string;
beforeAll(async () => {
  folder = await installPackage([...HOSTS, "constructs", "@cdktf/provider-null"]);
  for (const host of HOSTS) {
    await cp(EXAMPLES, join(folder, host), { recursive: true });
    for (const name of APPS) await rewriteImports(join(folder, host, name), host);
    const entry = host === "cdktf" ? "bitlift" : "bitlift/cdktn";
    const app = `import { synthesizeApp } from "${entry}/app";\nsynthesizeApp({ path: process.argv[2] });\n`;
    await writeFile(join(folder, host, "app.mjs"), app);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As a user imports them, and as a user changes the host. */
async function rewriteImports(example: string, host: Host): Promise<void> {
  for (const name of (await readdir(example)).filter((file) => file.endsWith(".ts"))) {
    const text = (await readFile(join(example, name), "utf8"))
      .replaceAll(/"\.\.\/\.\.\/lib\/providers\/(\w+)\/([\w-]+)"/g, '"bitlift/$1/lib/$2"')
      .replaceAll(/"\.\.\/\.\.\/lib\/providers\/(\w+)"/g, '"bitlift/$1"')
      .replaceAll('"../../lib"', '"bitlift"')
      .replaceAll('"../../stacks"', '"bitlift/app"');
    const entry = host === "cdktf" ? '"bitlift' : '"bitlift/cdktn';
    const forHost = text.replaceAll(/"cdkt[fn]"/g, `"${host}"`).replaceAll(/"bitlift(?:\/cdktn)?(?=["/])/g, entry);
    await writeFile(join(example, name), forHost);
  }
}

/** Everything that an app writes for its stacks, without the folders and the versions that differ. */
async function outputOf(host: Host, cwd: string, args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const outdir = join(folder, `out-${host}`);
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir);
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, CDKTF_OUTDIR: outdir };
  const { code, output } = await runProgram(process.execPath, args, { cwd, env });
  expect([code, output]).toEqual([0, expect.any(String)]);
  const entries = await readdir(outdir, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const files = paths.sort().map(async (path) => {
    const text = await readFile(path, "latin1");
    const content = path.endsWith(".json") ? comparable(parsed(text.replaceAll(`${folder}/${host}`, "project"))) : text;
    return [path.slice(outdir.length + 1), content] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

/**
 * A file without stack traces, which name files of the host, and with the trigger of CDK Terrain: a terraform_data of the engine, where CDKTF has a
 * null_resource and its provider. The published backing has it for Bitbucket Data Center.
 */
function parsed(text: string): Readonly<Record<string, unknown>> {
  const withTrigger = text
    .replaceAll(/null_resource(\.\w+)\.triggers\[\\"(\w+)\\"\]/g, "terraform_data$1.triggers_replace.$2")
    .replaceAll(/null_resource(\.\w+)\.triggers\b/g, "terraform_data$1.triggers_replace")
    .replaceAll("null_resource", "terraform_data")
    .replaceAll('"triggers":', '"triggers_replace":');
  return JSON.parse(withTrigger, (key, value: unknown) => (["stacktrace", "null"].includes(key) ? undefined : value)) as Record<
    string,
    unknown
  >;
}

/** A configuration or manifest without the version of the host. */
function comparable(content: Readonly<Record<string, unknown>>): unknown {
  const { "//": comment, version, ...others } = content as { "//"?: { metadata: { version?: string } }; version?: string };
  const versions = [comment?.metadata.version, version].filter((value) => value !== undefined);
  expect(versions.every((value) => value === devDependencies.cdktf || value === devDependencies.cdktn)).toBe(true);
  return { ...others, ...(comment === undefined ? {} : { "//": { ...comment, metadata: { ...comment.metadata, version: undefined } } }) };
}

describe("both hosts write the same", () => {
  it("for at least one app and one file", () => {
    expect([APPS.length, FILES.length].every((count) => count > 5)).toBe(true);
  });

  it.each(APPS)("for the example %s", async (name) => {
    const [first, second] = [
      await outputOf("cdktf", join(folder, "cdktf", name), ["--import", "tsx", "main.ts"]),
      await outputOf("cdktn", join(folder, "cdktn", name), ["--import", "tsx", "main.ts"]),
    ];
    expect(Object.keys(first)).toContain("manifest.json");
    expect(second).toEqual(first);
  });

  it.each(FILES)("for the file %s", async (file) => {
    const [first, second] = [
      await outputOf("cdktf", join(folder, "cdktf"), ["app.mjs", file]),
      await outputOf("cdktn", join(folder, "cdktn"), ["app.mjs", file]),
    ];
    expect(Object.keys(first).filter((path) => path.endsWith("cdk.tf.json"))).not.toEqual([]);
    expect(second).toEqual(first);
  });
});

it("the engine accepts the published backing of CDK Terrain, whose trigger differs", async () => {
  await outputOf("cdktn", join(folder, "cdktn/published"), ["--import", "tsx", "main.ts"]);
  const stack = join(folder, "out-cdktn/stacks/ledger");
  expect(await readFile(join(stack, "cdk.tf.json"), "utf8")).toMatch(/"terraform_data\.\w+\.triggers_replace\.name"/);
  const engine = await chooseEngine();
  const standIns = await installStandIns(folder);
  const env = await cleanEnvironment(engine, folder, { TF_CLI_CONFIG_FILE: standIns.cliConfig });
  for (const args of [["init", "-input=false", "-backend=false"], ["validate"]]) {
    expect(await runProgram(engine.path, args, { cwd: stack, env })).toMatchObject({ code: 0 });
  }
});

it("the two builds never load the host of the other one", async () => {
  const loaded = "Object.keys(require.cache).flatMap((file) => /node_modules.(cdkt[fn]).lib.app\\.js/.exec(file)?.[1] ?? [])";
  for (const [entry, host] of [
    ["bitlift", "cdktf"],
    ["bitlift/cdktn", "cdktn"],
  ] as const) {
    for (const path of ["", "/app", "/bitbucket", "/bitbucketserver/lib/provider", "/spacelift"]) {
      const { output } = await runProgram(process.execPath, ["-p", `require("${entry}${path}"); ${loaded}.join()`], {
        cwd: folder,
        env: {},
      });
      expect([path, output.trim()]).toEqual([path, host]);
    }
  }
});

it("every path that the two builds import exists, and names their own host only", async () => {
  const dist = join(folder, "node_modules/bitlift/dist");
  const files = (await readdir(dist, { recursive: true })).filter((file) => /^(?:cdktn\/)?(?:lib|stacks)\/.*\.(?:js|d\.ts)$/.test(file));
  expect(files.filter((file) => file.startsWith("cdktn/")).length * 2).toBeGreaterThan(files.length - 10);
  for (const file of files) {
    const text = await readFile(join(dist, file), "utf8");
    const specifiers = [...text.matchAll(/(?:\brequire\(|\bimport\(|\bfrom |\bimport )"([^"]+)"/g)].map(([, specifier = ""]) => specifier);
    const missing = specifiers.filter((specifier) => specifier.startsWith(".") && !isModule(join(dist, dirname(file), specifier)));
    const foreign = specifiers.filter((specifier) => specifier === (file.startsWith("cdktn/") ? "cdktf" : "cdktn"));
    expect([file, missing, foreign]).toEqual([file, [], []]);
  }
});

const isModule = (path: string) => ["", ".js", ".d.ts", "/index.js"].some((end) => existsSync(path + end));
