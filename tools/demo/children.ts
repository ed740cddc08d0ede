/** Child processes, each the head of a group of its own, so that none survives: neither an engine nor the plugin below it. */
import { spawn } from "node:child_process";

/** How a child process ended. */
export interface Ended {
  readonly code: number;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

/** How long a group may take to end by itself, in milliseconds. */
const GRACE = 8_000;

export class Children {
  private readonly running = new Map<number, Promise<Ended>>();
  private stopped = false;

  /** Runs a program to its end, showing `onText` what it writes; rejects when it cannot be started. */
  run(
    file: string,
    args: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>>,
    onText: (text: string) => void = () => undefined,
  ): Promise<Ended> {
    if (this.stopped) return Promise.reject(new Error("interrupted"));
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const ended = new Promise<Ended>((done, fail) => {
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => {
          output += text;
          onText(text);
        });
      child.once("error", fail);
      child.once("close", (code) => {
        done({ code: code ?? 1, output });
      });
    });
    const { pid } = child;
    if (pid === undefined) return ended;
    this.running.set(pid, ended);
    return ended.finally(() => {
      this.running.delete(pid);
    });
  }

  /** Asks every group to end, insists after a while, and refuses new children. */
  async stop(): Promise<void> {
    this.stopped = true;
    const groups = [...this.running];
    for (const [pid] of groups) signalGroup(pid, "SIGTERM");
    const insist = setTimeout(() => {
      for (const [pid] of groups) signalGroup(pid, "SIGKILL");
    }, GRACE);
    await Promise.allSettled(groups.map(([, ended]) => ended));
    clearTimeout(insist);
    for (const [pid] of groups) signalGroup(pid, "SIGKILL");
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
