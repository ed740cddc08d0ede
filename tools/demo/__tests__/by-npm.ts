/** Runs npm scripts with the real npm, and tracks every process that they start. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../../..");
const MARK = "BITLIFT_TEST_MARK";

/** One npm script: its output so far, and how it ended. */
export interface Run {
  readonly npm: ChildProcess;
  readonly said: { out: string; err: string };
  /** npm's exit code or the signal that ended it, once all of its streams are closed. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Pids of the running processes of this script, including npm. */
  readonly living: () => readonly number[];
}

const runs: Run[] = [];

export function byNpm(args: readonly string[], variables: Readonly<Record<string, string>> = {}): Run {
  const mark = randomUUID();
  const npm = spawn("npm", args, { cwd: ROOT, env: { ...process.env, ...variables, [MARK]: mark }, stdio: ["ignore", "pipe", "pipe"] });
  const said = { out: "", err: "" };
  npm.stdout.setEncoding("utf8").on("data", (text: string) => (said.out += text));
  npm.stderr.setEncoding("utf8").on("data", (text: string) => (said.err += text));
  const ended = new Promise<number | NodeJS.Signals | null>((done, fail) => {
    npm.once("error", fail).once("close", (code, signal) => {
      done(code ?? signal);
    });
  });
  const run = { npm, said, ended, living: () => pidsWith(`${MARK}=${mark}`) };
  runs.push(run);
  return run;
}

/** For `afterEach`: kills the processes that a failed test left behind. */
export function endAll(): void {
  for (const pid of runs.splice(0).flatMap((run) => run.living())) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // The process has already ended.
    }
  }
}

/** Waits until the condition is true, or until the test times out. */
export async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((done) => setTimeout(done, 50));
}

/** Processes whose environment contains the mark, which children inherit. */
function pidsWith(mark: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}
