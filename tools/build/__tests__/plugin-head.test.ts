/** The first lines of the plugin, in every shell of this machine: they find Node.js, or say in one sentence what to do. */
import { transformSync } from "esbuild";
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { guardedProgram, NODE_PLACES, shellHead, type PluginHead } from "../plugin-head";

const root = mkdtempSync(join(tmpdir(), "bitlift-head-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const SHELLS = ["/bin/sh", "/bin/dash", "/bin/bash", "/bin/ksh", "/bin/zsh", "/bin/busybox"].filter((shell) => existsSync(shell));
/** Which shell it is, although its name may be a link. */
const is = (shell: string, ...names: readonly string[]): boolean => names.some((name) => basename(realpathSync(shell)).startsWith(name));
const PROGRAM = `"use strict";
const report = { arguments: process.argv.slice(2), strict: (function () { return this === undefined; })(), file: __filename, text: 'it\\'s \\\\ \${1}' };
console.log(JSON.stringify(report));
if (process.env.FAIL) throw new Error("failure in line 4");`;

const head = (places: readonly string[] = []): PluginHead => ({ provider: "example", minimum: [20, 9], places });

/** The text of a plugin with that program. */
function pluginText(places?: readonly string[]): string {
  const shell = shellHead(head(places));
  return shell + guardedProgram([{ name: "./program.js", program: PROGRAM }], head(places), shell.split("\n").length);
}

/** Writes a plugin. */
function plugin(name = "plugin", places?: readonly string[]): string {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, pluginText(places));
  chmodSync(path, 0o755);
  return path;
}

/** A folder whose only file is Node.js. */
function folderWithNode(name = "with-node"): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, "node"))) symlinkSync(process.execPath, join(folder, "node"));
  return folder;
}

function emptyFolder(): string {
  const folder = join(root, "empty");
  mkdirSync(folder, { recursive: true });
  return folder;
}

function run(shell: string, file: string, env: NodeJS.ProcessEnv, ...args: readonly string[]): SpawnSyncReturns<string> {
  const applet = shell.endsWith("busybox") ? ["sh"] : [];
  return spawnSync(shell, [...applet, file, ...args], { env, encoding: "utf8" });
}

const NEED = "The provider example needs Node.js 20.9 or later where Terraform or OpenTofu runs, but ";

describe.each(SHELLS)("%s", (shell) => {
  it("starts Node.js from PATH, with the arguments as they are", () => {
    const args = ["--debug", "two words", "$HOME", "it's", '"', "", "*"];
    const { stdout, stderr, status } = run(shell, plugin(), { PATH: folderWithNode() }, ...args);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ arguments: args, strict: true, text: "it's \\ ${1}" });
  });

  it.each(["two words", "it's", 'quo"te', "$HOME", "back`tick", "star*", "ümlaut"])("works in a folder named %s", (name) => {
    const file = plugin(join(name, "plugin"));
    const { stdout, status } = run(shell, file, { PATH: folderWithNode(join(name, "bin")) });
    expect({ status, file: (JSON.parse(stdout) as { file: string }).file }).toEqual({ status: 0, file });
  });

  it("starts the Node.js in BITLIFT_NODE, wherever it is", () => {
    const node = join(folderWithNode("it's $HOME 2"), "node");
    expect(run(shell, plugin(), { PATH: emptyFolder(), BITLIFT_NODE: node }).status).toBe(0);
  });

  it("finds Node.js in the usual places, in the user's home folder too", () => {
    const home = join(root, "home of $USER");
    folderWithNode(join("home of $USER", ".nvm/versions/node/v22.1.0/bin"));
    expect(run(shell, plugin("usual", NODE_PLACES.slice(-1)), { PATH: emptyFolder(), HOME: home }).status).toBe(0);
    expect(run(shell, plugin("usual", [join(folderWithNode(), "node")]), { PATH: emptyFolder() }).status).toBe(0);
  });

  it("says in one sentence that there is no Node.js", () => {
    const { stdout, stderr, status } = run(shell, plugin("nowhere", ["/nowhere/node", root]), { PATH: emptyFolder() });
    expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
    expect(stdout).toBe(
      `${NEED}there is no node on PATH (${emptyFolder()}): install Node.js on that machine or in its image, or set BITLIFT_NODE to the path of the node executable.\n`,
    );
  });

  it.each(["/no where/$HOME/it's", "node", root])("says in one sentence that BITLIFT_NODE is wrong: %s", (value) => {
    const { stdout, stderr, status } = run(shell, plugin(), { PATH: folderWithNode(), BITLIFT_NODE: value });
    expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
    expect(stdout).toBe(
      `${NEED}BITLIFT_NODE is "${value}", which is not an executable file: set it to the path of the node executable, or unset it.\n`,
    );
  });

  // ksh and zsh, which are hardly ever /bin/sh, end without a word. busybox runs a file of another processor as a script.
  const unusable = {
    "its loader is missing": "#!/nowhere/loader\n",
    ...(!is(shell, "busybox") && { "it is for another processor": "\x7fELF" }),
  };
  if (!is(shell, "ksh", "zsh"))
    it.each(Object.entries(unusable))("says in one sentence that the Node.js does not start: %s", (_what, content) => {
      const node = join(root, "foreign");
      writeFileSync(node, content);
      chmodSync(node, 0o755);
      const { stdout, status } = run(shell, plugin(), { PATH: emptyFolder(), BITLIFT_NODE: node });
      expect(status).not.toBe(0);
      expect(stdout).toBe(
        `${NEED}${node} does not start: install a Node.js for this system, or set BITLIFT_NODE to the path of its node executable.\n`,
      );
    });
});

describe("in Node.js", () => {
  /** Runs the plugin in a process that reports another version. */
  function runAs(version: string): SpawnSyncReturns<string> {
    const preload = join(root, `${version}.js`);
    writeFileSync(preload, `Object.defineProperty(process, "version", { value: "${version}" });`);
    return spawnSync(process.execPath, ["--require", preload, plugin()], { encoding: "utf8" });
  }

  it.each(["v0.12.18", "v8.17.0", "v18.20.4", "v20.8.1"])("%s is refused in one sentence", (version) => {
    const { stdout, stderr, status } = runAs(version);
    expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
    expect(stdout).toBe(
      `${NEED}${process.execPath} is ${version}: install a newer Node.js there, or set BITLIFT_NODE to the path of a newer node executable.\n`,
    );
  });

  it.each(["v20.9.0", "v22.0.0", "v100.0.0"])("%s is accepted", (version) => {
    expect(runAs(version).status).toBe(0);
  });

  it("nothing before and around the program is newer than ES5", () => {
    const around = guardedProgram([{ name: "./program.js", program: "1" }], head(), 1);
    const compile = (target: string) => transformSync(around, { target }).code;
    expect(compile("es5")).toBe(compile("esnext"));
    expect(around).not.toMatch(/`|=>|\b(const|let|class)\b/);
  });

  it("a stack trace names the line of the file", () => {
    const file = plugin();
    const { stderr } = spawnSync(process.execPath, [file], { encoding: "utf8", env: { FAIL: "1" } });
    const [, line] = new RegExp(`${file}:(\\d+)`).exec(stderr) ?? [];
    expect(pluginText().split("\n")[Number(line) - 1]).toContain("failure in line 4");
  });
});

it("a place that would end the comment is an error of the build", () => {
  expect(() => shellHead(head(["/opt/*/node"]))).toThrow("end its own comment");
});
