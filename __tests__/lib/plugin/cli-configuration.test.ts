/** Which files make up the engine's CLI configuration, and the `provider_installation` block in them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findInstallationBlocks } from "../../../lib/plugin/cli-configuration";

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), "cli-"))));
afterEach(() => rmSync(home, { recursive: true }));

const BLOCK = "provider_installation {\n  direct {}\n}\n";

function write(name: string, text: string): string {
  const path = join(home, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const TERRAFORM = { TERRAFORM_BINARY_NAME: "/opt/terraform" };
const TOFU = { TERRAFORM_BINARY_NAME: "/opt/tofu" };
/** The files with a block, and the engines that read each. */
const found = (environment: Record<string, string>) =>
  findInstallationBlocks(home, environment, home).map(({ path, engines }) => [path.slice(home.length + 1), ...engines]);

describe("the file", () => {
  it.each<[string, string[], Record<string, string>, string[][]]>([
    ["the file of Terraform", [".terraformrc"], TERRAFORM, [[".terraformrc", "Terraform"]]],
    ["the file of both engines", [".terraformrc"], {}, [[".terraformrc", "Terraform", "OpenTofu"]]],
    [
      "a file for each engine",
      [".terraformrc", ".tofurc"],
      {},
      [
        [".terraformrc", "Terraform"],
        [".tofurc", "OpenTofu"],
      ],
    ],
    ["OpenTofu's file, which Terraform does not read", [".tofurc"], TERRAFORM, []],
    ["OpenTofu's file before Terraform's", [".terraformrc", ".tofurc"], TOFU, [[".tofurc", "OpenTofu"]]],
    ["a file in the configuration folder", [".terraform.d/company.tfrc"], TERRAFORM, [[".terraform.d/company.tfrc", "Terraform"]]],
    ["a file with another ending", [".terraform.d/company.tfrc.bak"], TERRAFORM, []],
    ["OpenTofu's file in the XDG folder", ["xdg/opentofu/tofurc"], TOFU, [["xdg/opentofu/tofurc", "OpenTofu"]]],
    ["another file in the XDG folder", ["xdg/opentofu/company.tfrc"], TOFU, [["xdg/opentofu/company.tfrc", "OpenTofu"]]],
    ["no file in the XDG folder for Terraform", ["xdg/opentofu/tofurc"], TERRAFORM, []],
    ["the main file if another one has a block too", [".terraform.d/a.tfrc", ".terraformrc"], TERRAFORM, [[".terraformrc", "Terraform"]]],
    ["no file", [], {}, []],
  ])("is %s", (_, names, environment, expected) => {
    for (const name of names) write(name, BLOCK);
    expect(found({ XDG_CONFIG_HOME: join(home, "xdg"), ...environment })).toEqual(expected);
  });

  it("is not in the XDG folder if OpenTofu has a file in the home folder", () => {
    write(".tofurc", "");
    write("xdg/opentofu/tofurc", BLOCK);
    expect(found({ XDG_CONFIG_HOME: join(home, "xdg"), ...TOFU })).toEqual([]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ["TF_CLI_CONFIG_FILE", { TF_CLI_CONFIG_FILE: "a" }, ["a"]],
    ["TERRAFORM_CONFIG", { TERRAFORM_CONFIG: "b" }, ["b"]],
    ["TF_CLI_CONFIG_FILE before TERRAFORM_CONFIG", { TF_CLI_CONFIG_FILE: "a", TERRAFORM_CONFIG: "b" }, ["a"]],
    ["TERRAFORM_CONFIG if TF_CLI_CONFIG_FILE is empty", { TF_CLI_CONFIG_FILE: "", TERRAFORM_CONFIG: "b" }, ["b"]],
    ["none if TF_CLI_CONFIG_FILE names a file that does not exist", { TF_CLI_CONFIG_FILE: "missing" }, []],
    ["the one in the home folder if both are empty", { TF_CLI_CONFIG_FILE: "", TERRAFORM_CONFIG: "" }, [".terraformrc"]],
  ])("is the one of %s, and the configuration folder is then ignored", (_, variables, expected) => {
    for (const name of ["a", "b", ".terraformrc"]) write(name, BLOCK);
    const environment = Object.entries(variables).map(([name, value]) => [name, value === "" ? "" : join(home, value)]);
    expect(found(Object.fromEntries(environment) as Record<string, string>).map(([path]) => path)).toEqual(expected);
  });
});

it("a file that cannot be read counts as empty", () => {
  mkdirSync(join(home, ".terraformrc"));
  expect(findInstallationBlocks(home, TERRAFORM, home)).toEqual([]);
});

describe("the block", () => {
  const read = (text: string) => {
    write(".terraformrc", text);
    return findInstallationBlocks(home, TERRAFORM, home)[0];
  };

  it.each([
    ["HCL", 'filesystem_mirror {\n path = "/m"\n include = ["a/*/*"]\n}\ndirect {\n exclude = ["a/*/*", "b/*/*"]\n}', false],
    ["JSON", '"filesystem_mirror": [{"path": "/m", "include": ["a/*/*"]}], "direct": [{"exclude": ["a/*/*", "b/*/*"]}]', true],
  ])("is read from %s", (_, methods, isJson) => {
    const text = isJson ? `{"provider_installation": {${methods}}}` : `provider_installation {\n${methods}\n}\n`;
    expect(read(text)).toMatchObject({
      isJson,
      methods: [
        { kind: "filesystem_mirror", location: "/m", include: ["a/*/*"], exclude: [] },
        { kind: "direct", location: "", include: [], exclude: ["a/*/*", "b/*/*"] },
      ],
    });
  });

  it("has the mirrors of both protocols", () => {
    const text = 'provider_installation { network_mirror { url = "https://m/" }\noci_mirror { repository_template = "m/${type}" } }';
    expect(read(text)?.methods.map(({ kind, location }) => [kind, location])).toEqual([
      ["network_mirror", "https://m/"],
      ["oci_mirror", "m/${type}"],
    ]);
  });

  it("knows the development overrides", () => {
    expect(read('provider_installation { dev_overrides { "terraform.local/bitlift/bitlift" = "/p" } }')?.overrides).toEqual([
      "terraform.local/bitlift/bitlift",
    ]);
  });

  it("knows the hosts with a registry of their own", () => {
    expect(read(`${BLOCK}host "terraform.local" { services = { "providers.v1" = "https://r/" } }`)?.configuredHosts).toEqual([
      "terraform.local",
    ]);
  });

  it("is the first of two, although the engine reports an error", () => {
    expect(read(`provider_installation {}\n${BLOCK}`)?.methods).toEqual([]);
  });

  it("has no methods that are objects in JSON, because the engine ignores them", () => {
    expect(read('{"provider_installation": {"direct": {}, "filesystem_mirror": [{"path": "/m"}]}}')?.methods).toMatchObject([
      { kind: "filesystem_mirror" },
    ]);
  });

  it.each([
    ["no block", 'plugin_cache_dir = "/cache"\n'],
    ["a block in comments", "# provider_installation {\n# }\n/* provider_installation {\n} */\n"],
    ["a block in a text", 'x = "provider_installation {}"\n'],
    ["a file that the engine cannot parse", "provider_installation {\n"],
  ])("is missing in %s", (_, text) => {
    expect(read(text)).toBeUndefined();
  });
});

it("resolves a relative path in the folder of the stack, in which the engine runs", () => {
  write("company.tfrc", BLOCK);
  write("stacks/s/company.tfrc", BLOCK);
  const environment = { ...TERRAFORM, TF_CLI_CONFIG_FILE: "company.tfrc" };
  expect(findInstallationBlocks(join(home, "stacks/s"), environment, home)).toMatchObject([{ path: join(home, "stacks/s/company.tfrc") }]);
  expect(findInstallationBlocks(join(home, "stacks/other"), environment, home)).toEqual([]);
});
