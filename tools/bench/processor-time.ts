/** Processor time of other processes, which Linux shows in /proc; on other systems it is unknown. */
import { readFileSync } from "node:fs";

/** Clock ticks per second in /proc: 100 on every architecture that Node.js supports. */
const TICKS_PER_SECOND = 100;
const SAMPLE_MILLISECONDS = 20;

/** Processor time of one process. */
export interface ProcessSeconds {
  readonly own: number;
  /** Of the children that have ended, and of theirs. */
  readonly children: number;
}

/** Reads the content of /proc/<pid>/stat. */
export function parseStat(text: string): ProcessSeconds {
  // The name of the program, in parentheses, may contain spaces and parentheses. The first field after it is the third one.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const seconds = (...numbers: readonly number[]) =>
    numbers.reduce((sum, number) => sum + Number(fields[number - 3]), 0) / TICKS_PER_SECOND;
  return { own: seconds(14, 15), children: seconds(16, 17) };
}

/** Undefined if the process has ended, or on a system without /proc. */
export function processSeconds(pid: number | "self"): ProcessSeconds | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return undefined;
  }
}

/** Samples the processor time of a running process, because Node.js does not return it at the end. `stop` returns the last sample. */
export function sampleProcess(pid: number | undefined): { stop(): number | undefined } {
  let last: number | undefined;
  const sample = () => {
    // A process that has ended, but whose end its parent has not read, still has its own time.
    if (pid !== undefined) last = processSeconds(pid)?.own ?? last;
  };
  const timer = setInterval(sample, SAMPLE_MILLISECONDS);
  return {
    stop: () => {
      clearInterval(timer);
      return last;
    },
  };
}

/** Processor time of a run, as far as it is known. */
export interface ProcessorTime {
  readonly engine: number | undefined;
  readonly plugins: number | undefined;
}

/**
 * Divides the time of a run between the engine and its plugins. Our plugin reports its own time. The time of other plugins is what remains
 * of the total without the last sample of the engine.
 */
export function divideTime(times: {
  readonly total: number | undefined;
  readonly sampledEngine: number | undefined;
  readonly reportedPlugins: number | undefined;
}): ProcessorTime {
  const { total, sampledEngine, reportedPlugins } = times;
  const without = (part: number | undefined) => (total === undefined || part === undefined ? undefined : Math.max(0, total - part));
  if (reportedPlugins !== undefined) return { engine: without(reportedPlugins), plugins: reportedPlugins };
  return { engine: sampledEngine, plugins: without(sampledEngine) };
}
