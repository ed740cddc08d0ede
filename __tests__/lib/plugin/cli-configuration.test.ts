/** Detection of CLI configurations that make the engine ignore the plugin. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderInstallationBlock, findInstallationBlocks } from "../../../lib/plugin/cli-configuration";

const SOURCE = "terraform.local/bitlift/bitlift";
let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), "cli-"))));
afterEach(() => rmSync(home, { recursive: true }));

it.each<[string, string, boolean | undefined]>([
  ["a network mirror", 'provider_installation {\n  network_mirror {\n    url = "https://mirror.example.com/"\n  }\n}\n', false],
  ["a block on one line", "provider_installation{ direct {} }", false],
  ["JSON", '{"provider_installation": [{"direct": {}}]}', false],
  [
    "a mirror with this provider",
    `provider_installation {\n  filesystem_mirror {\n    path = "/x"\n    include = ["terraform.local/bitlift/*"]\n  }\n}\n`,
    true,
  ],
  ["a development override of this provider", `provider_installation {\n  dev_overrides {\n    "${SOURCE}" = "/x"\n  }\n}\n`, true],
  ["no such block", 'plugin_cache_dir = "/cache"\n', undefined],
  ["a block that is commented out", "# provider_installation {\n# }\n/* provider_installation {\n} */\n", undefined],
  ["an empty file", "", undefined],
])("evaluates %s", (_, text, mentionsProvider) => {
  const path = join(home, ".terraformrc");
  writeFileSync(path, text);
  expect(findInstallationBlocks(SOURCE, {}, home)).toEqual(mentionsProvider === undefined ? [] : [{ path, mentionsProvider }]);
});

it("reads the configuration file of OpenTofu", () => {
  writeFileSync(join(home, ".tofurc"), "provider_installation {\n}\n");
  expect(findInstallationBlocks(SOURCE, {}, home)).toHaveLength(1);
});

it("reads only the file of TF_CLI_CONFIG_FILE if it is set", () => {
  writeFileSync(join(home, ".terraformrc"), "provider_installation {\n}\n");
  writeFileSync(join(home, "configured"), "");
  expect(findInstallationBlocks(SOURCE, { TF_CLI_CONFIG_FILE: join(home, "configured") }, home)).toEqual([]);
});

it("finds no block if no file exists", () => {
  expect(findInstallationBlocks(SOURCE, {}, home)).toEqual([]);
});

it("renders a block that mentions the provider", () => {
  writeFileSync(join(home, ".terraformrc"), renderInstallationBlock("/app/cdktf.out/stacks/a/terraform.d/plugins", SOURCE));
  expect(findInstallationBlocks(SOURCE, {}, home)).toEqual([expect.objectContaining({ mentionsProvider: true })]);
});
