/** The check of the Node.js version, which runs before anything else loads. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { engines } from "../../../package.json";
import { codePage, ENGINE_CATALOG } from "../catalog";
import { renderText } from "../../diagnostics";

const SCRIPT = join(__dirname, "../require-node.js");

/** Runs the script in a process that reports another Node.js version. */
function runAs(version: string) {
  const program = `Object.defineProperty(process, "version", { value: ${JSON.stringify(version)} }); require(${JSON.stringify(SCRIPT)}).requireNode();`;
  return spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
}

it.each(["v12.22.12", "v18.20.4", "v20.8.1"])("%s is an error with the next action, and exit code 1", (version) => {
  const { status, stderr, stdout } = runAs(version);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  const expected = ENGINE_CATALOG.error("node-too-old", {
    why: `This is Node.js ${version}, but Bitlift requires 20.9 or later.`,
    fix: "Install a newer Node.js, for example the current LTS release, open a new terminal, and run the same command again.",
  });
  expect(stderr).toBe(`${renderText(expected, codePage)}\n`);
});

it.each(["v20.9.0", "v20.20.2", "v22.0.0", "v100.1.0"])("%s passes without output", (version) => {
  expect(runAs(version)).toMatchObject({ status: 0, stderr: "", stdout: "" });
});

it("the script runs the check when it is started directly", () => {
  expect(spawnSync(process.execPath, [SCRIPT], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
});

it("the oldest version that passes is that of package.json", () => {
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(engines.node) ?? [];
  expect(runAs(`v${major ?? ""}.${minor ?? ""}.0`).status).toBe(0);
  expect(runAs(`v${major ?? ""}.${Number(minor) - 1}.9`).stderr).toContain(`requires ${major ?? ""}.${minor ?? ""} or later`);
});
