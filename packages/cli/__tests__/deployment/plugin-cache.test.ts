/** Whether the plugins of all parts are in one folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { hasPluginCache } from "../../deployment/plugin-cache";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "home-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const LINE = 'plugin_cache_dir = "/cache"\n';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
}

it("there is none by default", () => {
  expect(hasPluginCache(home, { TF_PLUGIN_CACHE_DIR: "" }, home)).toBe(false);
});

it("the variable sets one", () => {
  expect(hasPluginCache(home, { TF_PLUGIN_CACHE_DIR: "/cache" }, home)).toBe(true);
});

it.each([".terraformrc", ".tofurc", ".config/opentofu/tofurc", ".terraform.d/company.tfrc"])("the file %s sets one", (path) => {
  write(path, `disable_checkpoint = true\n${LINE}`);
  expect(hasPluginCache(home, {}, home)).toBe(true);
});

it("a file that a variable names sets one, relative to where the engine runs", () => {
  write("part/other.tfrc", LINE);
  expect(hasPluginCache(join(home, "part"), { TF_CLI_CONFIG_FILE: "other.tfrc" }, home)).toBe(true);
});

it.each([
  ['{ "plugin_cache_dir": "/cache" }', true],
  [`# ${LINE}`, false],
  [`  // ${LINE}`, false],
  ["plugin_cache_may_break_dependency_lock_file = true", false],
])("%s: %s", (text, expected) => {
  write(".terraformrc", text);
  expect(hasPluginCache(home, {}, home)).toBe(expected);
});
