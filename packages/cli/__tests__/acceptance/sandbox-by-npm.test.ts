/** The sandbox started through npm: it stops when npm ends, however npm ends. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { byNpm, endAll, until } from "../../../../tools/demo/__tests__/by-npm";

const ROOT = join(__dirname, "../../../..");

const itOnLinux = process.platform === "linux" ? it : it.skip;
/** BITLIFT_SIGNAL_TESTS=0 skips these; see tools/demo/__tests__/acceptance/demo-by-npm.test.ts. */
const withSignals = process.env["BITLIFT_SIGNAL_TESTS"] === "0" ? it.skip : itOnLinux;

afterEach(endAll);

const isReachable = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

withSignals.each(["SIGTERM", "SIGINT", "SIGKILL"] as const)(
  "%s to npm alone stops the sandbox: the port is closed and no process remains",
  async (signal) => {
    const { npm, said, ended, living } = byNpm(["run", "--silent", "sandbox", "--", "--json"]);
    await until(() => said.out.includes("\n"));
    const environment = JSON.parse(said.out) as Record<string, string>;
    const url = `${environment["BITLIFT_SANDBOX_SPACELIFT_URL"] ?? ""}/requests`;
    expect(await isReachable(url)).toBe(true);
    npm.kill(signal);
    expect(await ended).toBe(signal === "SIGKILL" ? "SIGKILL" : 0);
    await until(() => living().length === 0);
    expect(await isReachable(url)).toBe(false);
    expect(said.err).not.toContain("Error");
  },
  30_000,
);

withSignals(
  "Ctrl+C, which reaches the sandbox directly and again through npm, stops it with exit code 0",
  async () => {
    const { said, ended, living } = byNpm(["run", "--silent", "sandbox"]);
    await until(() => said.err.includes("Press Ctrl+C to stop it"));
    for (const pid of living()) process.kill(pid, "SIGINT");
    expect(await ended).toBe(0);
    await until(() => living().length === 0);
  },
  30_000,
);

withSignals(
  "signals during the shutdown do not change the exit code",
  async () => {
    const sandbox = spawn("node", ["--import", "tsx", "packages/cli/bin.js", "sandbox"], {
      cwd: ROOT,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = once(sandbox, "exit");
    await until(() => sandbox.stderr.read() !== null);
    const signals = setInterval(() => sandbox.kill("SIGINT"), 0);
    expect(await ended).toEqual([0, null]);
    clearInterval(signals);
  },
  30_000,
);

itOnLinux(
  "an unknown option is a usage error with exit code 64",
  async () => {
    const { said, ended } = byNpm(["run", "--silent", "sandbox", "--", "--bogus"]);
    expect(await ended).toBe(64);
    expect(said.out).toBe("");
    expect(said.err).toMatch(/^error: unknown option '--bogus'\n/);
  },
  30_000,
);
