/** The engine's CLI configuration: where `init` fails, synthesis prints what to change, and following it literally makes `init` succeed. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { BitliftProvider } from "../../lib";
import { chooseEngine, cleanEnvironment, type Engine } from "../../packages/engine";
import { runProgram } from "../../tools/harness";

jest.setTimeout(60_000);

/** A server that closes every connection, as the address of a mirror. */
let connections = 0;
const server = createServer((socket) => {
  connections += 1;
  socket.destroy();
});
let engine: Engine;
let folder: string;
let environment: Record<string, string>;
let configurationPath: string;

beforeAll(async () => {
  engine = await chooseEngine(process.env);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});
afterAll(() => server.close());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "cli-"));
  writeFileSync(join(folder, "plugin"), "#!/usr/bin/env node\n");
  mkdirSync(join(folder, "company"));
  environment = await cleanEnvironment(engine, folder);
  configurationPath = environment["TF_CLI_CONFIG_FILE"] ?? "";
  connections = 0;
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const stackFolder = (stack: string) => join(folder, "out/stacks", stack);

/** Synthesizes two stacks with the settings of the engine. Returns what synthesis prints. */
function synthesize(variables: Record<string, string> = {}): string {
  let printed = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => ((printed += String(text)), true));
  jest.replaceProperty(process, "env", { ...environment, ...variables });
  const app = new App({ outdir: join(folder, "out") });
  for (const name of ["first", "second"])
    new BitliftProvider(new TerraformStack(app, name), "bitlift", { pluginPath: join(folder, "plugin") });
  app.synth();
  jest.restoreAllMocks();
  return printed;
}

async function init(variables: Record<string, string> = {}, stack = "first"): Promise<number | null> {
  rmSync(join(stackFolder(stack), ".terraform"), { recursive: true, force: true });
  const options = { cwd: stackFolder(stack), env: { ...environment, ...variables } };
  return (await runProgram(engine.path, ["init", "-input=false", "-no-color"], options)).code;
}

/** Writes a configuration in which MIRROR stands for the server, and FOLDER for the temporary folder. */
function configure(text: string): void {
  const { port } = server.address() as AddressInfo;
  writeFileSync(configurationPath, text.replaceAll("MIRROR", `https://127.0.0.1:${port}/`).replaceAll("FOLDER", folder));
}

/** Changes the configuration as the text asks: adds the block at the end, and sets the arguments in the named methods. */
function follow(printed: string): void {
  let text = readFileSync(configurationPath, "utf8");
  const [, block] = /Add at the end of provider_installation in .*:\n([\s\S]*?\n {4}\}\n)/.exec(printed) ?? [];
  for (const [, kind = "", location = "", argument = ""] of printed.matchAll(/Set in (\w+) ?(\S*):\n\s+(exclude = .*)/g)) {
    const method = [...text.matchAll(new RegExp(`${kind} \\{[^}]*\\}`, "g"))].find(([body]) => body.includes(location))?.[0] ?? "";
    expect(method).not.toBe("");
    const others = method.split("\n").filter((line) => !line.includes("exclude"));
    const [first = "", ...rest] = others.join("\n").split("{");
    text = text.replace(method, () => `${first}{\n    ${argument}\n${rest.join("{")}`);
  }
  if (block !== undefined) text = `${text.slice(0, text.lastIndexOf("}"))}${block}}\n`;
  writeFileSync(configurationPath, text);
}

const OURS = '  filesystem_mirror {\n    path = "terraform.d/plugins"\n    include = ["terraform.local/bitlift/*"]\n  }\n';
const installation = (methods: string) => `provider_installation {\n${methods}}\n`;

