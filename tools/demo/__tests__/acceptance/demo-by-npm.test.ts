/** `npm start` with the real npm: its options, and the cleanup after it is interrupted. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { byNpm, endAll, type Run, until } from "../by-npm";

const onLinux = process.platform === "linux" ? it : it.skip;
/**
 * Tests that send signals start the whole demo each time. Their result does not depend on the versions of Node.js and the engine, so
 * BITLIFT_SIGNAL_TESTS=0 skips them in all but one row of the CI matrix.
 */
const withSignals = process.env["BITLIFT_SIGNAL_TESTS"] === "0" ? it.skip : onLinux;
const demoFolders = () => readdirSync(temporary).filter((name) => name.startsWith("bitlift-"));

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "start-by-npm-"));
});
afterEach(() => {
  endAll();
  rmSync(temporary, { recursive: true, force: true });
});

const start = (...args: readonly string[]) => byNpm(["start", "--silent", "--", ...args], { TMPDIR: temporary });

const MOMENTS: readonly (readonly [string, (run: Run) => boolean])[] = [
  ["as soon as its folder exists", () => demoFolders().some((name) => name.startsWith("bitlift-start-"))],
  ["while cdktf deploys", (run) => run.said.out.includes("3  Deploy")],
];

withSignals.each(
  MOMENTS.flatMap(([moment, reached]) => (["SIGTERM", "SIGKILL"] as const).map((signal) => [signal, moment, reached] as const)),
)(
  "%s sent to npm alone, %s, ends every process and removes the folder",
  async (signal, _, reached) => {
    const run = start();
    await until(() => reached(run));
    run.npm.kill(signal);
    expect(await run.ended).toBe(signal === "SIGKILL" ? "SIGKILL" : 1);
    await until(() => run.living().length === 0);
    expect(run.said.err).toBe("\nInterrupted. Stopping all processes and removing all files.\n");
    expect(demoFolders()).toEqual([]);
  },
  120_000,
);

withSignals(
  "the demo ends when the reader of its output ends",
  async () => {
    const run = start();
    await until(() => run.said.out.includes("1  "));
    run.npm.stdout?.destroy();
    expect(await run.ended).toBe(1);
    expect(run.living()).toEqual([]);
    expect(demoFolders()).toEqual([]);
  },
  120_000,
);

onLinux(
  "--help describes the demo and does not run it",
  async () => {
    const { said, ended } = start("--help");
    expect(await ended).toBe(0);
    expect(said.out).toMatch(/^Usage: npm start -- \[options\]\n\nRuns a demo against emulators/);
    expect(said.out).not.toContain("1  ");
    expect(demoFolders()).toEqual([]);
  },
  30_000,
);

onLinux.each([
  ["--bogus", "error: unknown option '--bogus'\n"],
  ["bogus", "error: too many arguments. Expected 0 arguments but got 1.\n"],
])(
  "%s is rejected with exit code 2",
  async (argument, err) => {
    const { said, ended } = start(argument);
    expect(await ended).toBe(2);
    expect(said).toEqual({ out: "", err });
    expect(demoFolders()).toEqual([]);
  },
  30_000,
);
