/** The command line: help, version, usage errors. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { version } from "../../../package.json";

const BIN = join(__dirname, "../bin.js");

function bitlift(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", BIN, ...args], {
    encoding: "utf8",
    cwd: join(__dirname, "../../.."),
  });
  return { status, stdout, stderr };
}

it.each(["--help", "-h", "help"])("%s lists the commands and exits with 0", (option) => {
  const { status, stdout, stderr } = bitlift(option);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^Usage: bitlift/);
  expect(stdout).toContain("sandbox");
});

it.each(["--version", "-V"])("%s prints the version in package.json", (option) => {
  expect(bitlift(option)).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
});

it.each([
  ["no command", []],
  ["an unknown command", ["bogus"]],
  ["an unknown option", ["--bogus"]],
  ["an unknown option of a command", ["sandbox", "--bogus"]],
  ["an unexpected argument", ["sandbox", "bogus"]],
  ["an option without its value", ["sandbox", "--seed"]],
  ["an unknown option of plan", ["plan", "--parts", "x"]],
  ["a value that is not one of the choices", ["validate", "--format", "xml"]],
  ["a number that is not whole", ["apply", "--accept-removals", "many"]],
  ["no part at a time", ["plan", "--parallel", "0"]],
  ["half a part at a time", ["apply", "--parallel", "0.5"]],
  ["a missing argument", ["explain"]],
])("%s is a usage error: exit code 64, and nothing on standard output", (_case, args) => {
  const { status, stdout, stderr } = bitlift(...args);
  expect([status, stdout]).toEqual([64, ""]);
  expect(stderr).not.toBe("");
});

const COMMANDS = ["init", "validate", "schema", "explain", "plan", "apply", "export", "sandbox"];

it.each(COMMANDS)("%s --help has an example, and names --no-color", (name) => {
  const { status, stdout, stderr } = bitlift(name, "--help");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(new RegExp(`^Usage: bitlift ${name}`));
  expect(stdout).toContain(`Example:\n  bitlift ${name}`);
  expect(stdout).toContain("--no-color");
});

it("a usage error prints the usage of the command in two lines", () => {
  expect(bitlift("plan", "--parts").stderr).toBe(
    "error: unknown option '--parts'\n(Did you mean --part?)\nUsage: bitlift plan [options]\nRun bitlift plan --help to see the options.\n",
  );
});

it.each([
  ["an option of another command", "--auto-approve"],
  ["an option of another command, misspelled", "--auto-aprove"],
])("%s is named with its command", (_case, option) => {
  expect(bitlift("plan", option).stderr).toContain("\n--auto-approve is an option of bitlift apply.\n");
});