describe("synthesis prints nothing, and init succeeds, with", () => {
  it.each<[string, string]>([
    ["no configuration", ""],
    ["a plugin cache", 'plugin_cache_dir = "FOLDER/company"\n'],
    ["the mirror next to the stack", installation(OURS)],
    [
      "patterns that look like comments",
      installation(`${OURS}  filesystem_mirror {\n    path = "/usr/share/terraform/providers"\n    include = ["registry.terraform.io/*/*"]\n  }
  direct {\n    exclude = ["terraform.local/bitlift/*", "registry.terraform.io/*/*"]\n  }\n`),
    ],
    ["a mirror for all hosts", installation(OURS.replace("terraform.local/bitlift/*", "*/*/*"))],
    ["a mirror without patterns", installation('  filesystem_mirror {\n    path = "terraform.d/plugins"\n  }\n')],
    ["the whole address as a pattern", installation(OURS.replace("bitlift/*", "bitlift/bitlift"))],
    [
      "a registry that excludes the whole host",
      installation(`${OURS.replace("bitlift/*", "*/*")}  direct {\n    exclude = ["terraform.local/*/*"]\n  }\n`),
    ],
    ["another mirror that does not have the plugin", installation(`${OURS}  filesystem_mirror {\n    path = "FOLDER/company"\n  }\n`)],
    [
      "a network mirror for another host",
      installation(`${OURS}  network_mirror {\n    url = "MIRROR"\n    include = ["registry.terraform.io/*/*"]\n  }\n`),
    ],
    [
      "a network mirror for the default host",
      installation(`${OURS}  network_mirror {\n    url = "MIRROR"\n    include = ["bitlift/*"]\n  }\n`),
    ],
    ["JSON", '{"provider_installation": {"filesystem_mirror": [{"path": "terraform.d/plugins"}]}}'],
    ["a file that the engine cannot parse, and ignores", "provider_installation {\n"],
    [
      "comments of all kinds",
      `# provider_installation {\n// direct {\n/* direct {}\n*/\n${installation(`${OURS}  # it's "direct {}"\n  // direct {}\n`)}`,
    ],
    ["lines that end in CRLF", installation(OURS).replaceAll("\n", "\r\n")],
    ["a block on one line", `provider_installation { ${OURS.replaceAll("\n", " ").trim()} }`],
    ["a block in a heredoc", 'credentials "example.com" {\n  token = <<EOT\nprovider_installation {\n  direct {}\n}\nEOT\n}\n'],
    ["a block in a text", 'credentials "example.com" {\n  token = "\\"provider_installation { direct {} }"\n}\n'],
    ["a byte order mark, with which the engine ignores the file", `\uFEFF${installation("  direct {}\n")}`],
    ["a method of an unknown kind", installation(`${OURS}  s3_mirror {\n    bucket = "company"\n  }\n`)],
    ["a pattern in upper case", installation(OURS.replace("terraform.local/bitlift", "Terraform.Local/Bitlift"))],
    ["a block that would not have the plugin, but is not the first", installation(OURS) + installation("  direct {}\n")],
  ])("%s", async (_, text) => {
    configure(text);
    expect(synthesize()).toBe("");
    expect(await init()).toBe(0);
    expect(await init({}, "second")).toBe(0);
    expect(connections).toBe(0);
  });

  it("a file in another encoding, which the engine ignores", async () => {
    writeFileSync(configurationPath, Buffer.from(`# caf\u00e9\n${installation("  direct {}\n")}`, "latin1"));
    expect(synthesize()).toBe("");
    expect(await init()).toBe(0);
  });
});

