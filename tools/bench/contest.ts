/** Measures several deployments alternately. */
import type { MeasuredRun } from "./measured-run";
import { interleave } from "./rounds";

/** What takes part in a contest. */
export interface Entry {
  readonly role: "baseline" | "webhooks" | "peer";
  readonly name: string;
  /** Number of resources, without integrations. */
  readonly count: number;
  prepare(): Promise<Contestant>;
}

/** A prepared entry. */
export interface Contestant {
  run(): Promise<MeasuredRun>;
  stop(): Promise<void>;
}

export interface Result extends Omit<Entry, "prepare"> {
  readonly runs: readonly MeasuredRun[];
}

/** Prepares all entries, measures them alternately, and stops them. */
export async function runContest(
  entries: readonly Entry[],
  rounds: number,
  showProgress: (text: string) => void,
): Promise<readonly Result[]> {
  const contestants: Contestant[] = [];
  try {
    for (const entry of entries) {
      showProgress(`${entry.name}, preparation`);
      contestants.push(await entry.prepare());
    }
    showProgress(`${entries.map(({ name }) => name).join("; ")}: ${rounds} ${rounds === 1 ? "round" : "rounds"}`);
    const runs = await interleave(
      contestants.map((contestant) => () => contestant.run()),
      rounds,
    );
    return entries.map(({ role, name, count }, index) => ({ role, name, count, runs: runs[index] ?? [] }));
  } finally {
    for (const contestant of contestants) await contestant.stop();
  }
}
