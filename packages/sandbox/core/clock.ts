// The sandbox's clock: real time plus what a test advanced, so that expiry and rate-limit windows need no waiting.

export interface Clock {
  /** Milliseconds since the epoch, as the sandbox sees it. */
  now(): number;
  /** Moves the clock forward; timers of the process are not touched. */
  advance(seconds: number): void;
  /** Back to real time. */
  reset(): void;
}

export function createClock(): Clock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: (seconds) => {
      ahead += seconds * 1000;
    },
    reset: () => {
      ahead = 0;
    },
  };
}
