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

/** How many minutes pass in one of the clock's, by default. */
export const defaultSpeed = 20;

/** How fast minutes pass, and by which clock. */
export interface MinutesOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How many minutes pass in one of the clock's. */
  readonly speed: number;
}

/**
 * Starts minutes, whose starts are multiples of their length since 1970. Of the minutes that end
 * while the process is held up, only the last is told of. They keep no process running.
 */
export function createMinutes({ now, speed }: MinutesOptions): Minutes {
  const lengthMs = Math.max(1, Math.round(60_000 / speed));
  const tasks: ((minute: Minute) => void)[] = [];
  const startOf = (time: number) => time - (time % lengthMs);
  let current = startOf(now());
  let timer = schedule();

  function schedule(): NodeJS.Timeout {
    return setTimeout(pass, Math.max(1, current + lengthMs - now())).unref();
  }

  function pass(): void {
    const start = startOf(now());
    // A timer may fire a little early, and a clock may be set back.
    const hasEnded = start > current;
    current = start;
    timer = schedule();
    if (!hasEnded) return;
    for (const task of tasks) task({ start: start - lengthMs, end: start });
  }

  return {
    lengthMs,
    onEnd: (task) => void tasks.push(task),
    stop: () => clearTimeout(timer),
  };
}
