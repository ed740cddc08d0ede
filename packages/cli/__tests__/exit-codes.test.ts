/** What each exit code stands for, for commands that start no engine. The acceptance tests of `plan` and `apply` check theirs: 0, 1, 2. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BIN = join(__dirname, "../bin.js");
const TSX = require.resolve("tsx");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "exit-codes-"));
  const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
  write("cdktf.json", JSON.stringify({ app: "node main.ts" }));
  write("bitlift.yaml", "version: 1\nspaces: { payments: { name: Payments } }\n");
  write("wrong.yaml", "version: 2\n");
  write("fault.cjs", FAULT);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A mistake in our own code, in the middle of a command. */
const FAULT = `
const { cwd } = process;
process.cwd = () => {
  if (new Error().stack.includes("readProject")) throw new TypeError("Cannot read properties of undefined (reading 'folder')");
  return cwd.call(process);
};
`;

function bitlift(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = { ...process.env, NO_COLOR: "1", ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", TSX, BIN, ...args], { encoding: "utf8", cwd: folder, env });
  return { status, stdout, stderr };
}

it.each<[number, string, readonly string[], RegExp]>([
  [0, "a correct file", ["validate"], /^$/],
  [0, "the schema", ["schema"], /^$/],
  [0, "the explanation of a key", ["explain", "payments"], /^$/],
  [1, "a file with a mistake", ["validate", "wrong.yaml"], /^$/],
  [1, "a file that is missing", ["validate", "missing.yaml"], /^/],
  [1, "a key that the file does not have", ["explain", "nope"], /\(key-unknown\)/],
  [1, "a folder without plans", ["apply", "--plan-dir", "nowhere"], /\(plans-unusable\)/],
  [64, "an unknown command", ["reviw"], /unknown command/],
  [64, "an unknown option", ["plan", "--patr", "x"], /unknown option/],
  [64, "an unknown part", ["plan", "--part", "nope"], /\(part-unknown\)/],
  [64, "an unknown part to export", ["export", "out", "--part", "nope"], /\(part-unknown\)/],
  [64, "no terminal to confirm on", ["apply"], /\(confirmation-missing\)/],
  [64, "no confirmation with --json", ["apply", "--json"], /\(confirmation-missing\)/],
])("%i: %s", (code, _case, args, stderr) => {
  const ended = bitlift(args);
  expect([ended.status, ended.stderr]).toEqual([code, expect.stringMatching(stderr)]);
});

describe("70: a bug in the command", () => {
  const preload = () => ({ NODE_OPTIONS: `--require ${join(folder, "fault.cjs")}` });

  it("asks to report it, without a stack trace", () => {
    const { status, stdout, stderr } = bitlift(["plan"], preload());
    expect([status, stdout]).toEqual([70, ""]);
    expect(stderr).toMatch(/^Error: This is a bug in bitlift \S+ TypeError: Cannot read properties of undefined \(reading 'folder'\)\n/);
    expect(stderr).toMatch(/Please report it at https:\/\/\S+ with the output of the same command with the variable BITLIFT_STACK=1\.\n$/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("prints the stack trace with BITLIFT_STACK", () => {
    const { status, stderr } = bitlift(["plan"], { ...preload(), BITLIFT_STACK: "1" });
    expect([status, stderr]).toEqual([70, expect.stringMatching(/with the text below\.\nTypeError: .*\n\s+at /)]);
  });
});

it("1: a path that cannot be used is not a bug of the command", () => {
  const { status, stderr } = bitlift(["sandbox", "--seed", folder]);
  expect([status, stderr]).toEqual([1, expect.not.stringContaining("bug")]);
});

const onLinux = process.platform === "linux" ? it : it.skip;

onLinux("1: what the command prints cannot be written", () => {
  const command = `"${process.execPath}" --import ${TSX} ${BIN} schema > /dev/full`;
  const { status, stderr } = spawnSync(command, { encoding: "utf8", cwd: folder, shell: true });
  expect([status, stderr]).toEqual([1, "Error: ENOSPC: no space left on device, write\n"]);
});
