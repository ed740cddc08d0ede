/** What the threads of a plugin process do: run the program, work for V8, or work for libuv. */

/** One thread at the end of a process. */
export interface ThreadTime {
  readonly id: number;
  /** Node.js 22 and later name their threads; Node.js 20 calls all of them `node`. */
  readonly name: string;
  /** Whether it existed before the program ran. */
  readonly early: boolean;
  readonly seconds: number;
}

/** Seconds per kind. V8's threads compile with TurboFan and help to collect garbage; libuv's do file access, DNS and compression. */
export type ThreadSeconds = Readonly<Record<ThreadKind, number>>;
type ThreadKind = "main" | "v8" | "libuv";

const NO_TIME: ThreadSeconds = { main: 0, v8: 0, libuv: 0 };
const KIND_OF_NAME: Readonly<Record<string, ThreadKind | undefined>> = {
  V8Worker: "v8",
  // The kernel keeps 15 characters of DelayedTaskScheduler.
  DelayedTaskSche: "v8",
  SignalInspector: "v8",
  "libuv-worker": "libuv",
};

/** Sum of the threads of one process. The main thread has the id of the process. */
export function secondsByKind(pid: number, threads: readonly ThreadTime[]): ThreadSeconds {
  const sums: Record<ThreadKind, number> = { ...NO_TIME };
  for (const thread of threads) sums[kindOf(pid, thread)] += thread.seconds;
  return sums;
}

/** Node.js starts the threads of V8 before the program, and those of libuv at the first use. */
function kindOf(pid: number, { id, name, early }: ThreadTime): ThreadKind {
  if (id === pid) return "main";
  return KIND_OF_NAME[name] ?? (early ? "v8" : "libuv");
}

export function addThreads(processes: readonly ThreadSeconds[]): ThreadSeconds {
  return processes.reduce((sum, { main, v8, libuv }) => ({ main: sum.main + main, v8: sum.v8 + v8, libuv: sum.libuv + libuv }), NO_TIME);
}
