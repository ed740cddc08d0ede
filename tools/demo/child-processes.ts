/** Child processes, each the leader of its own process group, so that stopping one also stops the engine and the plugin that it started. */
import { startProgram, type ProgramEnd } from "../harness";

/** How long a group may take to end after SIGTERM. */
const GRACE_MILLISECONDS = 8_000;

export class ChildProcesses {
  readonly #running = new Map<number, Promise<ProgramEnd>>();
  #stopped = false;

  /** Runs a program to its end, and passes its output to `onText`. Rejects if the program cannot be started. */
  run(
    file: string,
    args: readonly string[],
    cwd: string,
    env: Readonly<Record<string, string>>,
    onText: (text: string) => void = () => undefined,
  ): Promise<ProgramEnd> {
    if (this.#stopped) return Promise.reject(new Error("interrupted"));
    const { pid, ended } = startProgram(file, args, { cwd, env, detached: true, onText });
    if (pid === undefined) return ended;
    this.#running.set(pid, ended);
    return ended.finally(() => this.#running.delete(pid));
  }

  /** Sends SIGTERM to every group, and SIGKILL after the grace period. Starts no new programs from then on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const groups = [...this.#running];
    for (const [pid] of groups) signalGroup(pid, "SIGTERM");
    const killTimer = setTimeout(() => {
      for (const [pid] of groups) signalGroup(pid, "SIGKILL");
    }, GRACE_MILLISECONDS);
    await Promise.allSettled(groups.map(([, ended]) => ended));
    clearTimeout(killTimer);
    for (const [pid] of groups) signalGroup(pid, "SIGKILL");
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has already ended.
  }
}
