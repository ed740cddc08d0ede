/** How much a run of the benchmark measures. */

export interface Sizes {
  readonly startUps: number;
  readonly plans: readonly SizedRounds[];
  /** The number of terraform_data resources with which all plans are compared, besides their own number. */
  readonly baseline: number;
  readonly apply: SizedRounds;
  /** Numbers of webhooks; each is planned once. */
  readonly memory: readonly number[];
  /** Repositories of each part, and rounds in one process. */
  readonly file: { readonly parts: number; readonly repositories: number; readonly rounds: number };
  /** Webhooks in the plan. */
  readonly review: number;
  readonly synth: { readonly sizes: readonly number[]; readonly rounds: number };
}

export interface SizedRounds {
  readonly webhooks: number;
  readonly rounds: number;
}

/** Small enough for every run. */
const FILE: Sizes["file"] = { parts: 50, repositories: 100, rounds: 15 };

/** Small numbers need more rounds, because their noise is a larger part of them. */
const FULL: Sizes = {
  startUps: 21,
  plans: [
    { webhooks: 20, rounds: 7 },
    { webhooks: 1000, rounds: 3 },
    { webhooks: 5000, rounds: 2 },
  ],
  baseline: 1000,
  apply: { webhooks: 1000, rounds: 2 },
  memory: [1000, 3000],
  file: FILE,
  review: 10_000,
  synth: { sizes: [1000, 10_000], rounds: 2 },
};

const QUICK: Sizes = {
  startUps: 7,
  plans: [
    { webhooks: 20, rounds: 2 },
    { webhooks: 100, rounds: 1 },
  ],
  baseline: 100,
  apply: { webhooks: 100, rounds: 1 },
  memory: [300],
  file: FILE,
  review: 1000,
  synth: { sizes: [100, 500], rounds: 1 },
};

/** More rounds of less: a comparison is about a few percent. In an apply of more webhooks, the engine takes most of the time to write its state. */
const COMPARE: Sizes = {
  startUps: 31,
  plans: [
    { webhooks: 20, rounds: 21 },
    { webhooks: 1000, rounds: 5 },
  ],
  baseline: 1000,
  apply: { webhooks: 300, rounds: 5 },
  memory: [3000],
  file: FILE,
  review: 1000,
  synth: { sizes: [1000], rounds: 5 },
};

const COMPARE_QUICK: Sizes = {
  startUps: 21,
  plans: [
    { webhooks: 20, rounds: 15 },
    { webhooks: 100, rounds: 7 },
  ],
  baseline: 100,
  apply: { webhooks: 100, rounds: 5 },
  memory: [300],
  file: FILE,
  review: 1000,
  synth: { sizes: [500], rounds: 5 },
};

export function sizesFor({ quick, compare }: { readonly quick: boolean; readonly compare: boolean }): Sizes {
  if (compare) return quick ? COMPARE_QUICK : COMPARE;
  return quick ? QUICK : FULL;
}
