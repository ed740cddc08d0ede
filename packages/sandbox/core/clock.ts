// The sandbox's clock: real time, plus the seconds by which a test advanced it, so that tests of expiry and rate limits do not wait.

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves the clock forward. Timers of the process are not affected. */
  advance(seconds: number): void;
  /** Returns to real time. */
  reset(): void;
}

export function createClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance: (seconds) => {
      offset += seconds * 1000;
    },
    reset: () => {
      offset = 0;
    },
  };
}
