/** Whether the engine finds the plugin with its CLI configuration, and the advice if it does not. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InstallationBlock, InstallationMethod } from "../../../lib/plugin/cli-configuration";
import { installationAdvice } from "../../../lib/plugin/installation-advice";
import { findPluginDirOption } from "../../../lib/plugin/plugin-dir-option";
import { writeMirror } from "../../../lib/plugin/plugin-mirror";
import { isInFolders, searchPlugin } from "../../../lib/plugin/plugin-search";

const PLUGIN = { source: "terraform.local/bitlift/bitlift", version: "1.2.3", bytes: Buffer.from("plugin") };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "search-"));
  mkdirSync(join(folder, "empty"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const method = (kind: InstallationMethod["kind"], fields: Partial<InstallationMethod> = {}): InstallationMethod => ({
  kind,
  location: "",
  include: [],
  exclude: [],
  ...fields,
});
const mirror = (location: string, fields: Partial<InstallationMethod> = {}) => method("filesystem_mirror", { location, ...fields });
const network = (fields: Partial<InstallationMethod> = {}) =>
  method("network_mirror", { location: "https://mirror.example.com/", ...fields });
const OURS = mirror("terraform.d/plugins", { include: ["terraform.local/bitlift/*"] });

const block = (methods: readonly InstallationMethod[], fields: Partial<InstallationBlock> = {}): InstallationBlock => ({
  engines: ["Terraform"],
  path: "/etc/.terraformrc",
  isJson: false,
  configuredHosts: [],
  overrides: [],
  methods,
  ...fields,
});
const advice = (checked: InstallationBlock) => {
  const failure = searchPlugin(checked, PLUGIN, folder);
  return failure && installationAdvice(checked, failure, PLUGIN.source);
};

it.each<[string, readonly InstallationMethod[]]>([
  ["the mirror next to the stack", [OURS]],
  ["an excluded registry", [OURS, method("direct", { exclude: ["terraform.local/bitlift/bitlift"] })]],
  ["a registry for other hosts", [OURS, method("direct", { include: ["registry.terraform.io/*/*"] })]],
  ["upper case in a pattern", [OURS, method("direct", { exclude: ["Terraform.local/Bitlift/*"] })]],
  ["a network mirror that names the host of the plugin", [network({ include: ["terraform.local/bitlift/*"] })]],
  ["an OCI mirror that names the host of the plugin", [method("oci_mirror", { location: "r/${type}", include: ["terraform.local/*/*"] })]],
])("finds the plugin with %s", (_, methods) => {
  expect(searchPlugin(block(methods), PLUGIN, folder)).toBeUndefined();
});

it("finds the plugin with a registry of its own host", () => {
  expect(searchPlugin(block([method("direct")], { configuredHosts: ["terraform.local"] }), PLUGIN, folder)).toBeUndefined();
});

it.each<[string, readonly InstallationMethod[], boolean, number]>([
  ["no methods", [], true, 0],
  ["only a registry", [method("direct")], true, 1],
  ["a registry beside the mirror", [OURS, method("direct")], false, 1],
  ["a network mirror", [network()], true, 1],
  ["a network mirror for all hosts beside the mirror", [OURS, network({ include: ["*/*/*"] })], false, 1],
  ["an OCI mirror beside the mirror", [OURS, method("oci_mirror", { location: "r/${type}" })], false, 1],
  ["a mirror that excludes the plugin", [{ ...OURS, exclude: ["*/*/*"] }], true, 0],
  ["a mirror for the default host", [{ ...OURS, include: ["bitlift/bitlift"] }], true, 0],
  ["a mirror without the plugin", [mirror("empty")], true, 0],
  ["a mirror that does not exist beside ours", [OURS, mirror("missing")], false, 1],
])("does not find the plugin with %s", (_, methods, isMissing, obstacles) => {
  const failure = searchPlugin(block(methods), PLUGIN, folder);
  expect(failure).toMatchObject({ isMissing });
  expect(failure?.obstacles).toHaveLength(obstacles);
});

describe("a mirror elsewhere", () => {
  it("has the plugin that another stack placed", () => {
    writeMirror(join(folder, "other"), PLUGIN);
    expect(searchPlugin(block([mirror(join(folder, "other/terraform.d/plugins"))]), PLUGIN, folder)).toBeUndefined();
    expect(searchPlugin(block([mirror("other/terraform.d/plugins")]), PLUGIN, folder)).toBeUndefined();
  });

  it("has a packed plugin", () => {
    const provider = join(folder, "packed", PLUGIN.source);
    mkdirSync(provider, { recursive: true });
    writeFileSync(join(provider, "terraform-provider-bitlift_1.2.3_linux_amd64.zip"), "");
    expect(searchPlugin(block([mirror("packed")]), PLUGIN, folder)).toBeUndefined();
  });

  it.each([
    ["another version", { version: "1.2.2" }, true],
    ["another build of the version", { bytes: Buffer.from("old") }, false],
  ])("has %s, which is not enough", (_, fields, hasNoObstacle) => {
    writeMirror(join(folder, "other"), { ...PLUGIN, ...fields });
    const failure = searchPlugin(block([mirror("other/terraform.d/plugins")]), PLUGIN, folder);
    expect(failure).toMatchObject({ isMissing: true, obstacles: hasNoObstacle ? [] : [expect.anything()] });
  });
});

