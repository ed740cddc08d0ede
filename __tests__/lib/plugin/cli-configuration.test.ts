/** The user's engine configuration: does it hide the plugin? */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesystemMirrorLines, installationBlocks } from "../../../lib/plugin/cli-configuration";

const SOURCE = "terraform.local/bitlift/bitlift";
let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), "cli-"))));
afterEach(() => rmSync(home, { recursive: true }));

it.each<[string, string, boolean | undefined]>([
  ["a mirror of the company's", 'provider_installation {\n  network_mirror {\n    url = "https://mirror.example.com/"\n  }\n}\n', false],
  ["the block on the line of its brace", "provider_installation{ direct {} }", false],
  ["JSON", '{"provider_installation": [{"direct": {}}]}', false],
  [
    "a mirror with this provider",
    `provider_installation {\n  filesystem_mirror {\n    path = "/x"\n    include = ["terraform.local/bitlift/*"]\n  }\n}\n`,
    true,
  ],
  ["development of this provider", `provider_installation {\n  dev_overrides {\n    "${SOURCE}" = "/x"\n  }\n}\n`, true],
  ["nothing of the kind", 'plugin_cache_dir = "/cache"\n', undefined],
  ["a block that is commented out", "# provider_installation {\n# }\n/* provider_installation {\n} */\n", undefined],
  ["an empty file", "", undefined],
])("judges %s", (_, text, mentionsProvider) => {
  const path = join(home, ".terraformrc");
  writeFileSync(path, text);
  expect(installationBlocks(SOURCE, {}, home)).toEqual(mentionsProvider === undefined ? [] : [{ path, mentionsProvider }]);
});

it("looks at OpenTofu's file too", () => {
  writeFileSync(join(home, ".tofurc"), "provider_installation {\n}\n");
  expect(installationBlocks(SOURCE, {}, home)).toHaveLength(1);
});

it("looks only at the named file when one is named", () => {
  writeFileSync(join(home, ".terraformrc"), "provider_installation {\n}\n");
  writeFileSync(join(home, "named"), "");
  expect(installationBlocks(SOURCE, { TF_CLI_CONFIG_FILE: join(home, "named") }, home)).toEqual([]);
});

it("finds nothing where there is nothing", () => {
  expect(installationBlocks(SOURCE, {}, home)).toEqual([]);
});

it("writes lines that judge themselves as sufficient", () => {
  writeFileSync(join(home, ".terraformrc"), filesystemMirrorLines("/app/cdktf.out/stacks/a/terraform.d/plugins", SOURCE));
  expect(installationBlocks(SOURCE, {}, home)).toEqual([expect.objectContaining({ mentionsProvider: true })]);
});
