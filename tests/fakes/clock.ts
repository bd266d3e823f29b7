/** A clock that stands still until it is moved. */

/** A time in milliseconds under a test's control. */
export interface FakeClock {
  readonly now: () => number;
  readonly advance: (seconds: number) => void;
}

/** Makes a clock that shows an arbitrary time. */
export function createFakeClock(): FakeClock {
  let time = Date.UTC(2026, 0, 1);
  return {
    now: () => time,
    advance: (seconds) => {
      time += seconds * 1_000;
    },
  };
}