describe("the advice", () => {
  it("adds the mirror, and excludes the plugin where it would be searched for", () => {
    const methods = [network({ exclude: ["example.com/*/*"] }), method("direct")];
    expect(advice(block(methods))).toEqual({
      why:
        "/etc/.terraformrc has a provider_installation block, so Terraform ignores the plugin next to the stack: no method in it has the plugin; " +
        "network_mirror https://mirror.example.com/ requests the plugin from that server, and fails unless the server responds that it has none; " +
        "direct requests the plugin from the registry of terraform.local, which does not exist.",
      fix: [
        "Add at the end of provider_installation in /etc/.terraformrc; the path is relative to the folder of each stack:",
        "  filesystem_mirror {",
        '    path    = "terraform.d/plugins"',
        '    include = ["terraform.local/bitlift/*"]',
        "  }",
        "Set in network_mirror https://mirror.example.com/:",
        '  exclude = ["example.com/*/*", "terraform.local/bitlift/*"]',
        "Set in direct:",
        '  exclude = ["terraform.local/bitlift/*"]',
      ].join("\n"),
    });
  });

  it("explains why a development override is not enough", () => {
    expect(advice(block([], { overrides: [PLUGIN.source] }))?.why).toContain("dev_overrides counts for plan and apply, but not for init");
    expect(advice(block([], { overrides: ["example.com/a/b"] }))?.why).not.toContain("dev_overrides");
  });

  it("does not mention a method that is not there", () => {
    expect(advice(block([]))?.fix).not.toMatch(/direct|network_mirror/);
  });

  it("is JSON for a file in JSON, with the mirrors that are there", () => {
    const fix = advice(block([mirror("empty", { exclude: ["a/*/*"] }), method("direct")], { isJson: true }))?.fix ?? "";
    expect(fix).toContain('"exclude": ["terraform.local/bitlift/*"]');
    expect(JSON.parse(`{${/"filesystem_mirror": \[[\s\S]*?\n {2}\]/.exec(fix)?.[0] ?? ""}}`)).toEqual({
      filesystem_mirror: [
        { path: "empty", exclude: ["a/*/*"] },
        { path: "terraform.d/plugins", include: ["terraform.local/bitlift/*"] },
      ],
    });
  });

  it("shows no login of a mirror", () => {
    const found = advice(block([network({ location: "https://jane:hunter2@mirror.example.com/" })]));
    expect(JSON.stringify(found)).not.toMatch(/jane:|hunter2/);
    expect(found?.fix).toContain("network_mirror https://mirror.example.com/:");
  });

  it.each<[InstallationBlock["engines"], string]>([
    [["OpenTofu"], "so OpenTofu ignores"],
    [["Terraform", "OpenTofu"], "so the engine ignores"],
  ])("names the engine: %j", (engines, text) => {
    expect(advice(block([], { engines }))?.why).toContain(text);
  });
});

describe("-plugin-dir", () => {
  it.each<[string, Record<string, string>, string | undefined, string[]]>([
    ["for init", { TF_CLI_ARGS_init: "-upgrade -plugin-dir=/a" }, "TF_CLI_ARGS_init", ["/a"]],
    ["for every command", { TF_CLI_ARGS: "-plugin-dir=/a" }, "TF_CLI_ARGS", ["/a"]],
    ["with a space", { TF_CLI_ARGS_init: "-plugin-dir /a" }, "TF_CLI_ARGS_init", ["/a"]],
    ["in quotes", { TF_CLI_ARGS_init: '--plugin-dir="/a b" -plugin-dir=/c' }, "TF_CLI_ARGS_init", ["/a b", "/c"]],
    ["in both variables", { TF_CLI_ARGS_init: "-plugin-dir=/a", TF_CLI_ARGS: "-plugin-dir=/b" }, "TF_CLI_ARGS_init", ["/a", "/b"]],
    ["not at all", { TF_CLI_ARGS_init: "-upgrade" }, undefined, []],
  ])("is found %s", (_, environment, variable, folders) => {
    const option = findPluginDirOption(environment);
    expect(option?.variable).toBe(variable);
    expect(option?.folders ?? []).toEqual(folders);
  });

  it.each<[string, string[], boolean]>([
    ["the mirror next to the stack", ["terraform.d/plugins"], true],
    ["an empty folder and the mirror", ["empty", "terraform.d/plugins"], true],
    ["a missing folder and the mirror", ["missing", "terraform.d/plugins"], false],
    ["an empty folder", ["empty"], false],
  ])("with %s", (_, folders, expected) => {
    expect(isInFolders(folders, PLUGIN, folder)).toBe(expected);
  });
});