describe("synthesis prints what to change, which turns a failing init into a successful one, with", () => {
  it.each<[string, string]>([
    ["an empty block", installation("")],
    ["a registry", installation("  direct {}\n")],
    ["a registry with exceptions", installation('  direct {\n    exclude = ["registry.terraform.io/*/*"]\n  }\n')],
    ["a registry beside the mirror", installation(`${OURS}  direct {\n  }\n`)],
    ["a network mirror", installation('  network_mirror {\n    url = "MIRROR"\n  }\n')],
    ["a network mirror beside the mirror", installation(`${OURS}  network_mirror {\n    url = "MIRROR"\n    include = ["*/*/*"]\n  }\n`)],
    [
      "a network mirror and a registry",
      installation(
        '  network_mirror {\n    url = "MIRROR"\n    exclude = ["example.com/*/*"]\n  }\n  direct {\n    include = ["*/*/*"]\n  }\n',
      ),
    ],
    ["a mirror in another folder", installation('  filesystem_mirror {\n    path = "FOLDER/company"\n  }\n')],
    ["a mirror that does not exist", installation('  filesystem_mirror {\n    path = "FOLDER/missing"\n  }\n')],
    [
      "comments and texts that look like blocks",
      `# it's "provider_installation {\ncredentials "example.com" {\n  token = "a{b}#c//d/*e"\n}\n${installation("  direct {}\n")}`,
    ],
    ["a mirror for the plugin's name at the default host", installation(OURS.replace("terraform.local/", ""))],
    [
      "a registry that excludes the plugin's name at the default host",
      installation(`${OURS}  direct {\n    exclude = ["bitlift/*"]\n  }\n`),
    ],
    [
      "two network mirrors",
      installation('  network_mirror {\n    url = "MIRROR"\n  }\n  network_mirror {\n    url = "MIRRORsecond/"\n  }\n'),
    ],
    ["patterns that are not a list, with which the engine ignores the method", installation(OURS.replace(/\[(.*)\]/, "$1"))],
    ["a mirror for other providers", installation(OURS.replace("bitlift/*", "other/*"))],
  ])("%s", async (_, text) => {
    configure(text);
    const printed = synthesize();
    expect(printed.match(/\(plugin-mirror-disabled\)/g)).toHaveLength(1);
    expect(await init()).toBe(1);
    follow(printed);
    connections = 0;
    expect(await init()).toBe(0);
    expect(await init({}, "second")).toBe(0);
    expect(connections).toBe(0);
    expect(synthesize()).toBe("");
    // The advice opens no method that the configuration did not have.
    expect(readFileSync(configurationPath, "utf8").includes("direct {")).toBe(text.includes("direct {"));
  });

  it("a development override, which only new versions of Terraform use in init", async () => {
    configure(installation('  dev_overrides {\n    "terraform.local/bitlift/bitlift" = "FOLDER"\n  }\n  direct {}\n'));
    const printed = synthesize();
    expect(printed).toContain("dev_overrides counts for plan and apply, but not for init");
    follow(printed);
    expect(await init()).toBe(0);
    expect(synthesize()).toBe("");
  });

  it("JSON", async () => {
    configure('{"provider_installation": {"network_mirror": [{"url": "MIRROR"}], "filesystem_mirror": [{"path": "FOLDER/company"}]}}');
    const printed = synthesize();
    expect(await init()).toBe(1);
    const { provider_installation: block } = JSON.parse(readFileSync(configurationPath, "utf8"));
    const [, mirrors = ""] = /Set in provider_installation in .*:\n([\s\S]*?\n {4}\])/.exec(printed) ?? [];
    const [, exclude = ""] = /Set in network_mirror https:\S+:\n\s+(.*)/.exec(printed) ?? [];
    const changed = {
      ...block,
      ...JSON.parse(`{${mirrors}}`),
      network_mirror: [{ ...block.network_mirror[0], ...JSON.parse(`{${exclude}}`) }],
    };
    writeFileSync(configurationPath, JSON.stringify({ provider_installation: changed }));
    connections = 0;
    expect(await init()).toBe(0);
    expect(connections).toBe(0);
    expect(synthesize()).toBe("");
  });

  it("another build of the same version in a mirror of the company", async () => {
    configure("");
    synthesize();
    cpSync(join(stackFolder("first"), "terraform.d/plugins"), join(folder, "company"), { recursive: true });
    writeFileSync(join(folder, "plugin"), "#!/usr/bin/env node\n// a new build\n");
    configure(installation('  filesystem_mirror {\n    path = "FOLDER/company"\n  }\n'));
    const printed = synthesize();
    expect(printed).toContain("another build");
    expect(await init()).toBe(1);
    follow(printed);
    expect(await init()).toBe(0);
    expect(synthesize()).toBe("");
  });

  it("a path that is relative to the folder of the stack", async () => {
    const variables = { TF_CLI_CONFIG_FILE: "../../../company.tfrc" };
    expect(synthesize(variables)).toBe("");
    writeFileSync(join(folder, "company.tfrc"), installation("  direct {}\n"));
    expect(synthesize(variables)).toContain(`${join(folder, "company.tfrc")} has a provider_installation block`);
    expect(await init(variables)).toBe(1);
  });

  it.each(["TF_CLI_ARGS_init", "TF_CLI_ARGS"])("-plugin-dir in %s", async (variable) => {
    configure("");
    const variables = { TF_CLI_ARGS_init: "-upgrade=false", [variable]: `-plugin-dir=${join(folder, "company")}` };
    const printed = synthesize(variables);
    expect(printed).toContain("(plugin-mirror-disabled)");
    expect(await init(variables)).toBe(1);
    const [, name = "", value = ""] = /export (\w+)='(.*)'/.exec(printed) ?? [];
    expect(name).toBe(variable);
    rmSync(join(folder, "out"), { recursive: true });
    const changed = { ...variables, [name]: value };
    expect(synthesize(changed)).toBe("");
    expect(await init(changed)).toBe(0);
    expect(existsSync(join(stackFolder("first"), ".terraform/providers"))).toBe(true);
  });
});
