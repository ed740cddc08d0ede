/** The options of the command. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createProgram, type BenchOptions } from "../program";

async function parse(...args: readonly string[]): Promise<BenchOptions> {
  let options: BenchOptions | undefined;
  await createProgram(async (parsed) => void (options = parsed)).parseAsync(args, { from: "user" });
  return options!;
}

it("by default, every part runs with this Node.js, without peers", async () => {
  const { only, node, peer, compare, quick, json } = await parse();
  expect({ only, version: node.version, peer, compare, quick, json }).toEqual({
    only: ["start", "plan", "apply", "memory", "command", "file", "review", "synth"],
    version: process.versions.node,
    peer: [],
    compare: undefined,
    quick: undefined,
    json: undefined,
  });
});

it("peers are collected, and a reference is resolved to its commit", async () => {
  const folder = join(__dirname, "../../../examples/resources");
  const [first, second] = ["bitlift_space", "bitlift_bitbucket_cloud_webhook"].map((name) => join(folder, name));
  expect((await parse("--peer", first!, "--peer", second!)).peer.map(({ name }) => name)).toEqual([
    "bitlift_space",
    "bitlift_bitbucket_cloud_webhook",
  ]);
  const { compare, only } = await parse("--compare", "HEAD", "--only", "plan", "start");
  expect(compare).toEqual({ ref: "HEAD", hash: expect.stringMatching(/^[0-9a-f]{40}$/) });
  expect(only).toEqual(["plan", "start"]);
});

it.each([
  ["an unknown part", ["--only", "plans"], /Allowed choices are start, plan, apply, memory, command, file, review, synth/],
  ["a Node.js that does not exist", ["--node", "/nowhere/node"], /\/nowhere\/node does not start/],
  ["a commit that does not exist", ["--compare", "no-such-branch"], /git finds no commit "no-such-branch"/],
  ["a peer's folder that does not exist", ["--peer", "/nowhere"], /no such file or directory/],
  ["a comparison with a peer", ["--compare", "HEAD", "--peer", "examples/resources/bitlift_space"], /cannot be used with option/],
  ["an argument", ["plan"], /too many arguments/],
])("%s is an error before anything is measured", async (_case, args, expected) => {
  const measure = jest.fn();
  const program = createProgram(measure)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  await expect(program.parseAsync(args, { from: "user" })).rejects.toThrow(expected);
  expect(measure).not.toHaveBeenCalled();
});

it("an invalid command line ends with exit code 2, and the help describes the folder of a peer", () => {
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "tools/bench/main.ts", ...args], {
      cwd: join(__dirname, "../../.."),
      encoding: "utf8",
    });
  expect(run("--fast")).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("unknown option '--fast'") });
  expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringMatching(/apply-<webhooks>\/ .*\n(.*\n)*.*--compare main/) });
});
