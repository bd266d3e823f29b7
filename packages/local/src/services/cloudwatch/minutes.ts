/** The minutes of the local cloud: what takes AWS minutes can pass faster here. */

/** Minutes that pass `speed` times as fast as the clock's. */
export interface Minutes {
  /** Milliseconds of one minute: 60,000 at the speed 1. */
  readonly lengthMs: number;
  /** Calls `task`, which must not throw, at each end of a minute, in the order of these calls. */
  onEnd(task: (minute: Minute) => void): void;
  /** Ends the calls. */
  stop(): void;
}

/** One minute that has ended; both in milliseconds since 1970. */
export interface Minute {
  readonly start: number;
  readonly end: number;
}
